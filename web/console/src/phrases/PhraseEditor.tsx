// Writing a quick phrase in both languages, with its shortcut checked while typing.

import { AutoComplete, Button, Input, Select } from "antd";
import type { Phrase, PhraseDraft } from "api";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { useFormat } from "../format/use";
import { fillIn, VARIABLES } from "./expand";

interface Props {
  phrase?: Phrase;
  others: Phrase[];
  mayEditTeam: boolean;
  isBusy: boolean;
  fault?: string;
  onSave: (draft: PhraseDraft) => void;
  onCancel: () => void;
}
const MOST_CHARS = 2000;

export function PhraseEditor({ phrase, others, mayEditTeam, isBusy, fault, onSave, onCancel }: Props) {
  const { t } = useTranslation();
  const { words } = useFormat();
  const me = useMe();
  const [draft, setDraft] = useState<PhraseDraft>(
    phrase ?? {
      shop: null,
      owner: mayEditTeam ? null : me.id,
      shortcut: "",
      text: { zh: "", en: "" },
      group: "",
    },
  );
  const last = useRef<"zh" | "en">("zh");
  const change = (next: Partial<PhraseDraft>) => setDraft((now) => ({ ...now, ...next }));
  const sameReach = (other: Phrase) => !other.owner || other.owner === me.id;
  const isTaken = others.some(
    (other) => sameReach(other) && other.shortcut.toLowerCase() === draft.shortcut.trim().toLowerCase(),
  );
  const hasText = !!(draft.text.zh?.trim() || draft.text.en?.trim());
  const example = {
    shopper: t("phrase.exampleShopper"),
    agent: me.name,
    order: "2025110288431",
    shop: words((me.shops.find((shop) => shop.id === draft.shop) ?? me.shops[0])?.name ?? { zh: "", en: "" }),
  };

  function save() {
    const { shop, owner, group } = draft;
    onSave({
      shop,
      owner,
      group: (group ?? "").trim(),
      shortcut: draft.shortcut.trim(),
      text: { zh: draft.text.zh?.trim() || null, en: draft.text.en?.trim() || null },
    });
  }
  return (
    <div className="phrase-editor">
      <div className="phrase-fields">
        <Input
          prefix="/"
          value={draft.shortcut}
          maxLength={40}
          autoFocus
          status={isTaken ? "error" : undefined}
          placeholder={t("phrase.shortcut")}
          aria-label={t("phrase.shortcut")}
          onChange={(event) => change({ shortcut: event.target.value.replace(/[\s/]/g, "") })}
        />
        <AutoComplete
          value={draft.group}
          placeholder={t("phrase.group")}
          aria-label={t("phrase.group")}
          options={[...new Set(others.map((other) => other.group))]
            .filter(Boolean)
            .map((group) => ({ value: group }))}
          onChange={(group) => change({ group: group ?? "" })}
        />
        <Select
          value={draft.owner ? "own" : "team"}
          aria-label={t("phrase.whose")}
          disabled={!mayEditTeam}
          onChange={(whose) => change({ owner: whose === "own" ? me.id : null })}
          options={(["team", "own"] as const).map((each) => ({ value: each, label: t(`phrase.${each}`) }))}
        />
        <Select
          value={draft.shop ?? ""}
          aria-label={t("inbox.shop")}
          onChange={(shop) => change({ shop: shop || null })}
          options={[
            { value: "", label: t("inbox.allShops") },
            ...me.shops.map((shop) => ({ value: shop.id, label: words(shop.name) })),
          ]}
        />
      </div>
      {isTaken && <p className="bad-text">{t("phrase.taken")}</p>}
      <div className="phrase-wordings">
        {(["zh", "en"] as const).map((language) => (
          <div key={language}>
            <Input.TextArea
              autoSize={{ minRows: 3, maxRows: 10 }}
              maxLength={MOST_CHARS}
              value={draft.text[language] ?? ""}
              placeholder={t(`language.${language}`)}
              aria-label={t(`language.${language}`)}
              onFocus={() => {
                last.current = language;
              }}
              onChange={(event) => change({ text: { ...draft.text, [language]: event.target.value } })}
            />
            {draft.text[language]?.includes("{{") && (
              <p className="muted phrase-example">{fillIn(draft.text[language] ?? "", example)}</p>
            )}
          </div>
        ))}
      </div>
      <div className="phrase-foot">
        <span className="muted">{t("phrase.variables")}</span>
        {VARIABLES.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            onClick={() =>
              change({
                text: { ...draft.text, [last.current]: `${draft.text[last.current] ?? ""}{{${name}}}` },
              })
            }
          >
            {`{{${name}}}`} {t(`phrase.var_${name}`)}
          </button>
        ))}
        <span className="spread" />
        {fault && <span className="bad-text">{fault}</span>}
        <Button onClick={onCancel}>{t("do.cancel")}</Button>
        <Button
          type="primary"
          disabled={!draft.shortcut.trim() || !hasText || isTaken}
          loading={isBusy}
          onClick={save}
        >
          {t("do.save")}
        </Button>
      </div>
    </div>
  );
}
