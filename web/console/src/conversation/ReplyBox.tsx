// The box itself: text, quick phrases, attachments, note mode, the limit, and sending.

import { useMutation, useQuery } from "@tanstack/react-query";
import { App, Button, Segmented } from "antd";
import {
  addNote,
  type ConsoleConversation,
  countPhraseUse,
  getPhrases,
  type Order,
  type Phrase,
  type ShopperOrders,
  sayTyping,
} from "api";
import { LockKeyhole, MessageSquareQuote, Paperclip, Reply, Send } from "lucide-react";
import {
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf, queryClient } from "../app/queries";
import { IconButton } from "../parts/IconButton";
import { useFaultText } from "../parts/States";
import { expand, matching, shortcutBefore, unfilled } from "../phrases/expand";
import { DraftFiles } from "./DraftFiles";
import { type Draft, writeDraft } from "./drafts";
import { PhraseMenu } from "./PhraseMenu";
import { outbox } from "./sending";
import { FILE_TYPES, useUploads } from "./useUploads";

/** The desk's limits; the server checks them again. */
const MOST_CHARS = 2000;
const SHOW_LIMIT_FROM = 1600;
const TYPING_EVERY_MS = 2500;
const TALLEST_PX = 220;

export interface ReplyBoxHandle {
  focus(): void;
}
interface Props {
  ref: Ref<ReplyBoxHandle>;
  conversation: ConsoleConversation;
  draft: Draft;
  write: (change: Partial<Draft>) => void;
}

