// The knowledge page: the list of articles with filters, and beside it the search as a shopper would meet it.

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Button, Input, Segmented, Select, Table } from "antd";
import { type ArticleRow, type ArticleState, getArticles } from "api";
import { BookOpen, BookPlus, FileUp, Search, SearchX, TextSearch } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { ShopSelect } from "../parts/ShopSelect";
import { Bones, Empty, Failed } from "../parts/States";
import { useShop } from "../parts/useShop";
import { ArticleStateTag, IndexTag } from "./ArticleTags";
import { ExportMenu } from "./ExportMenu";
import { ImportWizard } from "./ImportWizard";
import { SearchPreviewPanel } from "./SearchPreviewPanel";
import "./knowledge.css";

const STATES: ArticleState[] = ["live", "scheduled", "expired", "archived"];
const TYPING_PAUSE_MS = 250;
const PAGE = 50;
/** A saved article is searchable after a few seconds; until then its mark is looked at again. */
const INDEXING_MS = 3000;
const isPending = (row: ArticleRow) => row.indexed === "pending";

export function Knowledge() {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const search = useSearch({ from: "/signed-in/knowledge" });
  const { shop, shops } = useShop(search.shop);
  const [text, setText] = useState(search.text ?? "");
  const [isImporting, setImporting] = useState(false);
  const [isPreview, setPreview] = useState(true);
  const state = STATES.find((each) => each === search.state) ?? "live";
  const mayEdit = may(me, "write_knowledge");

  const query = { shop: shop?.id, text: search.text, category: search.category, state };
  const list = useInfiniteQuery({
    queryKey: [...keyOf.articles, query],
    queryFn: ({ pageParam, signal }) => getArticles({ ...query, cursor: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isPending)) ? INDEXING_MS : false,
    placeholderData: (before) => before,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const first = list.data?.pages[0];
  const change = (next: Partial<typeof search>) =>
    navigate({ to: "/knowledge", search: { ...search, ...next }, replace: true });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts the timer
  useEffect(() => {
    if (text === (search.text ?? "")) return;
    const timer = setTimeout(() => void change({ text: text.trim() || undefined }), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);

  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.knowledge")}</h1>
          <p className="number">{first ? t("article.count", { count: first.total }) : " "}</p>
        </div>
        <span className="spread" />
        <ShopSelect
          shops={shops}
          value={shop?.id}
          onChange={(id) => change({ shop: id, category: undefined })}
        />
        <Button
          icon={<TextSearch size={15} />}
          type={isPreview ? "primary" : "default"}
          ghost={isPreview}
          onClick={() => setPreview(!isPreview)}
        >
          {t("preview.name")}
        </Button>
        {shop && <ExportMenu shop={shop.id} />}
        {mayEdit && (
          <Button icon={<FileUp size={15} />} onClick={() => setImporting(true)}>
            {t("import.do")}
          </Button>
        )}
        {mayEdit && (
          <Button
            type="primary"
            icon={<BookPlus size={15} />}
            onClick={() =>
              navigate({ to: "/knowledge/$article", params: { article: "new" }, search: { shop: shop?.id } })
            }
          >
            {t("article.new")}
          </Button>
        )}
      </header>
      <div className={`knowledge ${isPreview ? "has-preview" : ""}`}>
        <section className="knowledge-list">
          <div className="knowledge-filters">
            <Segmented
              value={state}
              onChange={(next) => change({ state: next === "live" ? undefined : next })}
              options={STATES.map((each) => ({ value: each, label: t(`article.${each}`) }))}
            />
            <Select
              value={search.category ?? ""}
              popupMatchSelectWidth={false}
              aria-label={t("field.category")}
              onChange={(category) => change({ category: category || undefined })}
              options={[
                { value: "", label: t("article.allCategories") },
                ...(first?.categories ?? []).map((each) => ({ value: each, label: each })),
              ]}
            />
            <Input
              allowClear
              prefix={<Search size={14} />}
              placeholder={t("article.search")}
              aria-label={t("article.search")}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          {list.isPending && <Bones rows={12} height={22} gap={20} />}
          {list.isError && rows.length === 0 && (
            <Failed error={list.error} onRetry={() => void list.refetch()} />
          )}
          {list.isSuccess && rows.length === 0 && (
            <Empty
              icon={search.text ? SearchX : BookOpen}
              title={t(search.text || search.category ? "article.noneFound" : "article.none")}
              text={t(search.text || search.category ? "article.noneFoundText" : "article.noneText")}
            />
          )}
          {rows.length > 0 && <Rows rows={rows} isStale={list.isPlaceholderData} />}
          {list.hasNextPage && (
            <Button
              className="more"
              loading={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t("do.more")}
            </Button>
          )}
        </section>
        {isPreview && shop && <SearchPreviewPanel shop={shop.id} />}
      </div>
      {isImporting && shop && <ImportWizard shop={shop.id} onClose={() => setImporting(false)} />}
    </div>
  );
}

function Rows({ rows, isStale }: { rows: ArticleRow[]; isStale: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { dateTime, language } = useFormat();
  const open = (row: ArticleRow) => navigate({ to: "/knowledge/$article", params: { article: row.id } });
  return (
    <Table<ArticleRow>
      size="small"
      rowKey="id"
      dataSource={rows}
      pagination={false}
      className={isStale ? "is-stale" : ""}
      onRow={(row) => ({ onClick: () => open(row) })}
      columns={[
        {
          title: t("field.question"),
          render: (_, row) => (
            <div className="article-cell">
              <Link
                to="/knowledge/$article"
                params={{ article: row.id }}
                onClick={(event) => event.stopPropagation()}
              >
                {row.question[language] || row.question.zh || row.question.en}
              </Link>
              <small className="muted">{row.key}</small>
            </div>
          ),
        },
        { title: t("field.category"), dataIndex: "category", width: 110, ellipsis: true },
        {
          title: t("field.languages"),
          width: 92,
          render: (_, row) => (
            <span className="languages">
              {(["zh", "en"] as const).map((each) => (
                <span
                  key={each}
                  className={`chip ${row.languages.includes(each) ? "accent" : "is-missing"}`}
                  title={t(row.languages.includes(each) ? `language.${each}` : "article.missingLanguage")}
                >
                  {each === "zh" ? "中" : "EN"}
                </span>
              ))}
            </span>
          ),
        },
        {
          title: t("field.state"),
          width: 150,
          render: (_, row) => (
            <span className="languages">
              <ArticleStateTag state={row.state} />
              <IndexTag indexed={row.indexed} />
            </span>
          ),
        },
        {
          title: t("field.updated"),
          width: 128,
          render: (_, row) => (
            <div className="article-cell">
              <span className="number">{dateTime(row.updated_at)}</span>
              <small className="muted ellipsis">
                {row.updated_by} · v{row.version}
              </small>
            </div>
          ),
        },
      ]}
    />
  );
}
