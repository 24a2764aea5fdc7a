import * as Y from "yjs";
import baseCss from "../../../builder/data/base.css?raw";
import { nodeRules, primitiveCss, ruleText, tokenCss } from "../model/css";
import { nodeMap, readNode } from "../model/nodes";
import { describe, type Element as Spec, type RenderContext } from "../model/render";
import { tokensOf } from "../model/site";
import { buildTree, readPositions, ROOT, TRASH, type Tree } from "../model/tree";

const SVG = "http://www.w3.org/2000/svg";
// What only the editor needs: nothing in the page reacts but to us, and empty texts can be clicked.
const EDITOR_CSS = `html{cursor:default}a,button,input,select,textarea,summary,label,iframe,video{pointer-events:none}
[data-n]{pointer-events:auto}[data-n]:empty:not(img,hr,input){min-block-size:1.2em;min-inline-size:2em}
.v-section:empty{min-block-size:6rem}.v-hidden{opacity:.35}[contenteditable]{outline:none;white-space:break-spaces;cursor:text}
body:empty::before{content:attr(data-empty);display:grid;place-items:center;min-height:60vh;color:#767a85;font:16px system-ui}`;

/**
 * The page as DOM in an iframe of our origin, patched key by key: one element and one set of rules
 * for each node. Nothing here runs scripts of the page.
 */
export class Canvas {
  tree: Tree = buildTree(new Map());
  readonly elements = new Map<string, HTMLElement>();
  /** The text that is being edited: its element belongs to the text editor meanwhile. */
  editing: string | null = null;
  readonly #own = new Map<string, number>();
  readonly #document: Document;
  readonly #tokens: HTMLStyleElement;
  readonly #styles: HTMLStyleElement;
  readonly #rules = new Map<string, string>();
  #rulesDue = false;

  constructor(
    frame: HTMLIFrameElement,
    readonly page: Y.Doc,
    readonly site: Y.Doc,
    readonly context: () => RenderContext,
    readonly onChange: () => void,
  ) {
    const doc = frame.contentDocument;
    if (!doc) throw new Error("the canvas needs a frame of this origin");
    this.#document = doc;
    doc.head.replaceChildren();
    doc.body.replaceChildren();
    const base = doc.createElement("style");
    base.textContent = baseCss + primitiveCss() + EDITOR_CSS;
    this.#tokens = doc.createElement("style");
    this.#styles = doc.createElement("style");
    doc.head.append(this.#tokens, base, this.#styles);
    this.retheme();
    this.#place();
    page.getMap("nodes").observeDeep(this.#patch);
    site.getMap("tokens").observe(this.retheme);
    site.getMap("meta").observe(this.retheme);
    site.getMap("pages").observeDeep(this.#repaintMenus);
  }

  destroy(): void {
    this.page.getMap("nodes").unobserveDeep(this.#patch);
    this.site.getMap("tokens").unobserve(this.retheme);
    this.site.getMap("meta").unobserve(this.retheme);
    this.site.getMap("pages").unobserveDeep(this.#repaintMenus);
  }

  readonly retheme = (): void => {
    this.#tokens.textContent = tokenCss(tokensOf(this.site));
  };

  /** Draw everything again: another locale, or other images. */
  repaint(): void {
    for (const id of [...this.elements.keys()]) this.#remake(id);
    this.onChange();
  }

  /** The node under a point of the frame, or null. */
  at(x: number, y: number): string | null {
    const found = this.#document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-n]");
    return found?.dataset["n"] ?? null;
  }

  readonly #repaintMenus = (): void => this.repaint();

  readonly #patch = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const remake = new Set<string>();
    let isMoved = false;
    for (const event of events) {
      const id = event.path[0];
      if (typeof id !== "string") {
        isMoved = true;
        continue;
      }
      if (event.path.length > 1) {
        if (this.editing !== id) remake.add(id);
        continue;
      }
      for (const key of event.changes.keys.keys()) {
        if (key === "pos") isMoved = true;
        else if (key.startsWith("s:")) this.#restyle(id);
        else if (!key.startsWith("text@") || this.editing !== id) remake.add(id);
      }
    }
    for (const id of remake) if (this.elements.has(id)) this.#remake(id);
    if (isMoved) this.#place();
    this.onChange();
  };

  /** Put every element where the tree says; those that are there already are not touched. */
  #place(): void {
    this.tree = buildTree(readPositions(this.page.getMap("nodes")));
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
    walk(ROOT, this.#document.body);
    for (const [id, element] of this.elements) {
      if (shown.has(id)) continue;
      element.remove();
      this.elements.delete(id);
      this.#own.delete(id);
      this.#rules.delete(id);
      this.#flushRules();
    }
  }

  #make(id: string): HTMLElement | null {
    const node = nodeMap(this.page, id);
    if (!node) return null;
    const plain = readNode(id, node);
    const element = this.#build(describe(plain, [], this.context())) as HTMLElement;
    element.dataset["n"] = id;
    element.classList.add(`n${id}`);
    if (plain.hidden) element.classList.add("v-hidden");
    this.elements.set(id, element);
    this.#own.set(id, element.childNodes.length);
    this.#restyle(id);
    return element;
  }

  /** Make the element of a node anew and move its children over. */
  #remake(id: string): void {
    const old = this.elements.get(id);
    if (!old) return;
    const kept = [...old.childNodes].slice(this.#own.get(id) ?? 0);
    this.elements.delete(id);
    const element = this.#make(id);
    if (!element) return;
    element.append(...kept);
    old.replaceWith(element);
  }

  #build(spec: Spec | string): Node {
    if (typeof spec === "string") return this.#document.createTextNode(spec);
    const isSvg = spec.tag === "svg" || spec.tag === "path";
    const element = isSvg
      ? this.#document.createElementNS(SVG, spec.tag)
      : this.#document.createElement(spec.tag);
    for (const [name, value] of Object.entries(spec.attrs)) {
      // Links and frames lead nowhere while a page is edited.
      if (name === "src" && spec.tag === "iframe") continue;
      element.setAttribute(name, value);
    }
    element.append(...spec.children.map((child) => this.#build(child)));
    return element;
  }

  #restyle(id: string): void {
    const node = nodeMap(this.page, id);
    if (!node) return;
    const rules = nodeRules(readNode(id, node).styles);
    this.#rules.set(id, rules.map((rule) => ruleText(`.n${id}`, rule)).join(""));
    this.#flushRules();
  }

  #flushRules(): void {
    if (this.#rulesDue) return;
    this.#rulesDue = true;
    queueMicrotask(() => {
      this.#rulesDue = false;
      const all = [...this.#rules.values()].join("");
      // Rules for narrow screens follow all others, whichever node they come from.
      const narrow = all.match(/@media\([^{]*\{[^{}]*\{[^{}]*\}\}/g) ?? [];
      const wide = all.replace(/@media\([^{]*\{[^{}]*\{[^{}]*\}\}/g, "");
      const order = narrow.sort((one, other) => widthOf(other) - widthOf(one));
      this.#styles.textContent = wide + order.join("");
      this.onChange();
    });
  }
}

function widthOf(rule: string): number {
  return Number(/max-width:(\d+)px/.exec(rule)?.[1] ?? 0);
}

export function isShown(tree: Tree, id: string): boolean {
  let at: string | undefined = id;
  while (at !== undefined && at !== ROOT && at !== TRASH) at = tree.parents.get(at);
  return at === ROOT;
}
