// What is wrong with a field, in words.

import { useTranslation } from "react-i18next";
import type { FaultCode } from "./draft";

export function FaultLine({ fault }: { fault?: FaultCode }) {
  const { t } = useTranslation();
  return fault ? (
    <div className="field-fault" role="alert">
      {t(`draftFault.${fault}`)}
    </div>
  ) : null;
}
