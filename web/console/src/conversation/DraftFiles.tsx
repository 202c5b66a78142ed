// Files that will go with the next reply.

import type { Attachment } from "api";
import { FileText, LoaderCircle, X } from "lucide-react";
import { useTranslation } from "react-i18next";

export function DraftFiles({
  attachments,
  busy,
  onRemove,
}: {
  attachments: Attachment[];
  busy: number;
  onRemove: (id: string) => void;
}) {
  const { t } = useTranslation();
  if (attachments.length === 0 && busy === 0) return null;
  return (
    <ul className="draft-files">
      {attachments.map((attachment) => (
        <li key={attachment.file}>
          {attachment.media_type.startsWith("image/") ? (
            <img src={attachment.url} alt="" />
          ) : (
            <FileText size={16} />
          )}
          <span className="ellipsis">{attachment.name}</span>
          <button
            type="button"
            aria-label={t("file.remove", { name: attachment.name })}
            onClick={() => onRemove(attachment.file)}
          >
            <X size={12} />
          </button>
        </li>
      ))}
      {busy > 0 && (
        <li className="muted">
          <LoaderCircle size={14} className="spin" /> {t("file.uploading", { count: busy })}
        </li>
      )}
    </ul>
  );
}
