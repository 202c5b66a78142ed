// Files chosen for the message being written: checked, uploaded with progress, removable.

import type { Attachment } from "./contract";
import type { Desk } from "./desk";
import { Problem, upload } from "./http";
import { bytes, fill } from "./texts";

export interface Chosen {
  id: number;
  name: string;
  share: number;
  attachment?: Attachment;
  stop: AbortController;
}

export class Uploads {
  items: Chosen[] = [];
  private ids = 0;

  constructor(private desk: Desk) {}

  get isReady(): boolean {
    return this.items.every((item) => item.attachment);
  }

  add(files: Iterable<File>): void {
    for (const file of files) this.one(file);
  }

  remove(id: number): void {
    this.items.find((item) => item.id === id)?.stop.abort();
    this.put(this.items.filter((item) => item.id !== id));
  }

  clear(): void {
    for (const item of this.items) if (!item.attachment) item.stop.abort();
    this.put([]);
  }

  private put(items: Chosen[]): void {
    this.items = items;
    this.desk.set({});
  }

  private async one(file: File): Promise<void> {
    const { desk } = this;
    const limits = desk.state.config?.limits;
    const name = file.name || desk.t.picture;
    const complain = (notice: string) => desk.set({ notice });
    if (limits) {
      if (this.items.length >= limits.files_per_message)
        return complain(fill(desk.t.too_many, { n: limits.files_per_message }));
      if (!limits.file_types.includes(file.type)) return complain(fill(desk.t.bad_type, { name }));
      if (file.size > limits.file_bytes)
        return complain(fill(desk.t.too_large, { name, size: bytes(limits.file_bytes) }));
    }
    const item: Chosen = { id: ++this.ids, name, share: 0, stop: new AbortController() };
    this.put([...this.items, item]);
    const change = (patch: Partial<Chosen>) =>
      this.put(this.items.map((each) => (each.id === item.id ? { ...each, ...patch } : each)));
    try {
      await desk.ready();
      change({
        attachment: await upload(desk.caller, file, (share) => change({ share }), item.stop.signal),
        share: 1,
      });
    } catch (failure) {
      if (!this.items.some((each) => each.id === item.id)) return;
      this.remove(item.id);
      complain((failure instanceof Problem && failure.message) || fill(desk.t.upload_failed, { name }));
    }
  }
}
