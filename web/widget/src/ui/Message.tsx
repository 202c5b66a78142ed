// One message: who, when, what, and what became of it.

import type { Attachment } from "../contract";
import type { Desk } from "../desk";
import type { Row } from "../log";
import { safeUrl } from "../markdown";
import { bytes, clock } from "../texts";
import { Cards, Picture } from "./Cards";
import { Face } from "./Face";
import { Icon } from "./icons";
import { Rich } from "./Rich";

const PICTURE = /^image\/(png|jpeg|webp|gif)$/;

function File({ file, desk }: { file: Attachment; desk: Desk }) {
  const href = safeUrl(file.url, `${desk.api}/`) ?? undefined;
  const isPicture = PICTURE.test(file.media_type);
  return (
    <a
      class={isPicture ? "shot" : "file"}
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      aria-label={file.name}
    >
      {isPicture ? (
        <Picture src={href ?? null} alt={file.name} />
      ) : (
        <>
          <Icon name="file" />
          <span class="grow">
            <span class="name">{file.name}</span>
            <small>{bytes(file.bytes)}</small>
          </span>
        </>
      )}
    </a>
  );
}

function Delivery({ row, desk }: { row: Extract<Row, { kind: "message" }>; desk: Desk }) {
  const { t } = desk;
  const { pending } = row;
  if (row.delivery !== "failed" || !pending) {
    return <span class={`delivery ${row.delivery}`}>{row.delivery && t[row.delivery]}</span>;
  }
  return (
    <span class="delivery failed">
      {t.failed}
      {pending.error ? ` · ${pending.error}` : ""}{" "}
      <button type="button" class="link" onClick={() => desk.retry(pending.client_id)}>
        {t.retry}
      </button>{" "}
      <button type="button" class="link" onClick={() => desk.discard(pending.client_id)}>
        {t.discard}
      </button>
    </span>
  );
}

export function Message({
  row,
  desk,
  isLast,
}: {
  row: Extract<Row, { kind: "message" }>;
  desk: Desk;
  isLast: boolean;
}) {
  const { t } = desk;
  const { body } = row;
  const mine = row.by === "shopper";
  const who = row.by === "agent" ? "agent" : "bot";
  const time = clock(row.at, desk.state.language);
  return (
    <div class={`msg ${mine ? "me" : who}${row.follows ? " follows" : ""}`}>
      {!mine && <Face who={who} name={row.agent} />}
      <div class="col">
        <div class={row.follows ? "meta hid" : "meta"}>
          <b>{mine ? t.me : t[who]}</b>
          {row.agent && <span>{row.agent}</span>}
          <time>{time}</time>
        </div>
        {body.erased ? (
          <div class="bubble erased">{t.erased}</div>
        ) : (
          body.text && <div class="bubble">{mine ? <p>{body.text}</p> : <Rich text={body.text} />}</div>
        )}
        {body.attachments?.map((file) => (
          <File key={file.file} file={file} desk={desk} />
        ))}
        {body.cards && body.cards.length > 0 && <Cards cards={body.cards} desk={desk} />}
        {body.sources && body.sources.length > 0 && (
          <small class="source">
            {t.source}
            {body.sources.map((source) => `${source.title} v${source.version}`).join(" · ")}
          </small>
        )}
        {mine && (isLast || row.delivery === "failed" || row.delivery === "sending") && (
          <Delivery row={row} desk={desk} />
        )}
      </div>
    </div>
  );
}