export function ReplyBox({ ref, conversation, draft, write }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const { id, may } = conversation;
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const typedAt = useRef(0);
  const caretTo = useRef<number | null>(null);
  const [caret, setCaret] = useState(draft.text.length);
  const [menuAt, setMenuAt] = useState(0);
  const [isMenuShut, setMenuShut] = useState(false);
  const [isOver, setOver] = useState(false);
  const uploads = useUploads(me.id, id, conversation.shop);
  const isNote = draft.isNote || !may.reply;

  const { data: phrases = [] } = useQuery({
    queryKey: keyOf.phrases,
    queryFn: () => getPhrases(),
    staleTime: 60_000,
  });
  const shortcut = isNote || isMenuShut ? null : shortcutBefore(draft.text, caret);
  const offered = shortcut
    ? matching(forShop(phrases, conversation.shop), shortcut.word, conversation.language)
    : [];

  useImperativeHandle(ref, () => ({ focus: () => area.current?.focus() }), []);
  useEffect(() => {
    const it = area.current;
    if (it) it.setSelectionRange(it.value.length, it.value.length);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const it = area.current;
    if (!it) return;
    it.style.height = "auto";
    it.style.height = `${Math.min(TALLEST_PX, it.scrollHeight)}px`;
    if (caretTo.current !== null) it.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  }, [draft.text]);

  const note = useMutation({
    mutationFn: (text: string) => addNote(id, text),
    onMutate: () => write({ text: "" }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keyOf.events(id) }),
    onError: (error, text) => {
      write({ text });
      message.error(faultText(error));
    },
  });

  function change(text: string, at: number) {
    write({ text });
    setCaret(at);
    setMenuAt(0);
    setMenuShut(false);
    if (isNote || !text || Date.now() - typedAt.current < TYPING_EVERY_MS) return;
    typedAt.current = Date.now();
    sayTyping(id).catch(() => {});
  }

  function putPhrase(phrase: Phrase) {
    const values = {
      shopper: conversation.shopper.name ?? "",
      agent: me.name,
      order: orderOf(id, conversation),
    };
    const next = expand(draft.text, caret, phrase, conversation.language, values);
    caretTo.current = next.caret;
    write({ text: next.text });
    setCaret(next.caret);
    countPhraseUse(phrase.id).catch(() => {});
    area.current?.focus();
  }

  const text = draft.text.trim();
  const length = [...draft.text].length;
  const canSend =
    (text !== "" || (!isNote && draft.attachments.length > 0)) && length <= MOST_CHARS && uploads.busy === 0;
  function send() {
    if (!canSend) return;
    if (isNote) return note.mutate(text);
    const holes = unfilled(text);
    if (holes.length) return void message.warning(t("composer.unfilled", { holes: holes.join(" ") }));
    outbox().add(id, text, draft.attachments);
    writeDraft(me.id, id, { text: "", attachments: [] });
    setCaret(0);
  }

  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    if (offered.length) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        return setMenuAt((offered.length + menuAt + step) % offered.length);
      }
      const chosen = offered[menuAt];
      if ((event.key === "Enter" || event.key === "Tab") && chosen) {
        event.preventDefault();
        return putPhrase(chosen);
      }
      if (event.key === "Escape") {
        event.preventDefault();
        return setMenuShut(true);
      }
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") area.current?.blur();
  }
  function onPaste(event: ClipboardEvent) {
    if (isNote || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    uploads.add([...event.clipboardData.files]);
  }
  function onDrop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    if (!isNote) uploads.add([...event.dataTransfer.files]);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may also be chosen with the button
    <div
      className={`reply ${isNote ? "is-note" : ""} ${isOver ? "is-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {offered.length > 0 && (
        <PhraseMenu
          phrases={offered}
          at={menuAt}
          language={conversation.language}
          onAt={setMenuAt}
          onChoose={putPhrase}
        />
      )}
      <textarea
        ref={area}
        rows={2}
        value={draft.text}
        placeholder={t(isNote ? "composer.notePlaceholder" : "composer.placeholder")}
        aria-label={t(isNote ? "composer.noteLabel" : "composer.label")}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKey}
        onPaste={onPaste}
      />
      {!isNote && (
        <DraftFiles attachments={draft.attachments} busy={uploads.busy} onRemove={uploads.remove} />
      )}
      <div className="reply-foot">
        <Segmented
          size="small"
          value={isNote ? "note" : "reply"}
          onChange={(mode) => {
            write({ isNote: mode === "note" });
            area.current?.focus();
          }}
          options={[
            { value: "reply", label: t("composer.reply"), icon: <Reply size={13} />, disabled: !may.reply },
            { value: "note", label: t("composer.note"), icon: <LockKeyhole size={12} /> },
          ]}
        />
        {!isNote && (
          <IconButton icon={Paperclip} name={t("composer.attach")} onClick={() => picker.current?.click()} />
        )}
        {!isNote && (
          <IconButton
            icon={MessageSquareQuote}
            name={t("composer.phrase")}
            onClick={() => {
              const next = draft.text && !/\s$/.test(draft.text) ? `${draft.text} /` : `${draft.text}/`;
              change(next, next.length);
              area.current?.focus();
            }}
          />
        )}
        <input
          ref={picker}
          type="file"
          hidden
          multiple
          accept={FILE_TYPES.join(",")}
          onChange={(event) => {
            uploads.add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <span className="spread" />
        {length >= SHOW_LIMIT_FROM && (
          <span className={`number ${length > MOST_CHARS ? "bad-text" : "muted"}`}>
            {t("composer.limit", { length, most: MOST_CHARS })}
          </span>
        )}
        <Button
          type="primary"
          size="small"
          icon={<Send size={13} />}
          disabled={!canSend}
          loading={note.isPending}
          onClick={send}
        >
          {t(isNote ? "composer.saveNote" : "composer.send")}
        </Button>
      </div>
    </div>
  );
}

const forShop = (phrases: Phrase[], shop: string) =>
  phrases.filter((phrase) => !phrase.shop || phrase.shop === shop);

/** The order the conversation is about: of the card, of the page, or the newest. */
function orderOf(id: string, conversation: ConsoleConversation): string {
  const orders = queryClient.getQueryData<ShopperOrders>(keyOf.orders(id))?.orders ?? [];
  const newest = [...orders].sort((a: Order, b: Order) => b.placed_at - a.placed_at)[0];
  return conversation.card?.order?.key ?? conversation.page?.order ?? newest?.key ?? "";
}
