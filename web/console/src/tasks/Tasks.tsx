// Follow-ups: what is overdue, due today and later; ticked off, changed, or opened at their conversation.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { App, Button, Checkbox, Segmented } from "antd";
import { finishTask, getTasks, type Task } from "api";
import { AlarmClock, ListChecks, MessageCircle, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may, useMe } from "../app/me";
import { HEAL_MS, keyOf } from "../app/queries";
import { useFormat, useNow } from "../format/use";
import { useKeys } from "../keys/keys";
import { IconButton } from "../parts/IconButton";
import { Bones, Empty, Failed, useFaultText } from "../parts/States";
import { dueGroup } from "./due";
import { TaskDialog } from "./TaskDialog";
import "./tasks.css";

type Which = "mine" | "all" | "done";

export function Tasks() {
  const { t } = useTranslation();
  const me = useMe();
  const now = useNow();
  const [which, setWhich] = useState<Which>("mine");
  const [edited, setEdited] = useState<Task | "new" | null>(null);
  const tasks = useQuery({
    queryKey: [...keyOf.tasks, which],
    queryFn: ({ signal }) => getTasks({ all: which === "all", done: which === "done" }, signal),
    refetchInterval: HEAL_MS,
  });
  useKeys([{ keys: "c", name: t("task.new"), group: "list", run: () => setEdited("new") }]);
  const shown = tasks.data ?? [];
  const groups = which === "done" ? (["done"] as const) : (["overdue", "today", "later"] as const);
  const of = (group: (typeof groups)[number]) =>
    group === "done" ? shown : shown.filter((task) => dueGroup(task.due_at, now) === group);
  return (
    <div className="page">
      <header className="page-head">
        <div>
          <h1>{t("nav.tasks")}</h1>
          <p>{t("task.text")}</p>
        </div>
        <span className="spread" />
        <Segmented
          value={which}
          onChange={setWhich}
          options={(["mine", ...(may(me, "supervise") ? ["all" as const] : []), "done"] as Which[]).map(
            (each) => ({
              value: each,
              label: t(`task.${each}`),
            }),
          )}
        />
        <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited("new")}>
          {t("task.new")}
        </Button>
      </header>
      <div className="page-body tasks">
        {tasks.isPending && <Bones rows={8} height={26} />}
        {tasks.isError && <Failed error={tasks.error} onRetry={() => void tasks.refetch()} />}
        {tasks.isSuccess && shown.length === 0 && (
          <Empty icon={ListChecks} title={t("task.none")} text={t("task.noneText")} />
        )}
        {groups.map((group) => {
          const rows = of(group);
          return rows.length === 0 ? null : (
            <section key={group}>
              <h2 className={group === "overdue" ? "bad-text" : ""}>{t(`task.${group}`)}</h2>
              {rows.map((task) => (
                <TaskRow
                  key={task.id}
                  task={task}
                  isMine={task.owner?.id === me.id}
                  onEdit={() => setEdited(task)}
                />
              ))}
            </section>
          );
        })}
      </div>
      {edited && <TaskDialog task={edited === "new" ? undefined : edited} onClose={() => setEdited(null)} />}
    </div>
  );
}

function TaskRow({ task, isMine, onEdit }: { task: Task; isMine: boolean; onEdit: () => void }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat();
  const client = useQueryClient();
  const { message } = App.useApp();
  const faultText = useFaultText();
  const text =
    task.text || (task.kind === "call_back" ? t("task.callBack", { contact: task.contact ?? "" }) : "");
  const tick = useMutation({
    mutationFn: (done: boolean) => finishTask(task.id, done),
    onError: (error) => message.error(faultText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: keyOf.tasks }),
  });
  return (
    <article className={`task ${task.done_at ? "is-done" : ""}`}>
      <Checkbox
        checked={!!task.done_at}
        disabled={tick.isPending}
        aria-label={t("task.tick", { text })}
        onChange={(event) => tick.mutate(event.target.checked)}
      />
      <span className="task-text">{text || t("task.erased")}</span>
      {!isMine && <span className="chip">{task.owner?.name ?? t("task.group")}</span>}
      <span className="muted number task-due">
        <AlarmClock size={12} /> {dateTime(task.due_at)}
      </span>
      {task.conversation && (
        <Link
          to="/inbox/$conversation"
          params={{ conversation: task.conversation }}
          search={{ view: "mine" }}
          className="task-link"
        >
          <MessageCircle size={13} /> {task.shopper_name ?? t("task.conversation")}
        </Link>
      )}
      {!task.done_at && <IconButton icon={Pencil} size={14} name={t("do.edit")} onClick={onEdit} />}
    </article>
  );
}
