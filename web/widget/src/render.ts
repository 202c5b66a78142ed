// The part of Preact the widget uses, at a quarter of its size: Preact alone is a fifth of the budget. The build puts
// this in place of "preact" (types are Preact's own), so going back is one line in vite.config.ts.
// It does elements, text, keys, refs, function and class components. It doesn't do fragments as a component's
// root, context, hooks, refs as functions, or children that are neither text nor elements.

type Props = Record<string, unknown> & { children?: unknown[] };
type Type = string | ((props: Props) => unknown) | (new (props: Props) => Component);
interface Ref {
  current: unknown;
}

/** A class, so that an object from the server's JSON can never pass for an element. */
class Piece {
  dom?: Node;
  /** What a component rendered. */
  out?: Piece;
  kids?: Piece[];
  component?: Component;
  constructor(
    readonly type: Type | null,
    readonly props: Props,
    readonly key?: unknown,
    readonly ref?: Ref,
  ) {}
}

const SVG = "http://www.w3.org/2000/svg";
/** Lifecycle calls that wait until the page shows what was rendered. */
let after: (() => void)[] = [];
let depth = 0;

export const createRef = (): Ref => ({ current: null });
const Parts = (): null => null;

function element(type: Type, given?: Props | null, ...children: unknown[]): unknown {
  // A fragment is its children: whoever takes them flattens them.
  if (type === Parts) return children;
  const { key, ref, ...props } = given ?? {};
  // Children given as a property are those of `<a {...props} />`.
  return new Piece(
    type,
    { ...props, children: children.length ? children : props.children },
    key,
    ref as Ref,
  );
}

export { element as createElement, element as h, Parts as Fragment };

function piecesOf(children: unknown): Piece[] {
  return [children].flat(9).flatMap((child) => {
    if (child instanceof Piece) return child;
    return child == null || typeof child === "boolean" || child === ""
      ? []
      : new Piece(null, { text: String(child) });
  });
}

const domOf = (piece: Piece): Node => (piece.out ? domOf(piece.out) : (piece.dom as Node));
const isSame = (a: Piece | undefined, b: Piece) => a && a.type === b.type && a.key === b.key;

export class Component {
  state: Record<string, unknown> = {};
  piece?: Piece;

  constructor(public props: Props) {}

  setState(
    change: Record<string, unknown> | ((state: Record<string, unknown>) => Record<string, unknown>),
  ): void {
    const before = this.state;
    this.state = { ...before, ...(typeof change === "function" ? change(before) : change) };
    const { piece } = this;
    if (piece?.out) work(() => draw(piece, piece.out, this.props, before));
  }

  render(): unknown {
    return null;
  }
  componentDidMount?(): void;
  componentDidUpdate?(props: Props, state: unknown, snapshot: unknown): void;
  componentWillUnmount?(): void;
  getSnapshotBeforeUpdate?(): unknown;
}

/** Runs the lifecycle calls when the outermost change is done. */
function work(change: () => void): void {
  depth++;
  change();
  if (--depth) return;
  const calls = after;
  after = [];
  for (const call of calls) call();
}

/** Renders a component's piece, in place of what it rendered `before`. */
function draw(piece: Piece, before: Piece | undefined, props: Props, state: unknown): void {
  const { component, type } = piece;
  const snapshot = before && component?.getSnapshotBeforeUpdate?.();
  const out = component ? component.render() : (type as (props: Props) => unknown)(piece.props);
  const next = piecesOf(out)[0] ?? new Piece(null, { text: "" });
  patch(next, isSame(before, next) ? before : undefined);
  piece.out = next;
  if (before && !isSame(before, next)) {
    (domOf(before) as ChildNode).replaceWith(domOf(next));
    leave(before);
  }
  if (!component) return;
  after.push(() =>
    before ? component.componentDidUpdate?.(props, state, snapshot) : component.componentDidMount?.(),
  );
}

/** Makes `piece` real, reusing what `old` left in the page. */
function patch(piece: Piece, old?: Piece): void {
  const { type, props, ref } = piece;
  if (typeof type === "function") {
    piece.component = old?.component;
    if (!old && type.prototype?.render)
      piece.component = new (type as new (props: Props) => Component)(props);
    const { component } = piece;
    const before = component?.props ?? props;
    if (component) {
      component.props = props;
      component.piece = piece;
    }
    draw(piece, old?.out, before, component?.state);
    return;
  }
  if (type === null) {
    piece.dom = old?.dom ?? document.createTextNode("");
    if ((piece.dom as Text).data !== props.text) (piece.dom as Text).data = props.text as string;
    return;
  }
  const dom = (old?.dom ??
    (/^(svg|path)$/.test(type)
      ? document.createElementNS(SVG, type)
      : document.createElement(type))) as HTMLElement;
  piece.dom = dom;
  piece.kids = patchKids(dom, piecesOf(props.children), old?.kids ?? []);
  for (const name of Object.keys({ ...old?.props, ...props }))
    setProp(dom, name, props[name], old?.props[name]);
  if (ref) ref.current = dom;
}

function patchKids(dom: Node, kids: Piece[], olds: Piece[]): Piece[] {
  const free = new Set(olds);
  const keyed = new Map(olds.map((old) => [old.key, old]));
  const matches = kids.map((kid) => {
    const old = kid.key == null ? [...free].find((each) => isSame(each, kid)) : keyed.get(kid.key);
    if (!old || !isSame(old, kid) || !free.delete(old)) return undefined;
    return old;
  });
  // What goes, goes first: then nothing that stays has to be moved, which would cost it the focus.
  for (const old of free) {
    leave(old);
    (domOf(old) as ChildNode).remove();
  }
  let last: Node | undefined;
  kids.forEach((kid, index) => {
    patch(kid, matches[index]);
    const node = domOf(kid);
    // Looked up after the patch, which may have put another element in the place of the old one.
    const at = last ? last.nextSibling : dom.firstChild;
    if (node !== at) dom.insertBefore(node, at);
    last = node;
  });
  return kids;
}

function setProp(dom: HTMLElement, name: string, value: unknown, old: unknown): void {
  const target = dom as unknown as Record<string, unknown>;
  // Compared with the field itself: the shopper may have typed since.
  if (name === "value" ? target.value === value : value === old || name === "children") return;
  if (/^on[A-Z]/.test(name)) target[name.toLowerCase()] = value;
  else if (value == null) dom.removeAttribute(name);
  else if (name in dom && dom.namespaceURI !== SVG) target[name] = value;
  else dom.setAttribute(name, String(value));
}

function leave(piece: Piece): void {
  piece.component?.componentWillUnmount?.();
  if (piece.component) piece.component.piece = undefined;
  if (piece.ref) piece.ref.current = null;
  for (const kid of piece.out ? [piece.out] : (piece.kids ?? [])) leave(kid);
}

const roots = new WeakMap<Node, Piece[]>();

export function render(root: unknown, into: Node): void {
  work(() => roots.set(into, patchKids(into, piecesOf([root]), roots.get(into) ?? [])));
}
