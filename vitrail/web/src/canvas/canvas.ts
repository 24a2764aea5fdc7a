import type * as Y from "yjs";
import baseCss from "../../../builder/data/base.css?raw";
import { primitiveCss } from "../model/css";
import { pictureOf, type RenderContext, type Element as Spec } from "../model/elements";
import { nodeMap, type PageNode, readNode } from "../model/nodes";
import { describe } from "../model/render";
import { buildTree, ROOT, readPositions, type Tree } from "../model/tree";
import { SHOP_TYPES } from "../model/wants";
import { NodeStyles } from "./stylesheet";

const SVG = "http://www.w3.org/2000/svg";
// What only the editor needs: nothing in the page reacts but to us, empty things can be hit.
const EDITOR_CSS = `html{cursor:default;scroll-behavior:auto!important}
body{min-height:100vh;user-select:none;-webkit-user-select:none;-webkit-touch-callout:none}
a,button,input,select,textarea,summary,label,iframe,video,audio{pointer-events:none}
[data-n]{pointer-events:auto;cursor:default}
[data-n]:is(p,h1,h2,h3,h4,h5,h6,a,span,li,dt,dd,small,cite,blockquote):empty{min-block-size:1.2em;min-inline-size:2em}
.v-section:empty,.v-box:empty,.v-stack:empty,.v-grid:empty{min-block-size:5rem;background:repeating-linear-gradient(-45deg,#8881 0 8px,#8880 8px 16px)}
.v-products:empty,.v-product:empty,.v-reviews:empty{min-block-size:8rem;background:#8881}
.v-hidden{opacity:.32}
[contenteditable]{outline:none;cursor:text;user-select:text;-webkit-user-select:text;white-space:break-spaces}
.v-long body>.v-section{content-visibility:auto;contain-intrinsic-block-size:auto 700px}
.v-carrying,.v-carrying *{cursor:grabbing!important}`;

/** From so many nodes on, sections out of sight are not laid out. */
const LONG_PAGE = 150;
const MEDIA: ReadonlySet<string> = new Set(["image", "picture", "video", "audio"]);

export interface CanvasOptions {
  readonly frame: HTMLIFrameElement;
  readonly page: Y.Doc;
  readonly context: () => RenderContext;
  /** Something moved or changed its look: what is drawn over the page may be out of place. */
  readonly onDraw: () => void;
  /** A node that shows products was drawn, and may want others of them than before. */
  readonly onShop: () => void;
}

/**
 * The page as DOM in an iframe of our origin, patched key by key: one element and one rule for
 * each node. Nothing of the page runs scripts here.
 */
export class Canvas {
  tree: Tree = buildTree(new Map());
  readonly elements = new Map<string, HTMLElement>();
  readonly document: Document;
  /** The node whose text is being edited: what is in its element belongs to the text editor. */
  editing: string | null = null;
  /** Nodes that show something of the shop. */
  readonly shop = new Set<string>();
  readonly #options: CanvasOptions;
  /** How many leading children of an element are its own, not those of child nodes. */
  readonly #own = new Map<string, number>();
  /** Nodes that show something of the library. */
  readonly #media = new Set<string>();
  readonly #tokens: HTMLStyleElement;
  readonly #shopCss: HTMLStyleElement;
  readonly #styles: NodeStyles;

