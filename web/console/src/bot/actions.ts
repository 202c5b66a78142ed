// The names of actions in the reader's language; an action the console doesn't know keeps its own name.

import { useTranslation } from "react-i18next";

export function useActionName(): (action: string) => string {
  const { t } = useTranslation();
  return (action) => t(`action.${action}` as "action.cancel_order", { defaultValue: action });
}
