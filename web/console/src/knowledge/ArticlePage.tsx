// One article: written in both languages side by side, with its scope, its dates and its history.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useBlocker, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { Alert, App, Button, Segmented } from "antd";
import {
  type Article,
  type ArticleDraft,
  archiveArticle,
  changeArticle,
  createArticle,
  getArticle,
  isCode,
  restoreArticle,
} from "api";
import { Archive, ArchiveRestore, ArrowLeft } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { useFormat } from "../format/use";
import { warnedOf } from "../parts/marked";
import { Bones, Failed, useFaultText } from "../parts/States";
import { useShop } from "../parts/useShop";
import { ArticleSide } from "./ArticleSide";
import { ArticleStateTag, IndexTag } from "./ArticleTags";
import { Conflict } from "./Conflict";
import { draftOf, emptyDraft, faultsOf, isSame, tidy } from "./draft";
import { History } from "./History";
import { WordingEditor } from "./WordingEditor";
import "./knowledge.css";

/** A saved article is searchable after a few seconds; until then its mark is looked at again. */
const INDEXING_MS = 3000;

export function ArticlePage() {
  const { article: id } = useParams({ from: "/signed-in/knowledge/$article" });
  const { shop: shopInAddress } = useSearch({ from: "/signed-in/knowledge/$article" });
  const { shop } = useShop(shopInAddress);
  const article = useQuery({
    queryKey: keyOf.article(id),
    queryFn: () => getArticle(id),
    enabled: id !== "new",
    refetchInterval: ({ state }) => (state.data?.indexed === "pending" ? INDEXING_MS : false),
  });
  if (id === "new") return shop ? <Editor key="new" shop={shop.id} /> : null;
  if (article.isError && !article.data)
    return <Failed error={article.error} onRetry={() => void article.refetch()} />;
  if (!article.data) return <Bones rows={12} height={28} gap={20} />;
  return <Editor key={id} shop={article.data.shop} article={article.data} />;
}

