// Pictures and files of a message; a picture opens large.

import { Modal } from "antd";
import type { Attachment } from "api";
import { FileText, Paperclip } from "lucide-react";
import { useState } from "react";
import { fileSize } from "../format/format";

const LARGEST_PX = 240;
const isPicture = (attachment: Attachment) => attachment.media_type.startsWith("image/");

/** The room a picture will take, so that nothing jumps when it arrives. */
function roomOf({ width, height }: Attachment): { width: number; height: number } {
  if (!width || !height) return { width: 200, height: 150 };
  const scale = Math.min(1, LARGEST_PX / Math.max(width, height));
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

export function Attachments({ attachments }: { attachments: Attachment[] }) {
  const [shown, setShown] = useState<Attachment | null>(null);
  return (
    <div className="attachments">
      {attachments.map((attachment) =>
        isPicture(attachment) ? (
          <button
            key={attachment.file}
            type="button"
            className="picture"
            style={roomOf(attachment)}
            onClick={() => setShown(attachment)}
          >
            <img src={attachment.url} alt={attachment.name} loading="lazy" />
          </button>
        ) : (
          <a key={attachment.file} className="file" href={attachment.url} download={attachment.name}>
            {attachment.media_type === "application/pdf" ? <FileText size={18} /> : <Paperclip size={18} />}
            <span className="ellipsis">{attachment.name}</span>
            <small className="muted number">{fileSize(attachment.bytes)}</small>
          </a>
        ),
      )}
      {shown && (
        <Modal
          open
          title={shown.name}
          footer={null}
          width="min(92vw, 1000px)"
          centered
          onCancel={() => setShown(null)}
        >
          <img className="picture-large" src={shown.url} alt={shown.name} />
        </Modal>
      )}
    </div>
  );
}
