// Beside the list when no conversation is open: says what to do.

import { MessagesSquare } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Keys } from "../parts/IconButton";
import { Empty } from "../parts/States";

export function NothingOpen() {
  const { t } = useTranslation();
  return (
    <section className="nothing-open">
      <Empty icon={MessagesSquare} title={t("inbox.pick")} text={t("inbox.pickText")}>
        <p className="nothing-keys">
          <Keys keys="j" /> <Keys keys="k" /> {t("keys.move")} · <Keys keys="Enter" /> {t("keys.open")} ·{" "}
          <Keys keys="?" /> {t("keys.map")}
        </p>
      </Empty>
    </section>
  );
}
