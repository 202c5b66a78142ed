// The door: e-mail and password, errors in words, and afterwards back to where the person was.

import { useQueryClient } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { isCode, signIn } from "api";
import { CircleAlert } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { Wordmark } from "../app/Wordmark";
import { useLanguage } from "../format/use";
import { useFaultText } from "../parts/States";
import { loadTexts } from "../texts/i18n";
import "./signin.css";

/** Set once this tab has been signed in: only then can a sign-in have expired. */
const WAS_SIGNED_IN = "tandem.was-signed-in";

export function SignIn() {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const language = useLanguage();
  const router = useRouter();
  const client = useQueryClient();
  const { from } = useSearch({ from: "/sign-in" });
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [fault, setFault] = useState("");
  const [isBusy, setBusy] = useState(false);
  const hasExpired = from !== undefined && sessionStorage.getItem(WAS_SIGNED_IN) !== null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!email.trim() || !password) return setFault(t("signIn.bothNeeded"));
    setBusy(true);
    setFault("");
    try {
      const me = await signIn(email.trim(), password);
      client.setQueryData(keyOf.me, me);
      sessionStorage.setItem(WAS_SIGNED_IN, "yes");
      if (me.language !== language) await loadTexts(me.language);
      if (from?.startsWith("/") && !from.startsWith("//"))
        router.history.push(
          router.options.basepath && !from.startsWith(router.options.basepath)
            ? router.options.basepath + from
            : from,
        );
      else await router.navigate({ to: "/" });
    } catch (error) {
      setFault(isCode(error, "unauthenticated") ? t("signIn.wrong") : faultText(error));
    } finally {
      setBusy(false);
    }
  }

  return (
    <main className="sign-in">
      <form onSubmit={submit} noValidate>
        <Wordmark />
        <h1>{t("signIn.title")}</h1>
        <p className="muted">{hasExpired ? t("signIn.again") : t("signIn.text")}</p>
        <label htmlFor="email">{t("signIn.email")}</label>
        <Input
          id="email"
          type="email"
          size="large"
          autoComplete="username"
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <label htmlFor="password">{t("signIn.password")}</label>
        <Input.Password
          id="password"
          size="large"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <div className="sign-in-fault" role="alert">
          {fault && (
            <>
              <CircleAlert size={15} /> {fault}
            </>
          )}
        </div>
        <Button type="primary" size="large" htmlType="submit" block loading={isBusy}>
          {t("signIn.do")}
        </Button>
        <button
          type="button"
          className="link-button sign-in-language"
          lang={language === "zh" ? "en" : "zh"}
          onClick={() => void loadTexts(language === "zh" ? "en" : "zh")}
        >
          {language === "zh" ? "English" : "中文"}
        </button>
      </form>
    </main>
  );
}
