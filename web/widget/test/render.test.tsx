import { Component, createRef, render } from "preact";
import { beforeEach, expect, test } from "vitest";
import { Rich } from "../src/ui/Rich";

let root: HTMLElement;
beforeEach(() => {
  root = document.createElement("div");
  document.body.append(root);
});

test("markup in a message stays text", () => {
  render(
    <Rich text={'<img src=x onerror="alert(1)"> [a](javascript:alert(1)) **b** https://a.example/'} />,
    root,
  );
  expect(root.querySelector("img,script")).toBeNull();
  expect(root.querySelectorAll("a")).toHaveLength(1);
  expect(root.querySelector("a")?.rel).toContain("noopener");
  expect(root.querySelector("strong")?.textContent).toBe("b");
});

test("an object from the server never becomes an element", () => {
  const hostile = JSON.parse('{"type":"img","props":{"src":"x","onerror":"alert(1)"},"key":null,"__v":1}');
  render(<p>{hostile}</p>, root);
  expect(root.querySelector("img")).toBeNull();
});

test("keyed rows keep their elements when others come and go", () => {
  const List = ({ keys }: { keys: string[] }) => (
    <ul>
      {keys.map((key) => (
        <li key={key}>{key}</li>
      ))}
    </ul>
  );
  render(<List keys={["a", "b", "c"]} />, root);
  const before = [...root.querySelectorAll("li")];
  render(<List keys={["z", "a", "c", "d", "b"]} />, root);
  const after = [...root.querySelectorAll("li")];
  expect(after.map((item) => item.textContent)).toEqual(["z", "a", "c", "d", "b"]);
  expect([after[1], after[2], after[4]]).toEqual([before[0], before[2], before[1]]);
  render(<List keys={[]} />, root);
  expect(root.querySelectorAll("li")).toHaveLength(0);
});

test("a field keeps its focus and text while things appear around it", () => {
  const Page = ({ notes }: { notes: string[] }) => (
    <form>
      {notes.map((note) => (
        <p>{note}</p>
      ))}
      {notes.length > 0 && <b>!</b>}
      <textarea />
    </form>
  );
  render(<Page notes={[]} />, root);
  const field = root.querySelector("textarea") as HTMLTextAreaElement;
  field.value = "half a sentence";
  field.focus();
  render(<Page notes={["one", "two"]} />, root);
  expect(root.querySelector("textarea")).toBe(field);
  expect(document.activeElement).toBe(field);
  render(<Page notes={["one"]} />, root);
  expect([root.querySelector("textarea"), field.value]).toEqual([field, "half a sentence"]);
});

test("components keep their state, and their life is told in order", () => {
  const told: string[] = [];
  class Counter extends Component<{ name: string }, { n: number }> {
    state = { n: 0 };
    box = createRef<HTMLButtonElement>();
    componentDidMount() {
      told.push(`mount ${this.box.current?.textContent}`);
    }
    getSnapshotBeforeUpdate() {
      return this.box.current?.textContent;
    }
    componentDidUpdate(_: unknown, __: unknown, before: string) {
      told.push(`update ${before} > ${this.box.current?.textContent}`);
    }
    componentWillUnmount() {
      told.push("unmount");
    }
    render() {
      const { name } = this.props;
      return (
        <button type="button" ref={this.box} onClick={() => this.setState(({ n }) => ({ n: n + 1 }))}>
          {name} {this.state.n}
        </button>
      );
    }
  }
  render(<Counter name="a" />, root);
  root.querySelector("button")?.click();
  render(<Counter name="b" />, root);
  expect(root.textContent).toBe("b 1");
  render(<p>gone</p>, root);
  expect(told).toEqual(["mount a 0", "update a 0 > a 1", "update a 1 > b 1", "unmount"]);
  expect(root.innerHTML).toBe("<p>gone</p>");
});

test("a component can render another element, or nothing, in the same place", () => {
  class Swap extends Component<object, { kind: number }> {
    state = { kind: 0 };
    render() {
      const next = () => this.setState({ kind: this.state.kind + 1 });
      return [<i onClick={next}>i</i>, <b onClick={next}>b</b>, null][this.state.kind] ?? null;
    }
  }
  render(
    <div>
      <em />
      <Swap />
      <u />
    </div>,
    root,
  );
  (root.querySelector("i") as HTMLElement).click();
  expect(root.innerHTML).toBe("<div><em></em><b>b</b><u></u></div>");
  (root.querySelector("b") as HTMLElement).click();
  expect(root.innerHTML).toBe("<div><em></em><u></u></div>");
});

test("a parent's change can bring another element into a component's place", () => {
  const Kind = ({ done }: { done: boolean }) => (done ? <p>thanks</p> : <form />);
  const Page = ({ done }: { done: boolean }) => (
    <div>
      <i />
      <Kind done={done} />
      <Kind done={done} />
      {done && <b />}
    </div>
  );
  for (const done of [false, true, false, true]) render(<Page done={done} />, root);
  expect(root.innerHTML).toBe("<div><i></i><p>thanks</p><p>thanks</p><b></b></div>");
});

test("attributes come, change and go", () => {
  const Box = ({ on, href }: { on: boolean; href?: string }) => (
    <a class={on ? "on" : "off"} aria-expanded={on} href={href} hidden={on}>
      {on && <svg viewBox="0 0 1 1" width={3} />}
    </a>
  );
  render(<Box on href="https://a.example/" />, root);
  const box = root.querySelector("a") as HTMLAnchorElement;
  expect([box.className, box.getAttribute("aria-expanded"), box.hidden]).toEqual(["on", "true", true]);
  expect(box.querySelector("svg")?.getAttribute("width")).toBe("3");
  render(<Box on={false} />, root);
  expect([box.className, box.getAttribute("aria-expanded"), box.hidden, box.hasAttribute("href")]).toEqual([
    "off",
    "false",
    false,
    false,
  ]);
});
