// The person's own menu: language, theme, alerts, password, sign out.

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { App, Dropdown } from "antd";
import { type Language, setLanguage, setPresence, signOut } from "api";
import { Bell, Check, KeyRound, Languages, LogOut, Moon, Volume2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../format/use";
import {
  alertSettings,
  askDesktopPermission,
  beep,
  desktopPermission,
  keepAlertSettings,
} from "../live/alerts";
import { initialOf } from "../parts/Speaker";
import { useFaultText } from "../parts/States";
import { loadTexts } from "../texts/i18n";
import { changeMe, useMe } from "./me";
import { queryClient } from "./queries";
import { chooseTheme, type ThemeChoice, useThemeChoice } from "./theme";

const PasswordForm = lazy(() => import("./PasswordForm").then((it) => ({ default: it.PasswordForm })));
const tick = (isOn: boolean) =>
  isOn ? <Check size={14} /> : <span style={{ display: "inline-block", width: 14 }} />;

export function UserMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const router = useRouter();
  const language = useLanguage();
  const theme = useThemeChoice();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [alerts, setAlerts] = useState(alertSettings);
  const [isPasswordOpen, setPasswordOpen] = useState(false);

  const speak = useMutation({
    mutationFn: async (next: Language) => {
      await loadTexts(next);
      changeMe({ language: next });
      await setLanguage(next);
    },
    onError: (error) => void message.error(faultText(error)),
  });
  const leave = useMutation({
    mutationFn: async () => {
      if (me.presence !== "offline") await setPresence("offline").catch(() => {});
      await signOut();
    },
    onSettled: async () => {
      queryClient.clear();
      await router.navigate({ to: "/sign-in", search: {} });
    },
  });

  async function toggle(which: "sound" | "desktop") {
    const next = { ...alerts };
    if (which === "sound") {
      next.isSoundOn = !alerts.isSoundOn;
      if (next.isSoundOn) beep();
    } else if (desktopPermission() !== "granted") {
      const answer = await askDesktopPermission();
      next.isDesktopOn = answer === "granted";
      if (answer !== "granted") message.warning(t("alert.denied"));
    } else next.isDesktopOn = !alerts.isDesktopOn;
    keepAlertSettings(next);
    setAlerts(next);
  }

  const themes: ThemeChoice[] = ["light", "dark", "system"];
  const isDesktopOn = alerts.isDesktopOn && desktopPermission() === "granted";
  const run: Record<string, () => void> = {
    zh: () => speak.mutate("zh"),
    en: () => speak.mutate("en"),
    light: () => chooseTheme("light"),
    dark: () => chooseTheme("dark"),
    system: () => chooseTheme("system"),
    sound: () => void toggle("sound"),
    desktop: () => void toggle("desktop"),
    password: () => setPasswordOpen(true),
    leave: () => leave.mutate(),
  };
  return (
    <>
      <Dropdown
        trigger={["click"]}
        placement="topRight"
        menu={{
          onClick: ({ key }) => run[key]?.(),
          items: [
            {
              key: "who",
              disabled: true,
              label: (
                <span className="menu-line menu-who">
                  {me.name}
                  <small>{me.email}</small>
                </span>
              ),
            },
            { type: "divider" },
            {
              key: "language",
              icon: <Languages size={14} />,
              label: t("menu.language"),
              children: (["zh", "en"] as const).map((each) => ({
                key: each,
                icon: tick(language === each),
                label: each === "zh" ? "中文" : "English",
              })),
            },
            {
              key: "theme",
              icon: <Moon size={14} />,
              label: t("menu.theme"),
              children: themes.map((each) => ({
                key: each,
                icon: tick(theme === each),
                label: t(`menu.${each}`),
              })),
            },
            {
              key: "sound",
              icon: <Volume2 size={14} />,
              label: t("menu.sound"),
              extra: tick(alerts.isSoundOn),
            },
            { key: "desktop", icon: <Bell size={14} />, label: t("menu.desktop"), extra: tick(isDesktopOn) },
            { type: "divider" },
            { key: "password", icon: <KeyRound size={14} />, label: t("menu.password") },
            { key: "leave", icon: <LogOut size={14} />, label: t("menu.signOut") },
          ],
        }}
      >
        <button type="button" className="nav-me" aria-label={t("menu.name", { name: me.name })}>
          {initialOf(me.name)}
        </button>
      </Dropdown>
      <Suspense>{isPasswordOpen && <PasswordForm onClose={() => setPasswordOpen(false)} />}</Suspense>
    </>
  );
}
