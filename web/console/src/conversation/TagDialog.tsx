// Tags of a conversation: those in use are offered, a new one is made by typing it.

import { useMutation, useQuery } from "@tanstack/react-query";
import { Modal, Select } from "antd";
import { addTag, type ConsoleConversation, getTags, isCode, removeTag } from "api";
import { useTranslation } from "react-i18next";
import { keyOf } from "../app/queries";
import { focusFirst } from "../parts/focus";
import { deeds } from "./deeds";
import { useRefresh } from "./useRefresh";

export function TagDialog({
  conversation,
  onClose,
}: {
  conversation: ConsoleConversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { data = [] } = useQuery({ queryKey: keyOf.tags, queryFn: () => getTags() });
  const refresh = useRefresh(conversation.id);
  const later = (kind: "tag" | "untag") => (error: unknown, tag: string) =>
    isCode(error, "offline")
      ? deeds().add({ kind, conversation: conversation.id, tag })
      : refresh.onError(error);
  const put = useMutation({
    mutationFn: (tag: string) => addTag(conversation.id, tag),
    ...refresh,
    onError: later("tag"),
  });
  const take = useMutation({
    mutationFn: (tag: string) => removeTag(conversation.id, tag),
    ...refresh,
    onError: later("untag"),
  });
  return (
    <Modal
      open
      title={t("tags.title")}
      footer={null}
      onCancel={onClose}
      afterOpenChange={focusFirst}
      width={420}
    >
      <Select
        mode="tags"
        autoFocus
        defaultOpen
        style={{ width: "100%" }}
        placeholder={t("tags.placeholder")}
        aria-label={t("tags.title")}
        value={conversation.tags}
        loading={put.isPending || take.isPending}
        maxCount={20}
        options={data.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))}
        optionLabelProp="value"
        onSelect={(tag: string) => put.mutate(tag)}
        onDeselect={(tag: string) => take.mutate(tag)}
      />
      <p className="muted tag-help">{t("tags.text")}</p>
    </Modal>
  );
}
