// The box itself: text, quick phrases, attachments, note mode, the limit, and sending.

import { useQuery } from "@tanstack/react-query";
import { App, Button, Segmented, Select } from "antd";
import {
  type ConsoleConversation,
  countPhraseUse,
  getColleagues,
  getPhrases,
  type NoteKind,
  type Order,
  type Phrase,
  type ShopperOrders,
  type Slip,
  type Suggestion,
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
import { may as maySupervise, useMe } from "../app/me";
import { keyOf, queryClient } from "../app/queries";
import { IconButton } from "../parts/IconButton";
import { rangeOf } from "../parts/marked";
import { expand, matching, shortcutBefore, unfilled } from "../phrases/expand";
import { distance } from "../suggestions/distance";
import { noteUse, Suggestions, useSuggestions } from "../suggestions/Suggestions";
import { DraftFiles } from "./DraftFiles";
import { deeds } from "./deeds";
import { type Draft, writeDraft } from "./drafts";
import { MentionMenu } from "./MentionMenu";
import { mentionBefore, mentioned } from "./mentions";
import { PhraseMenu } from "./PhraseMenu";
import { outbox } from "./sending";
import { FILE_TYPES, useUploads } from "./useUploads";
import { useSlips, WordCheck } from "./WordCheck";

/** The desk's limits; the server checks them again. */
const MOST_CHARS = 2000;
const SHOW_LIMIT_FROM = 1600;
const TYPING_EVERY_MS = 2500;
const TALLEST_PX = 220;

export interface ReplyBoxHandle {
  focus(): void;
  /** Puts the desk's draft at that place into the reply. */
  use(index: number): void;
}
interface Props {
  ref: Ref<ReplyBoxHandle>;
  conversation: ConsoleConversation;
  draft: Draft;
  write: (change: Partial<Draft>) => void;
  lastShopperSeq: number;
  hasFocus?: boolean;
}

export function ReplyBox({ ref, conversation, draft, write, lastShopperSeq, hasFocus }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const { message } = App.useApp();
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

  const { data: colleagues = [] } = useQuery({
    queryKey: keyOf.colleagues(conversation.shop),
    queryFn: () => getColleagues(conversation.shop),
    enabled: isNote,
    staleTime: 60_000,
  });
  const noteKind: NoteKind = draft.noteKind ?? "note";
  const mention = isNote && !isMenuShut ? mentionBefore(draft.text, caret) : null;
  const people = mention
    ? colleagues.filter(
        (each) => each.id !== me.id && each.name.toLowerCase().includes(mention.word.toLowerCase()),
      )
    : [];
  const slips = useSlips(id, isNote ? "" : draft.text);
  const values = {
    shopper: conversation.shopper.name ?? "",
    agent: me.name,
    order: orderOf(id, conversation),
    shop: me.shops.find((shop) => shop.id === conversation.shop)?.name[conversation.language] ?? "",
  };
  const suggestions = useSuggestions(id, lastShopperSeq, may.reply && !isNote, values);

  function use(suggestion: Suggestion | undefined) {
    if (!suggestion) return;
    noteUse(id, suggestion.id);
    caretTo.current = suggestion.text.length;
    write({ text: suggestion.text, isNote: false, suggestion: { id: suggestion.id, text: suggestion.text } });
    setCaret(suggestion.text.length);
    area.current?.focus();
  }
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    use: (index) => use(suggestions[index]),
  }));
  useEffect(() => {
    const it = area.current;
    if (it) it.setSelectionRange(it.value.length, it.value.length);
    if (hasFocus) it?.focus();
  }, [hasFocus]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const it = area.current;
    if (!it) return;
    it.style.height = "auto";
    it.style.height = `${Math.min(TALLEST_PX, it.scrollHeight)}px`;
    if (caretTo.current !== null) it.setSelectionRange(caretTo.current, caretTo.current);
    caretTo.current = null;
  }, [draft.text]);

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
    const next = expand(draft.text, caret, phrase, conversation.language, values);
    caretTo.current = next.caret;
    write({ text: next.text });
    setCaret(next.caret);
    countPhraseUse(phrase.id).catch(() => {});
    area.current?.focus();
  }

  const holds = conversation.controller.kind === "agent";
  const kinds = (["note", "question", "whisper", "invitation"] as const).filter(
    (kind) => kind !== "whisper" || (holds && (may.reply || maySupervise(me, "supervise"))),
  );
  const text = draft.text.trim();
  const length = [...draft.text].length;
  const canSend =
    (text !== "" || (!isNote && draft.attachments.length > 0)) && length <= MOST_CHARS && uploads.busy === 0;
  function send() {
    if (!canSend) return;
    if (isNote) {
      const to = mentioned(text, colleagues);
      if (noteKind === "question" && to.length === 0) return void message.warning(t("work.askWhom"));
      deeds().add({
        kind: "note",
        conversation: id,
        note: {
          text,
          kind: noteKind,
          to: ["note", "question"].includes(noteKind) ? to : [],
          answers: draft.answers,
        },
      });
      write({ text: "", noteKind: undefined, answers: undefined, isNote: may.reply ? false : draft.isNote });
      return setCaret(0);
    }
    const holes = unfilled(text);
    if (holes.length) return void message.warning(t("composer.unfilled", { holes: holes.join(" ") }));
    const used = draft.suggestion;
    outbox().add(id, text, draft.attachments, used && { id: used.id, edits: distance(used.text, text) });
    writeDraft(me.id, id, { text: "", attachments: [], suggestion: undefined, isShared: false });
    setCaret(0);
  }

  function putMention(name: string) {
    if (!mention) return;
    const next = `${draft.text.slice(0, mention.from)}@${name} `;
    caretTo.current = next.length;
    write({ text: next + draft.text.slice(caret) });
    setCaret(next.length);
    area.current?.focus();
  }

  function onKey(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const digit = /^Digit([1-3])$/.exec(event.code)?.[1];
    if (event.altKey && digit && !isNote) {
      event.preventDefault();
      return use(suggestions[Number(digit) - 1]);
    }
    const most = offered.length || people.length;
    if (most) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        return setMenuAt((most + menuAt + step) % most);
      }
      const [chosen, person] = [offered[menuAt], people[menuAt]];
      if ((event.key === "Enter" || event.key === "Tab") && (chosen || person)) {
        event.preventDefault();
        return chosen ? putPhrase(chosen) : putMention(person?.name ?? "");
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
  function select(slip: Slip) {
    area.current?.focus();
    area.current?.setSelectionRange(...rangeOf(draft.text, slip));
  }
  function rewrite(next: string) {
    caretTo.current = next.length;
    write({ text: next });
    setCaret(next.length);
    area.current?.focus();
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
    <>
      {may.reply && !isNote && <Suggestions suggestions={suggestions} onUse={use} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files may also be chosen with the button */}
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
        {people.length > 0 && (
          <MentionMenu
            people={people}
            at={menuAt}
            onAt={setMenuAt}
            onChoose={(one) => putMention(one.name)}
          />
        )}
        <textarea
          ref={area}
          rows={2}
          value={draft.text}
          placeholder={t(isNote ? `work.hint_${noteKind}` : "composer.placeholder")}
          aria-label={t(isNote ? "composer.noteLabel" : "composer.label")}
          onChange={(event) => change(event.target.value, event.target.selectionStart)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKey}
          onPaste={onPaste}
        />
        {!isNote && (
          <WordCheck
            shop={conversation.shop}
            text={draft.text}
            slips={slips}
            onShow={select}
            onRewrite={rewrite}
          />
        )}
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
          {isNote && noteKind !== "answer" && (
            <Select
              size="small"
              variant="borderless"
              popupMatchSelectWidth={false}
              value={noteKind}
              aria-label={t("work.noteKind")}
              onChange={(kind: NoteKind) => {
                write({ noteKind: kind });
                area.current?.focus();
              }}
              options={kinds.map((kind) => ({ value: kind, label: t(`work.kind_${kind}`) }))}
            />
          )}
          {!isNote && (
            <IconButton
              icon={Paperclip}
              name={t("composer.attach")}
              onClick={() => picker.current?.click()}
            />
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
          <Button type="primary" size="small" icon={<Send size={13} />} disabled={!canSend} onClick={send}>
            {t(isNote ? "composer.saveNote" : "composer.send")}
          </Button>
        </div>
      </div>
    </>
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
