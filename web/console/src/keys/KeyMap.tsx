// The map of keys: lists what the keys do right now, and lets single keys be switched off.

import { Modal, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Keys } from "../parts/IconButton";
import { activeActions, type KeyGroup, setSingleKeys, useSingleKeys } from "./keys";
import "./keys.css";

const GROUPS: KeyGroup[] = ["list", "conversation", "judging", "go", "general"];

export function KeyMap({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const isOn = useSingleKeys();
  const [actions] = useState(activeActions);
  return (
    <Modal open title={t("keys.map")} footer={null} onCancel={onClose} width={620}>
      <div className="key-map">
        {GROUPS.map((group) => {
          const mine = actions.filter((action) => action.group === group && action.keys);
          if (mine.length === 0) return null;
          return (
            <section key={group}>
              <h3>{t(`keys.${group}`)}</h3>
              <dl>
                {mine.map((action) => (
                  <div key={`${action.keys} ${action.name}`}>
                    <dt>{action.name}</dt>
                    <dd>
                      <Keys keys={action.keys} />
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="key-switch">
        <Switch size="small" checked={isOn} onChange={setSingleKeys} />
        {t("keys.single")}
      </label>
    </Modal>
  );
}
