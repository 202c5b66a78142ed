// Writing: text, files, and the way from bot to person and back.

import { Component, createRef } from "preact";
import type { Desk } from "../desk";
import { safeUrl } from "../markdown";
import { fill } from "../texts";
import { Picture } from "./Cards";
import { Icon } from "./icons";

const MOST_ROWS_PX = 120;

export class Composer extends Component<{ desk: Desk }, { text: string }> {
  state = { text: "" };
  private input = createRef<HTMLTextAreaElement>();
  private picker = createRef<HTMLInputElement>();

  private send = () => {
    const { desk } = this.props;
    const { uploads, t } = desk;
    const text = this.state.text.trim();
    const most = desk.state.config?.limits.message_chars ?? 2000;
    if (!uploads.isReady || (!text && !uploads.items.length)) return;
    if ([...text].length > most) return desk.set({ notice: fill(t.too_long, { n: most }) });
    desk.write(
      text,
      uploads.items.flatMap((item) => item.attachment ?? []),
    );
    uploads.clear();
    this.setState({ text: "" });
    this.input.current?.focus();
  };

  componentDidUpdate() {
    const input = this.input.current;
    if (!input) return;
    input.style.height = "auto";
    input.style.height = `${Math.min(MOST_ROWS_PX, input.scrollHeight)}px`;
  }

  render() {
    const { desk } = this.props;
    const { t, uploads, state } = desk;
    const { text } = this.state;
    const types = state.config?.limits.file_types ?? [];
    const canSend = uploads.isReady && (text.trim() !== "" || uploads.items.length > 0);
    return (
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          this.send();
        }}
      >
        {uploads.items.length > 0 && (
          <ul class="chosen">
            {uploads.items.map((item) => (
              <li key={item.id}>
                <Picture
                  src={
                    item.attachment?.media_type.startsWith("image/")
                      ? safeUrl(item.attachment.url, `${desk.api}/`)
                      : null
                  }
                  alt=""
                />
                <span class="grow">
                  <span class="name">{item.name}</span>
                  {!item.attachment && (
                    <progress
                      max={1}
                      value={item.share}
                      aria-label={fill(t.uploading, { n: Math.round(item.share * 100) })}
                    />
                  )}
                </span>
                <button
                  type="button"
                  class="icon"
                  aria-label={fill(t.remove, { name: item.name })}
                  onClick={() => uploads.remove(item.id)}
                >
                  <Icon name="close" size={16} />
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="row">
          <input
            type="file"
            hidden
            multiple
            ref={this.picker}
            accept={types.join(",")}
            onChange={(event) => {
              uploads.add(Array.from(event.currentTarget.files ?? []));
              event.currentTarget.value = "";
            }}
          />
          <button
            type="button"
            class="icon"
            aria-label={t.attach}
            onClick={() => this.picker.current?.click()}
          >
            <Icon name="clip" />
          </button>
          <textarea
            ref={this.input}
            rows={1}
            value={text}
            aria-label={t.placeholder}
            placeholder={t.placeholder}
            onInput={(event) => {
              this.setState({ text: event.currentTarget.value });
              if (event.currentTarget.value) desk.typing();
            }}
            onKeyDown={(event) => {
              // Enter while an input method is choosing characters belongs to the input method.
              if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
                return;
              event.preventDefault();
              this.send();
            }}
            onPaste={(event) => {
              const files = Array.from(event.clipboardData?.files ?? []);
              if (!files.length) return;
              event.preventDefault();
              uploads.add(files);
            }}
          />
          <button type="submit" class="icon send" aria-label={t.send} disabled={!canSend}>
            <Icon name="send" />
          </button>
        </div>
      </form>
    );
  }
}
