// Who is typing right now.

import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { useTyping } from "../live/typing";

export function TypingLine({ id }: { id: string }) {
  const { t } = useTranslation();
  const me = useMe();
  const typing = useTyping(id);
  const isShown = typing && !(typing.by === "agent" && typing.name === me.name);
  const who =
    typing?.by === "shopper"
      ? t("speaker.shopper")
      : typing?.by === "bot"
        ? t("speaker.bot")
        : (typing?.name ?? t("speaker.agent"));
  return (
    <div className="typing" aria-live="polite">
      {isShown && (
        <>
          <span className="typing-dots" aria-hidden>
            <i />
            <i />
            <i />
          </span>
          {t("conversation.typing", { who })}
        </>
      )}
    </div>
  );
}
