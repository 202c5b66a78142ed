// Starts the console.

import "../../tokens/tokens.css";
import "./app/base.css";
import "./parts/boxes.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntApp, ConfigProvider } from "antd";
import enLocale from "antd/locale/en_US";
import zhLocale from "antd/locale/zh_CN";
import { configureApi } from "api";
import { StrictMode, useMemo } from "react";
import { createRoot } from "react-dom/client";
import { keyOf, queryClient } from "./app/queries";
import { router } from "./app/router";
import { antdThemeOf, styleNonce, useIsDark } from "./app/theme";
import { dropOldDrafts } from "./conversation/drafts";
import { useLanguage } from "./format/use";
import { startTexts } from "./texts/i18n";

function Console() {
  const isDark = useIsDark();
  const language = useLanguage();
  const theme = useMemo(() => antdThemeOf(isDark), [isDark]);
  return (
    <ConfigProvider
      theme={theme}
      locale={language === "zh" ? zhLocale : enLocale}
      csp={styleNonce ? { nonce: styleNonce } : undefined}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
    >
      <AntApp component={false} message={{ maxCount: 3 }}>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}

/** The sign-in ended: back to the door, and afterwards back to where the person was. */
function onSignedOut(): void {
  const { pathname, href } = router.state.location;
  if (pathname.endsWith("/sign-in") || !queryClient.getQueryData(keyOf.me)) return;
  queryClient.clear();
  void router.navigate({ to: "/sign-in", search: { from: href }, replace: true });
}

configureApi({ onSignedOut });
dropOldDrafts();
await startTexts();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Console />
      </QueryClientProvider>
    </StrictMode>,
  );
}
