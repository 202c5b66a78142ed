// Opens the trace of what the bot said.

import { Route } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useConversationTools } from "./context";

export function WhyButton({ trace }: { trace: string }) {
  const { t } = useTranslation();
  const { openTrace } = useConversationTools();
  return (
    <button type="button" className="why" onClick={() => openTrace(trace)}>
      <Route size={12} /> {t("trace.why")}
    </button>
  );
}
