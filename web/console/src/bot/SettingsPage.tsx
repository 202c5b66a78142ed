// How the bot sounds, what it never says, and how far it goes alone. Saved for one shop; counts from the next message.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { App, Button } from "antd";
import { ApiError, type BotSettings, getBotSettings, setBotSettings } from "api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { Bones, Failed, useFaultText } from "../parts/States";
import { BotFrame } from "./BotFrame";
import { faultsOf, isSame, linesOf } from "./botSettings";
import { ReachFields } from "./ReachFields";
import { ToneFields } from "./ToneFields";
import { WordListField } from "./WordListField";
import "./settings.css";

export function SettingsPage() {
  const search = useSearch({ from: "/signed-in/bot/settings" });
  return (
    <BotFrame tab="settings" shopInAddress={search.shop}>
      {(shop) => <Content key={shop.id} shop={shop.id} />}
    </BotFrame>
  );
}

function Content({ shop }: { shop: string }) {
  const settings = useQuery({ queryKey: keyOf.botSettings(shop), queryFn: () => getBotSettings(shop) });
  if (settings.isPending) return <Bones rows={12} height={26} gap={18} />;
  if (!settings.data) return <Failed error={settings.error} onRetry={() => void settings.refetch()} />;
  return <SettingsForm shop={shop} saved={settings.data} />;
}

function SettingsForm({ shop, saved }: { shop: string; saved: BotSettings }) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  // Nothing written yet: what the server says is shown, also when it changes.
  const [written, setWritten] = useState<BotSettings | null>(null);
  const draft = written ?? saved;
  const mayEdit = may(me, "write_knowledge");
  const save = useMutation({
    mutationFn: (next: BotSettings) => setBotSettings(shop, next),
    onSuccess: (next) => {
      client.setQueryData(keyOf.botSettings(shop), next);
      setWritten(null);
      message.success(t("botSettings.saved"));
    },
    onError: (error) => void message.error(faultText(error)),
  });
  const faults = faultsOf(save.error instanceof ApiError ? save.error : null);
  const part = { draft, faults, isReadOnly: !mayEdit, onChange: setWritten };
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate(draft);
  }
  return (
    <form className="page-body bot-settings" onSubmit={submit}>
      <ToneFields {...part} />
      <section className="box">
        <h2>{t("botSettings.never")}</h2>
        <WordListField
          id="banned-words"
          name={t("botSettings.bannedWords")}
          hint={t("botSettings.bannedWordsHint")}
          words={draft.banned_words}
          fault={faults.banned_words}
          isReadOnly={!mayEdit}
          onChange={(text) => setWritten({ ...draft, banned_words: linesOf(text) })}
        />
        <WordListField
          id="link-hosts"
          name={t("botSettings.linkHosts")}
          hint={t("botSettings.linkHostsHint")}
          words={draft.link_hosts}
          fault={faults.link_hosts}
          isReadOnly={!mayEdit}
          onChange={(text) => setWritten({ ...draft, link_hosts: linesOf(text) })}
        />
      </section>
      <ReachFields {...part} />
      <footer className="bot-settings-do">
        <p className="muted">
          {t(mayEdit ? "botSettings.effect" : "botSettings.readOnly")}{" "}
          <Link to="/bot/guarantee" search={{ shop }}>
            {t("botSettings.guarantee")}
          </Link>
        </p>
        {mayEdit && (
          <div className="bot-do">
            <Button disabled={!written || save.isPending} onClick={() => setWritten(null)}>
              {t("do.cancel")}
            </Button>
            <Button
              type="primary"
              htmlType="submit"
              loading={save.isPending}
              disabled={!written || isSame(draft, saved)}
            >
              {t("do.save")}
            </Button>
          </div>
        )}
      </footer>
    </form>
  );
}
