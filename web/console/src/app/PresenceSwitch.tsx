// Online, paused or offline: shown by shape and colour, changed from here.

import { useMutation } from "@tanstack/react-query";
import { App, Dropdown, Tooltip } from "antd";
import { type Presence, setPresence } from "api";
import { useTranslation } from "react-i18next";
import { useFaultText } from "../parts/States";
import { changeMe, useMe } from "./me";

const PRESENCES: Presence[] = ["online", "paused", "offline"];

export const PresenceDot = ({ presence }: { presence: Presence }) => (
  <span className={`presence presence-${presence}`} aria-hidden />
);

export function PresenceSwitch() {
  const { t } = useTranslation();
  const me = useMe();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const change = useMutation({
    mutationFn: setPresence,
    onMutate: (presence: Presence) => {
      const before = me.presence;
      changeMe({ presence });
      return before;
    },
    onError: (error, _presence, before) => {
      changeMe({ presence: before });
      message.error(faultText(error));
    },
  });
  return (
    <Dropdown
      trigger={["click"]}
      placement="topRight"
      menu={{
        selectedKeys: [me.presence],
        onClick: ({ key }) => change.mutate(key as Presence),
        items: PRESENCES.map((presence) => ({
          key: presence,
          icon: <PresenceDot presence={presence} />,
          label: (
            <span className="menu-line">
              {t(`presence.${presence}`)}
              <small>{t(`presence.${presence}Text`)}</small>
            </span>
          ),
        })),
      }}
    >
      <Tooltip title={t("presence.now", { presence: t(`presence.${me.presence}`) })} placement="right">
        <button
          type="button"
          className="nav-presence"
          aria-label={t("presence.now", { presence: t(`presence.${me.presence}`) })}
        >
          <PresenceDot presence={me.presence} />
          <span>{t(`presence.${me.presence}`)}</span>
        </button>
      </Tooltip>
    </Dropdown>
  );
}
