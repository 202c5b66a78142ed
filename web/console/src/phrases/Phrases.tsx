// Quick phrases: one's own and the team's, grouped, each edited where it stands.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input, Segmented } from "antd";
import {
  changePhrase,
  createPhrase,
  deletePhrase,
  getPhrases,
  isCode,
  type Phrase,
  type PhraseDraft,
} from "api";
import { MessageSquarePlus, MessageSquareQuote, Search } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { warnedOf } from "../parts/marked";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";
import { PhraseEditor } from "./PhraseEditor";
import { PhraseRow } from "./PhraseRow";
import "./phrases.css";

type Whose = "all" | "own" | "team";

export function Phrases() {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const faultText = useFaultText();
  const [whose, setWhose] = useState<Whose>("all");
  const [text, setText] = useState("");
  const [edited, setEdited] = useState<string | null>(null);
  const [fault, setFault] = useState<string>();
  const phrases = useQuery({ queryKey: keyOf.phrases, queryFn: () => getPhrases() });
  const refresh = () => client.invalidateQueries({ queryKey: keyOf.phrases });
  const save = useMutation({
    mutationFn: (draft: PhraseDraft) =>
      edited && edited !== "new" ? changePhrase(edited, draft) : createPhrase(draft),
    onSuccess: (saved) => {
      const warned = warnedOf(saved.warnings);
      if (warned) message.warning(t("compliance.warned", { words: warned }));
      setEdited(null);
      return refresh();
    },
    onError: (error) => setFault(isCode(error, "conflict") ? t("phrase.taken") : faultText(error)),
  });
  const remove = useMutation({
    mutationFn: deletePhrase,
    onSuccess: refresh,
    onError: (error) => void message.error(faultText(error)),
  });

  const all = phrases.data ?? [];
  const shown = all.filter(
    (phrase) =>
      (whose === "all" || (whose === "own") === (phrase.owner != null)) &&
      `${phrase.shortcut} ${phrase.group} ${phrase.text.zh ?? ""} ${phrase.text.en ?? ""}`
        .toLowerCase()
        .includes(text.trim().toLowerCase()),
  );
  const groups = [...new Set(shown.map((phrase) => phrase.group))].sort();
  const mayEditTeam = may(me, "write_team_phrases");
  const mayEdit = (phrase: Phrase) => (phrase.owner ? phrase.owner === me.id : mayEditTeam);
  const open = (id: string | null) => {
    setFault(undefined);
    setEdited(id);
  };
  const editor = (phrase?: Phrase) => (
    <PhraseEditor
      phrase={phrase}
      others={all.filter((each) => each.id !== phrase?.id)}
      mayEditTeam={mayEditTeam}
      isBusy={save.isPending}
      fault={fault}
      onSave={(draft) => save.mutate(draft)}
      onCancel={() => open(null)}
    />
  );

  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.phrases")}</h1>
          <p>{t("phrase.text")}</p>
        </div>
        <span className="spread" />
        <Input
          allowClear
          style={{ width: 200 }}
          prefix={<Search size={14} />}
          placeholder={t("phrase.search")}
          aria-label={t("phrase.search")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Segmented
          value={whose}
          onChange={setWhose}
          options={(["all", "team", "own"] as const).map((each) => ({
            value: each,
            label: t(`phrase.${each}`),
          }))}
        />
        <Button type="primary" icon={<MessageSquarePlus size={15} />} onClick={() => open("new")}>
          {t("phrase.new")}
        </Button>
      </header>
      <div className="page-body phrases">
        {edited === "new" && editor()}
        {phrases.isPending && <Bones rows={10} height={26} />}
        {phrases.isError && <Failed error={phrases.error} onRetry={() => void phrases.refetch()} />}
        {phrases.isSuccess && shown.length === 0 && edited !== "new" && (
          <Empty
            icon={MessageSquareQuote}
            title={t(all.length ? "phrase.noneFound" : "phrase.none")}
            text={t("phrase.noneText")}
          />
        )}
        {groups.map((group) => (
          <section key={group}>
            <h2>{group || t("phrase.noGroup")}</h2>
            {shown
              .filter((phrase) => phrase.group === group)
              .map((phrase) =>
                edited === phrase.id ? (
                  <div key={phrase.id}>{editor(phrase)}</div>
                ) : (
                  <PhraseRow
                    key={phrase.id}
                    phrase={phrase}
                    mayEdit={mayEdit(phrase)}
                    onEdit={() => open(phrase.id)}
                    onDelete={() =>
                      modal.confirm({
                        title: t("phrase.deleteAsk", { shortcut: phrase.shortcut }),
                        okText: t("do.delete"),
                        okButtonProps: { danger: true },
                        cancelText: t("do.cancel"),
                        onOk: () => remove.mutateAsync(phrase.id),
                      })
                    }
                  />
                ),
              )}
          </section>
        ))}
      </div>
    </div>
  );
}
