// Files on their way into a draft: checked first, uploaded at once, added when the desk has them.

import { App } from "antd";
import { uploadFile } from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { fileSize } from "../format/format";
import { useFaultText } from "../parts/States";
import { readDraft, writeDraft } from "./drafts";

export const FILE_TYPES = [
  "image/png",
  "image/jpeg",
  "image/webp",
  "image/gif",
  "application/pdf",
  "text/plain",
];
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 5;

export function useUploads(person: string, conversation: string, shop: string) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [busy, setBusy] = useState(0);

  async function upload(file: File): Promise<void> {
    setBusy((count) => count + 1);
    try {
      const attachment = await uploadFile(file, shop);
      writeDraft(person, conversation, {
        attachments: [...readDraft(person, conversation).attachments, attachment],
      });
    } catch (error) {
      message.error(t("file.failed", { name: file.name, why: faultText(error) }));
    } finally {
      setBusy((count) => count - 1);
    }
  }

  return {
    busy,
    add(files: File[]) {
      const room = MOST_FILES - readDraft(person, conversation).attachments.length - busy;
      if (files.length > room) message.warning(t("file.tooMany", { count: MOST_FILES }));
      for (const file of files.slice(0, Math.max(0, room))) {
        if (!FILE_TYPES.includes(file.type)) message.warning(t("file.type", { name: file.name }));
        else if (file.size > MOST_BYTES)
          message.warning(t("file.tooLarge", { name: file.name, most: fileSize(MOST_BYTES) }));
        else void upload(file);
      }
    },
    remove(id: string) {
      const { attachments } = readDraft(person, conversation);
      writeDraft(person, conversation, { attachments: attachments.filter((each) => each.file !== id) });
    },
  };
}
