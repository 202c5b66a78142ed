// How the bot sounds: warmth, form of address, emoji, and the shop's own lines around answers.

import { Input, Segmented, Switch } from "antd";
import type { BotSettings } from "api";
import { useTranslation } from "react-i18next";

const LINES = ["opening", "closing", "sign_off"] as const;
const WARMTHS = ["plain", "warm", "dear"] as const;
const ADDRESSES = ["formal", "familiar"] as const;
/** As the desk takes them. */
const LINE_CHARS_MAX = 60;

export interface SettingsPartProps {
  draft: BotSettings;
  faults: Record<string, string>;
  isReadOnly: boolean;
  onChange: (draft: BotSettings) => void;
}

export function ToneFields({ draft, faults, isReadOnly, onChange }: SettingsPartProps) {
  const { t } = useTranslation();
  const { tone } = draft;
  const set = (part: Partial<typeof tone>) => onChange({ ...draft, tone: { ...tone, ...part } });
  return (
    <section className="box">
      <h2>{t("botSettings.tone")}</h2>
      <div className="field">
        <span id="tone-warmth" className="field-name">
          {t("botSettings.warmth")}
        </span>
        <Segmented
          aria-labelledby="tone-warmth"
          value={tone.warmth}
          disabled={isReadOnly}
          onChange={(warmth) => set({ warmth })}
          options={WARMTHS.map((each) => ({ value: each, label: t(`warmth.${each}`) }))}
        />
        <div className="field-hint">{t(`warmthExample.${tone.warmth}`)}</div>
      </div>
      <div className="field">
        <span id="tone-address" className="field-name">
          {t("botSettings.address")}
        </span>
        <Segmented
          aria-labelledby="tone-address"
          value={tone.address}
          disabled={isReadOnly}
          onChange={(address) => set({ address })}
          options={ADDRESSES.map((each) => ({ value: each, label: t(`formOfAddress.${each}`) }))}
        />
      </div>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the switch is inside */}
      <label className="guarantee-on">
        <Switch
          size="small"
          checked={tone.emoji}
          disabled={isReadOnly}
          onChange={(emoji) => set({ emoji })}
        />
        {t("botSettings.emoji")}
      </label>
      <table className="tone-lines">
        <thead>
          <tr>
            <td />
            <th scope="col">{t("language.zh")}</th>
            <th scope="col">{t("language.en")}</th>
          </tr>
        </thead>
        <tbody>
          {LINES.map((line) => {
            const fault = faults[`tone.${line}`];
            return (
              <tr key={line}>
                <th scope="row">
                  {t(`toneLine.${line}`)}
                  <small className={fault ? "field-fault" : "field-hint"} role={fault ? "alert" : undefined}>
                    {fault ?? t(`toneLineHint.${line}`)}
                  </small>
                </th>
                {(["zh", "en"] as const).map((language) => (
                  <td key={language}>
                    <Input
                      aria-label={`${t(`toneLine.${line}`)} ${t(`language.${language}`)}`}
                      value={tone[line][language]}
                      readOnly={isReadOnly}
                      maxLength={LINE_CHARS_MAX}
                      status={fault ? "error" : undefined}
                      onChange={(event) => set({ [line]: { ...tone[line], [language]: event.target.value } })}
                    />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