function Editor({ shop, article }: { shop: string; article?: Article }) {
  const { t } = useTranslation();
  const me = useMe();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message, modal } = App.useApp();
  const { dateTime, language } = useFormat();
  const faultText = useFaultText();
  const { version: shownVersion } = useSearch({ from: "/signed-in/knowledge/$article" });
  const isOldShown = !!article && !!shownVersion && shownVersion !== article.version;
  const [tab, setTab] = useState<"edit" | "history">(isOldShown ? "history" : "edit");
  const [base, setBase] = useState(article);
  const [draft, setDraft] = useState<ArticleDraft>(article ? draftOf(article) : emptyDraft());
  const [theirs, setTheirs] = useState<Article | null>(null);
  const [areFaultsShown, setFaultsShown] = useState(false);
  const mayEdit = may(me, "write_knowledge") && !article?.archived;
  const isChanged = !isSame(draft, base ? draftOf(base) : emptyDraft());
  const faults = areFaultsShown ? faultsOf(draft) : {};

  // A newer version arrived while nothing was being written: show it.
  useEffect(() => {
    if (!article || article === base || isChanged) return;
    setBase(article);
    setDraft(draftOf(article));
  }, [article, base, isChanged]);

  const save = useMutation({
    mutationFn: (version: number | undefined) =>
      article && version !== undefined
        ? changeArticle(article.id, tidy(draft), version)
        : createArticle(shop, tidy(draft)),
    onSuccess: async (saved) => {
      message.success(t("article.saved", { version: saved.version }));
      const warned = warnedOf(saved.warnings);
      if (warned) message.warning(t("compliance.warned", { words: warned }));
      setBase(saved);
      setDraft(draftOf(saved));
      setTheirs(null);
      client.setQueryData(keyOf.article(saved.id), saved);
      client.invalidateQueries({ queryKey: keyOf.articles });
      client.invalidateQueries({ queryKey: keyOf.versions(saved.id) });
      if (!article)
        await navigate({
          to: "/knowledge/$article",
          params: { article: saved.id },
          replace: true,
          ignoreBlocker: true,
        });
    },
    onError: async (error) => {
      if (isCode(error, "conflict") && article)
        setTheirs(
          await client.fetchQuery({
            queryKey: keyOf.article(article.id),
            queryFn: () => getArticle(article.id),
            staleTime: 0,
          }),
        );
      else message.error(faultText(error));
    },
  });
  const shelve = useMutation({
    mutationFn: () => (article?.archived ? restoreArticle(article.id) : archiveArticle(article?.id ?? "")),
    onSuccess: (saved) => {
      message.success(t(saved.archived ? "article.isArchived" : "article.isRestored"));
      client.invalidateQueries({ queryKey: keyOf.article(saved.id) });
      client.invalidateQueries({ queryKey: keyOf.articles });
    },
    onError: (error) => void message.error(faultText(error)),
  });
  useBlocker({
    shouldBlockFn: async ({ current, next }) => {
      if (!isChanged || save.isPending || current.pathname === next.pathname) return false;
      return !(await modal.confirm({
        title: t("article.leave"),
        content: t("article.leaveText"),
        okText: t("article.leaveDo"),
        cancelText: t("article.stay"),
      }));
    },
    enableBeforeUnload: () => isChanged,
  });

  function trySave() {
    setFaultsShown(true);
    if (Object.keys(faultsOf(draft)).length) return void message.warning(t("article.faulty"));
    save.mutate(base?.version);
  }

  return (
    <div className="page">
      <header className="page-head">
        <Link to="/knowledge" className="icon-button" aria-label={t("do.back")}>
          <ArrowLeft size={17} />
        </Link>
        <div>
          <h1>
            {article
              ? draft[language]?.question || draft.zh?.question || draft.en?.question || draft.key
              : t("article.new")}
          </h1>
          {article && (
            <p className="number">
              v{article.version} · {article.updated_by} · {dateTime(article.updated_at)}
            </p>
          )}
        </div>
        {article?.archived && <ArticleStateTag state="archived" />}
        {article && <IndexTag indexed={article.indexed} />}
        <span className="spread" />
        {article && (
          <Segmented
            value={tab}
            onChange={setTab}
            options={[
              { value: "edit", label: t("article.editTab") },
              { value: "history", label: t("article.historyTab") },
            ]}
          />
        )}
        {article && may(me, "write_knowledge") && (
          <Button
            icon={article.archived ? <ArchiveRestore size={15} /> : <Archive size={15} />}
            loading={shelve.isPending}
            onClick={() =>
              article.archived
                ? shelve.mutate()
                : modal.confirm({
                    title: t("article.archiveAsk"),
                    content: t("article.archiveAskText"),
                    okText: t("article.archive"),
                    cancelText: t("do.cancel"),
                    onOk: () => shelve.mutate(),
                  })
            }
          >
            {t(article.archived ? "article.restore" : "article.archive")}
          </Button>
        )}
        {mayEdit && (
          <Button type="primary" disabled={!isChanged} loading={save.isPending} onClick={trySave}>
            {t("do.save")}
          </Button>
        )}
      </header>
      {tab === "history" && article ? (
        <div className="article-main">
          <History
            article={article}
            mayRestore={mayEdit}
            shown={shownVersion}
            onRestored={() => setTab("edit")}
          />
        </div>
      ) : (
        <div className="article-page">
          <div className="article-main">
            {!mayEdit && (
              <Alert
                className="article-note"
                type="info"
                showIcon
                title={t(article?.archived ? "article.archivedNote" : "article.readOnly")}
              />
            )}
            <div className="wordings">
              {(["zh", "en"] as const).map((language) => (
                <WordingEditor
                  key={language}
                  language={language}
                  wording={draft[language]}
                  other={draft[language === "zh" ? "en" : "zh"]}
                  faults={faults}
                  isReadOnly={!mayEdit}
                  onChange={(wording) => setDraft({ ...draft, [language]: wording })}
                />
              ))}
            </div>
          </div>
          <ArticleSide
            shop={shop}
            draft={draft}
            faults={faults}
            isReadOnly={!mayEdit}
            isNew={!article}
            onChange={setDraft}
          />
        </div>
      )}
      {theirs && base && (
        <Conflict
          base={draftOf(base)}
          mine={tidy(draft)}
          theirs={theirs}
          isBusy={save.isPending}
          onMine={() => save.mutate(theirs.version)}
          onTheirs={() => {
            setBase(theirs);
            setDraft(draftOf(theirs));
            setTheirs(null);
          }}
          onClose={() => setTheirs(null)}
        />
      )}
    </div>
  );
}
