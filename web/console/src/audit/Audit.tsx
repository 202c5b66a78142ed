// Who did what, newest first.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Input, Table } from "antd";
import { type AuditEntry, getAudit } from "api";
import { ScrollText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { DetailTree } from "../parts/DetailTree";
import { Bones, Empty, Failed } from "../parts/States";

export function Audit() {
  const { t } = useTranslation();
  const { fullTime } = useFormat();
  const [subject, setSubject] = useState("");
  const audit = useInfiniteQuery({
    queryKey: [...keyOf.audit, subject],
    queryFn: ({ pageParam, signal }) =>
      getAudit({ cursor: pageParam, subject: subject || undefined }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: (before) => before,
  });
  const entries = audit.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.audit")}</h1>
          <p>{t("audit.text")}</p>
        </div>
        <span className="spread" />
        <Input.Search
          allowClear
          style={{ width: 260 }}
          placeholder={t("audit.find")}
          aria-label={t("audit.find")}
          onSearch={(value) => setSubject(value.trim())}
        />
      </header>
      <div className="page-body">
        {audit.isPending && <Bones rows={12} height={22} />}
        {audit.isError && entries.length === 0 && (
          <Failed error={audit.error} onRetry={() => void audit.refetch()} />
        )}
        {audit.isSuccess && entries.length === 0 && (
          <Empty
            icon={ScrollText}
            title={t("audit.none")}
            text={subject ? t("audit.noneFound", { subject }) : undefined}
          />
        )}
        {entries.length > 0 && (
          <Table<AuditEntry>
            size="small"
            rowKey="id"
            dataSource={entries}
            pagination={false}
            expandable={{
              expandedRowRender: (entry) => <DetailTree value={entry.detail} />,
              rowExpandable: (entry) => Object.keys(entry.detail ?? {}).length > 0,
            }}
            columns={[
              {
                title: t("audit.when"),
                width: 200,
                render: (_, entry) => <span className="number">{fullTime(entry.at)}</span>,
              },
              {
                title: t("audit.who"),
                width: 160,
                render: (_, entry) => entry.by?.name ?? t("speaker.system"),
              },
              {
                title: t("audit.action"),
                render: (_, entry) => (
                  <span title={entry.action}>
                    {t(`audited.${entry.action.replace(".", "_")}` as "audited.article_imported", {
                      defaultValue: entry.action,
                    })}
                  </span>
                ),
              },
              {
                title: t("audit.subject"),
                render: (_, entry) => <span className="number muted">{entry.subject}</span>,
              },
            ]}
          />
        )}
        {audit.hasNextPage && (
          <Button
            style={{ display: "block", margin: "16px auto" }}
            loading={audit.isFetchingNextPage}
            onClick={() => void audit.fetchNextPage()}
          >
            {t("do.more")}
          </Button>
        )}
      </div>
    </div>
  );
}
