// The dialogs of the workspace: pass on, put to sleep, tag, make a task, read in short.

import type { ConsoleConversation } from "api";
import { TaskDialog } from "../tasks/TaskDialog";
import { SnoozeDialog } from "./SnoozeDialog";
import { SummaryDrawer } from "./SummaryDrawer";
import { TagDialog } from "./TagDialog";
import { TransferDialog } from "./TransferDialog";

export type WorkDialog = "transfer" | "snooze" | "tags" | "task" | "summary";

interface Props {
  open: WorkDialog | null;
  conversation: ConsoleConversation;
  onClose: () => void;
}

export function WorkDialogs({ open, conversation, onClose }: Props) {
  switch (open) {
    case "transfer":
      return <TransferDialog conversation={conversation} onClose={onClose} />;
    case "snooze":
      return <SnoozeDialog conversation={conversation} onClose={onClose} />;
    case "tags":
      return <TagDialog conversation={conversation} onClose={onClose} />;
    case "task":
      return <TaskDialog conversation={conversation.id} shop={conversation.shop} onClose={onClose} />;
    case "summary":
      return <SummaryDrawer id={conversation.id} onClose={onClose} />;
    case null:
      return null;
  }
}
