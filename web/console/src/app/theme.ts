// Light, dark or the system's choice; and the design tokens handed to antd, so that both look the same.

import { theme as antdTheme, type ThemeConfig } from "antd";
import { useSyncExternalStore } from "react";
import { keep, kept } from "./keep";

export type ThemeChoice = "light" | "dark" | "system";
const listeners = new Set<() => void>();
const system = matchMedia("(prefers-color-scheme: dark)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
let choice: ThemeChoice = kept<ThemeChoice>("theme") ?? "system";

function show(): void {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
show();
system.addEventListener("change", () => {
  for (const listener of listeners) listener();
});

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  keep("theme", next);
  show();
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
export const useThemeChoice = (): ThemeChoice => useSyncExternalStore(subscribe, () => choice);
export const useIsDark = (): boolean =>
  useSyncExternalStore(subscribe, () => choice === "dark" || (choice === "system" && system.matches));

export function antdThemeOf(isDark: boolean): ThemeConfig {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    algorithm: isDark ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    token: {
      colorPrimary: token("accent"),
      colorPrimaryHover: token("accent-hover"),
      colorPrimaryActive: token("accent-active"),
      colorLink: token("accent-text"),
      colorLinkHover: token("accent-hover"),
      colorSuccess: token("good"),
      colorWarning: token("warn"),
      colorError: token("bad"),
      colorInfo: token("info"),
      colorText: token("text"),
      colorTextSecondary: token("text-2"),
      colorTextTertiary: token("text-3"),
      colorTextPlaceholder: token("text-3"),
      colorTextDescription: token("text-3"),
      colorTextLightSolid: token("text-on-accent"),
      colorBgLayout: token("ground"),
      colorBgContainer: token("surface"),
      colorBgElevated: token("surface"),
      colorBgSpotlight: isDark ? "#e7ece9" : "#22302b",
      colorBorder: token("line"),
      colorBorderSecondary: token("line"),
      colorSplit: token("line"),
      fontFamily: token("font"),
      fontSize: 13,
      borderRadius: 6,
      borderRadiusLG: 10,
      controlHeight: 32,
      controlHeightSM: 26,
      boxShadowSecondary: token("shadow-lg"),
      // Told to antd itself, which waits for transitions to end.
      motion: !still.matches,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
    },
    components: {
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Table: { headerBg: token("surface-2"), headerSplitColor: "transparent", cellPaddingBlock: 9 },
      Segmented: { trackBg: token("surface-2"), itemSelectedBg: token("surface") },
      Tooltip: { colorTextLightSolid: isDark ? "#17201d" : "#ffffff" },
    },
  };
}

/** The nonce the server put into the page for antd's style elements, when its policy asks for one. */
export const styleNonce =
  document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.nonce || undefined;
