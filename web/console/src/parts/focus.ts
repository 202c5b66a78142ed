// Where a dialog begins: at what is to be filled in or chosen, and not at its closing button.

export function focusFirst(isOpen: boolean): void {
  if (!isOpen) return;
  const bodies = document.querySelectorAll(".ant-modal-body");
  const first = bodies[bodies.length - 1]?.querySelector<HTMLElement>("input, textarea, button");
  first?.focus();
}