  constructor(options: CanvasOptions) {
    this.#options = options;
    const doc = options.frame.contentDocument;
    if (!doc) throw new Error("the canvas needs a frame of this origin");
    this.document = doc;
    const base = doc.createElement("style");
    base.textContent = baseCss + primitiveCss() + EDITOR_CSS;
    this.#tokens = doc.createElement("style");
    this.#shopCss = doc.createElement("style");
    doc.head.replaceChildren(this.#tokens, base, this.#shopCss);
    doc.body.replaceChildren();
    this.#styles = new NodeStyles(doc);
    doc.documentElement.lang = options.context().locale;
    this.#place();
    options.page.getMap("nodes").observeDeep(this.#patch);
  }

  destroy(): void {
    this.#options.page.getMap("nodes").unobserveDeep(this.#patch);
  }

  retheme(css: string): void {
    this.#tokens.textContent = css;
    this.#options.onDraw();
  }

  /** Describe every element again: another language, other images or other pages in menus. */
  repaint(): void {
    this.document.documentElement.lang = this.#options.context().locale;
    for (const id of [...this.elements.keys()]) this.#refresh(id);
    this.#options.onDraw();
  }

  /** Describe again what shows images or other media: the library has changed. */
  repaintMedia(): void {
    for (const id of this.#media) {
      this.#refresh(id);
      this.#restyle(id);
    }
    this.#options.onDraw();
  }

  /** Describe again what shows something of the shop; `css` is how that looks. */
  repaintShop(css: string): void {
    if (this.#shopCss.textContent !== css) this.#shopCss.textContent = css;
    for (const id of this.shop) this.#refresh(id);
    this.#options.onDraw();
  }

  /** The node whose element is at a point of the frame. */
  at(x: number, y: number): string | null {
    return this.nodeOf(this.document.elementFromPoint(x, y));
  }

  nodeOf(target: EventTarget | null): string | null {
    const element = target as Element | null;
    return element?.closest?.<HTMLElement>("[data-n]")?.dataset["n"] ?? null;
  }

  /** Draw what the text editor left, after it was closed. */
  release(id: string): void {
    this.editing = null;
    this.#refresh(id);
    this.#options.onDraw();
  }

  readonly #patch = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const { refresh, restyle, isMoved } = readChanges(events);
    for (const id of restyle) if (this.elements.has(id)) this.#restyle(id);
    for (const id of refresh) this.#refresh(id);
    if (isMoved) this.#place();
    if ([...refresh].some((id) => this.shop.has(id))) this.#options.onShop();
    this.#options.onDraw();
  };

  /** Put every element where the tree says; those that are there already are not touched. */
  #place(): void {
    this.tree = buildTree(readPositions(this.#options.page.getMap("nodes")));
    const shown = new Set<string>();
    const walk = (parent: string, host: HTMLElement): void => {
      let at: ChildNode | null = host.childNodes[this.#own.get(parent) ?? 0] ?? null;
      for (const id of this.tree.children.get(parent) ?? []) {
        const element = this.elements.get(id) ?? this.#make(id);
        if (!element) continue;
        shown.add(id);
        if (at === element) at = element.nextSibling;
        else host.insertBefore(element, at);
        walk(id, element);
      }
    };
    walk(ROOT, this.document.body);
    for (const [id, element] of this.elements) {
      if (shown.has(id)) continue;
      element.remove();
      this.elements.delete(id);
      this.#own.delete(id);
      this.#media.delete(id);
      if (this.shop.delete(id)) this.#options.onShop();
    }
    this.document.documentElement.classList.toggle("v-long", shown.size > LONG_PAGE);
  }

  #read(id: string): PageNode | null {
    const node = nodeMap(this.#options.page, id);
    return node && readNode(id, node);
  }

  #describe(id: string, plain: PageNode | null): Spec | null {
    if (!plain) return null;
    const spec = describe(plain, [], this.#options.context());
    const classes = [spec.attrs["class"], `n-${id}`, plain.hidden ? "v-hidden" : ""];
    spec.attrs = {
      ...spec.attrs,
      class: classes.filter(Boolean).join(" "),
      "data-n": id,
      // A closed disclosure would hide what is to be edited.
      ...(spec.tag === "details" && { open: "" }),
    };
    return spec;
  }

  #make(id: string): HTMLElement | null {
    const plain = this.#read(id);
    const spec = this.#describe(id, plain);
    if (!plain || !spec) return null;
    const element = this.#build(spec) as HTMLElement;
    this.elements.set(id, element);
    this.#own.set(id, element.childNodes.length);
    if (MEDIA.has(plain.type)) this.#media.add(id);
    if (SHOP_TYPES.has(plain.type)) {
      this.#media.add(id);
      this.shop.add(id);
      this.#options.onShop();
    }
    this.#setStyles(plain);
    return element;
  }

  /** Bring the element of a node up to date, keeping it and the elements of its children. */
  #refresh(id: string): void {
    const old = this.elements.get(id);
    const spec = old && this.#describe(id, this.#read(id));
    if (!old || !spec) return;
    const isEditing = this.editing === id;
    const own = [...old.childNodes].slice(0, this.#own.get(id) ?? 0);
    if (old.localName !== spec.tag && !isEditing) {
      const element = this.#build(spec) as HTMLElement;
      this.#own.set(id, element.childNodes.length);
      for (const child of own) child.remove();
      element.append(...old.childNodes);
      old.replaceWith(element);
      this.elements.set(id, element);
      return;
    }
    syncAttributes(old, spec.attrs);
    if (isEditing) return;
    for (const child of own) child.remove();
    const fresh = spec.children.map((child) => this.#build(child));
    old.prepend(...fresh);
    this.#own.set(id, fresh.length);
  }

  #build(spec: Spec | string): Node {
    if (typeof spec === "string") return this.document.createTextNode(spec);
    const isSvg = spec.tag === "svg" || spec.tag === "path";
    const element = isSvg
      ? this.document.createElementNS(SVG, spec.tag)
      : this.document.createElement(spec.tag);
    setAttributes(element, spec.attrs);
    element.append(...spec.children.map((child) => this.#build(child)));
    return element;
  }

  #restyle(id: string): void {
    const plain = this.#read(id);
    if (plain) this.#setStyles(plain);
  }

  #setStyles({ id, styles }: PageNode): void {
    // A background comes from the library, which may arrive later than the page.
    if (Object.keys(styles).some((key) => key.endsWith(":backgroundImage"))) this.#media.add(id);
    this.#styles.set(id, styles, pictureOf(this.#options.context()));
  }
}

/** Which nodes look or read differently now, and whether any has moved. */
function readChanges(events: readonly Y.YEvent<Y.AbstractType<unknown>>[]) {
  const refresh = new Set<string>();
  const restyle = new Set<string>();
  let isMoved = false;
  for (const event of events) {
    const id = event.path[0];
    if (typeof id !== "string") isMoved = true;
    else if (event.path.length > 1) refresh.add(id);
    else {
      const keys = [...event.changes.keys.keys()];
      if (keys.includes("pos")) isMoved = true;
      if (keys.some((key) => key.startsWith("s:"))) restyle.add(id);
      if (keys.some((key) => key !== "pos" && !key.startsWith("s:"))) refresh.add(id);
    }
  }
  return { refresh, restyle, isMoved };
}

const KEPT = new Set(["contenteditable", "translate", "style"]);

function syncAttributes(element: Element, attrs: Readonly<Record<string, string>>): void {
  for (const { name } of [...element.attributes]) {
    if (!(name in attrs) && !(KEPT.has(name) && element.hasAttribute("contenteditable")))
      element.removeAttribute(name);
  }
  setAttributes(element, attrs);
}

function setAttributes(element: Element, attrs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attrs)) {
    // Frames inside the canvas load nothing, links and forms lead nowhere.
    if (name === "src" && element.localName === "iframe") continue;
    if (name === "loading") continue;
    const isClass = name === "class" && element.classList.contains("ProseMirror");
    const wanted = isClass ? `${value} ProseMirror` : value;
    if (element.getAttribute(name) !== wanted) element.setAttribute(name, wanted);
  }
}

/** Whether a node is on the page, not in the trash. */
export function isShown(tree: Tree, id: string): boolean {
  let at: string | undefined = id;
  while (at !== undefined && at !== ROOT && at !== "trash") at = tree.parents.get(at);
  return at === ROOT;
}
