// A follow-up: what, when, and who does it.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Form, Input, Modal, Select } from "antd";
import { changeTask, createTask, getColleagues, type Task } from "api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../app/me";
import { keyOf } from "../app/queries";
import { focusFirst } from "../parts/focus";
import { useFaultText } from "../parts/States";
import { localMinutes } from "./due";

interface Props {
  task?: Task;
  conversation?: string;
  shop?: string;
  onClose: () => void;
}

export function TaskDialog({ task, conversation, shop, onClose }: Props) {
  const { t } = useTranslation();
  const me = useMe();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const [now] = useState(Date.now);
  const [text, setText] = useState(task?.text ?? "");
  const [due, setDue] = useState(localMinutes(task?.due_at ?? now + 3_600_000));
  const [owner, setOwner] = useState(task?.owner?.id ?? me.id);
  const { data: colleagues = [] } = useQuery({
    queryKey: keyOf.colleagues(shop ?? ""),
    queryFn: () => getColleagues(shop),
  });
  const dueAt = new Date(due).getTime();
  const isNamed = text.trim() !== "" || task?.kind === "call_back";
  const isSound = isNamed && (dueAt > Date.now() || dueAt === task?.due_at);
  const save = useMutation({
    mutationFn: () => {
      const draft = {
        text: text.trim(),
        due_at: dueAt,
        owner,
        conversation: task?.conversation ?? conversation ?? null,
      };
      return task ? changeTask(task.id, draft) : createTask(draft);
    },
    onSuccess: () => {
      client.invalidateQueries({ queryKey: keyOf.tasks });
      message.success(t("task.saved"));
      onClose();
    },
    onError: (error) => message.error(faultText(error)),
  });
  return (
    <Modal
      open
      title={t(task ? "task.change" : "task.new")}
      okText={t("do.save")}
      cancelText={t("do.cancel")}
      okButtonProps={{ disabled: !isSound, loading: save.isPending }}
      onOk={() => save.mutate()}
      onCancel={onClose}
      afterOpenChange={focusFirst}
      width={440}
    >
      <Form layout="vertical" onFinish={() => isSound && save.mutate()}>
        <Form.Item label={t("task.what")} htmlFor="task-text">
          <Input
            id="task-text"
            autoFocus
            value={text}
            maxLength={300}
            placeholder={t("task.whatHint")}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={() => isSound && save.mutate()}
          />
        </Form.Item>
        <Form.Item label={t("task.due")} htmlFor="task-due">
          <Input
            id="task-due"
            type="datetime-local"
            value={due}
            min={localMinutes(now)}
            onChange={(event) => setDue(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t("task.owner")} htmlFor="task-owner">
          <Select
            id="task-owner"
            value={owner}
            showSearch
            optionFilterProp="label"
            onChange={setOwner}
            options={colleagues.map((each) => ({
              value: each.id,
              label: each.id === me.id ? t("speaker.you") : each.name,
            }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
