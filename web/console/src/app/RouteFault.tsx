// What is shown when a page breaks or doesn't exist: the rest of the console goes on.

import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { Compass } from "lucide-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Empty, Failed } from "../parts/States";

export function RouteFault({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const boundary = useQueryErrorResetBoundary();
  useEffect(() => boundary.reset(), [boundary]);
  return (
    <Failed
      error={error}
      onRetry={() => {
        reset();
        void router.invalidate();
      }}
    />
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty icon={Compass} title={t("fault.noPage")} text={t("fault.noPageText")}>
      <Link to="/inbox" search={{ view: "queue" }}>
        {t("nav.inbox")}
      </Link>
    </Empty>
  );
}
