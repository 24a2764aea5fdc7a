import {
  type Accessor,
  createEffect,
  createSignal,
  getOwner,
  type Owner,
  on,
  onCleanup,
  runWithOwner,
  type Setter,
} from "solid-js";
import { Canvas } from "../canvas/canvas";
import { type Box, type Drop, findDrop, type Landscape } from "../canvas/drop";
import { Overlay } from "../canvas/overlay";
import type { TextBinding } from "../canvas/text-binding";
import { t } from "../i18n/i18n";
import { tokenCss } from "../model/css";
import { accepts } from "../model/primitives";
import { isInside, ROOT } from "../model/tree";
import type { Cargo, DropTarget, Landing } from "./cargo";
import { listenToFrame } from "./frame-events";
import { Presence } from "./presence";
import { composeScene } from "./scene";
import type { Session } from "./session";
import type { ShopWindow } from "./shop-window";

let Binding: typeof TextBinding | null = null;

/** Fetch the text editor, which is too large to come with the first script. */
export async function loadTextEditor(): Promise<void> {
  Binding = (await import("../canvas/text-binding")).TextBinding;
}

export interface TextEditing {
  readonly id: string;
  readonly binding: TextBinding;
}

/** The canvas with what is drawn over it, and the one place that knows both its coordinates. */
export class Stage implements DropTarget {
  readonly session: Session;
  readonly targets = new Set<DropTarget>();
  readonly textEditing: Accessor<TextEditing | null>;
  readonly textVersion: Accessor<number>;
  readonly linkOpen: Accessor<boolean>;
  readonly setLinkOpen: Setter<boolean>;
  readonly scale: Accessor<number>;
  /** How often something was drawn over the page: whatever stands beside a node moves with it. */
  readonly drawn: Accessor<number>;
  /** What a comment is begun on: a node, the page as a whole when it is empty, or nothing. */
  readonly commenting: Accessor<string | null>;
  readonly setCommenting: Setter<string | null>;
  readonly setScale: Setter<number>;
  canvas: Canvas | null = null;
  drop: Drop | null = null;
  readonly #setTextEditing: Setter<TextEditing | null>;
  readonly #setTextVersion: Setter<number>;
  readonly #setDrawn: Setter<number>;
  /** The frame loads later than the workspace is made; what it sets up ends with the workspace. */
  readonly #owner: Owner | null;
  #frame: HTMLIFrameElement | null = null;
  #overlay: Overlay | null = null;
  #presence: Presence | null = null;
  #due = 0;
  #shop: Promise<ShopWindow> | null = null;

  constructor(session: Session) {
    this.session = session;
    [this.textEditing, this.#setTextEditing] = createSignal<TextEditing | null>(null);
    [this.textVersion, this.#setTextVersion] = createSignal(0);
    [this.linkOpen, this.setLinkOpen] = createSignal(false);
    [this.scale, this.setScale] = createSignal(1);
    [this.drawn, this.#setDrawn] = createSignal(0);
    [this.commenting, this.setCommenting] = createSignal<string | null>(null);
    this.#owner = getOwner();
    this.targets.add(this);
    onCleanup(() => this.#detach());
  }

  /** Take the frame and the layer over it, once both are in the window. */
  attach(frame: HTMLIFrameElement, layer: HTMLElement): void {
    runWithOwner(this.#owner, () => this.#attach(frame, layer));
  }

  #attach(frame: HTMLIFrameElement, layer: HTMLElement): void {
    const { session } = this;
    this.#frame = frame;
    this.#overlay = new Overlay(layer);
    this.canvas = new Canvas({
      frame,
      page: session.page,
      context: () => session.renderContext(),
      onDraw: () => this.draw(),
      onShop: () => this.#lookAtShop(),
    });
    this.#presence = new Presence(this, this.canvas);
    listenToFrame(this, this.canvas, this.#presence);
    createEffect(() => this.canvas?.retheme(tokenCss(session.tokens())));
    createEffect(
      on([session.locale, session.siteData], () => this.canvas?.repaint(), { defer: true }),
    );
    createEffect(on(session.library.assets, () => this.canvas?.repaintMedia(), { defer: true }));
    createEffect(() => {
      session.selection();
      session.hovered();
      session.peers();
      this.scale();
      this.draw();
    });
  }

  /** Show products: what it takes is fetched when the first node wants some. */
  #lookAtShop(): void {
    this.#shop ??= import("./shop-window").then((module) => new module.ShopWindow(this));
    void this.#shop.then((shop) => shop.look());
  }

  #detach(): void {
    void this.#shop?.then((shop) => shop.close());
    this.endText();
    cancelAnimationFrame(this.#due);
    this.#presence?.destroy();
    this.canvas?.destroy();
  }

  documents(): Document[] {
    return this.canvas ? [document, this.canvas.document] : [document];
  }

  focus(): void {
    this.#frame?.focus({ preventScroll: true });
    this.canvas?.document.body.focus({ preventScroll: true });
  }

  // ---- coordinates

  /** From the window to the frame. */
  toFrame(x: number, y: number): { x: number; y: number } {
    const rect = this.#frame?.getBoundingClientRect();
    const scale = this.scale();
    return { x: (x - (rect?.left ?? 0)) / scale, y: (y - (rect?.top ?? 0)) / scale };
  }

  toWindow(x: number, y: number): { x: number; y: number } {
    const rect = this.#frame?.getBoundingClientRect();
    const scale = this.scale();
    return { x: x * scale + (rect?.left ?? 0), y: y * scale + (rect?.top ?? 0) };
  }

  boxOf(id: string): Box | null {
    const rect = this.canvas?.elements.get(id)?.getBoundingClientRect();
    return rect ? { left: rect.left, top: rect.top, right: rect.right, bottom: rect.bottom } : null;
  }

  /** Bring a node into view. */
  reveal(id: string): void {
    const element = this.canvas?.elements.get(id);
    const view = this.canvas?.document.defaultView;
    const box = this.boxOf(id);
    if (!element || !view || !box) return;
    if (box.top < 0 || box.bottom > view.innerHeight) {
      const isTall = box.bottom - box.top > view.innerHeight;
      element.scrollIntoView({ block: isTall ? "start" : "center", behavior: "instant" });
    }
  }

  // ---- drawing

  /** Draw what lies over the page at the next frame; many changes make one drawing. */
  draw(): void {
    if (this.#due) return;
    this.#due = requestAnimationFrame(() => {
      this.#due = 0;
      if (!this.canvas) return;
      this.#overlay?.draw(composeScene(this, this.canvas), this.scale());
      this.#setDrawn((count) => count + 1);
    });
  }

  /** Begin a comment on what is selected, or on the page. */
  comment(): void {
    this.setCommenting(this.session.selection().at(-1) ?? "");
    this.session.view.setPanel("comments");
  }

  // ---- dropping

  locate(x: number, y: number, cargo: Cargo): Landing | null {
    const rect = this.#frame?.getBoundingClientRect();
    const isOver =
      rect && x > rect.left && x < rect.right && y > rect.top && y < rect.bottom && this.canvas;
    const isCovered = document.elementFromPoint(x, y)?.closest(".sheet, .panel, .bar");
    this.drop = isOver && !isCovered ? this.dropAt(x, y, cargo) : null;
    this.draw();
    return this.drop;
  }

  clear(): void {
    this.drop = null;
    this.draw();
  }

  scroll(x: number, y: number): void {
    const view = this.canvas?.document.defaultView;
    const rect = this.#frame?.getBoundingClientRect();
    if (!view || !rect || x < rect.left || x > rect.right) return;
    const edge = 64;
    const below = y - (rect.bottom - edge);
    const above = rect.top + edge - y;
    if (below > 0 && y < rect.bottom + edge) view.scrollBy(0, below / 3 / this.scale());
    else if (above > 0 && y > rect.top - edge) view.scrollBy(0, -above / 3 / this.scale());
  }

  dropAt(x: number, y: number, cargo: Cargo): Drop | null {
    const { canvas, session } = this;
    if (!canvas) return null;
    const isSection = cargo.type === "section";
    const land: Landscape = {
      root: ROOT,
      at: (left, top) => canvas.at(left, top) ?? ROOT,
      parent: (id) => canvas.tree.parents.get(id) ?? ROOT,
      children: (id) => canvas.tree.children.get(id) ?? [],
      box: (id) => (id === ROOT ? null : this.boxOf(id)),
      takes: (id) =>
        !isSection &&
        accepts(session.store.node(id)?.type ?? "", cargo.type) &&
        !session.isLocked(id),
      isCarried: (id) => cargo.ids.some((carried) => isInside(canvas.tree, id, carried)),
    };
    const point = this.toFrame(x, y);
    return findDrop(land, point.x, point.y);
  }

  // ---- text

  /** Whether a node's text can be edited where it stands. */
  canEditText(id: string): boolean {
    const { session } = this;
    const hasChildren = (this.canvas?.tree.children.get(id)?.length ?? 0) > 0;
    const text = session.store.text(id, session.locale());
    return session.canWrite && text !== null && !hasChildren && !session.isLocked(id);
  }

  async editText(id: string, point?: { x: number; y: number }): Promise<void> {
    if (!this.canvas || !this.canEditText(id) || this.textEditing()?.id === id) return;
    this.endText();
    // Once it is here there is no waiting: keys that follow a double click at once are text.
    let typed = "";
    if (!Binding) {
      const stop = this.#keepKeys((letter) => {
        typed += letter;
      });
      await loadTextEditor().finally(stop);
    }
    if (Binding) this.#beginText(Binding, id, point);
    const view = this.textEditing()?.binding.view;
    if (typed && view) view.dispatch(view.state.tr.insertText(typed));
  }

  /** Letters that are typed while the text editor is on its way are kept for it. */
  #keepKeys(keep: (letter: string) => void): () => void {
    const listen = (event: KeyboardEvent): void => {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      keep(event.key);
    };
    for (const doc of this.documents()) doc.addEventListener("keydown", listen, true);
    return () => {
      for (const doc of this.documents()) doc.removeEventListener("keydown", listen, true);
    };
  }

  #beginText(Made: typeof TextBinding, id: string, point?: { x: number; y: number }): void {
    const { session, canvas } = this;
    if (!canvas) return;
    const text = session.store.text(id, session.locale());
    const element = canvas.elements.get(id);
    if (!text || !element || canvas.editing) return;
    canvas.editing = id;
    session.select([id]);
    session.setEditing(id);
    session.undo.stop();
    const changed = () => {
      this.#setTextVersion((version) => version + 1);
      this.#presence?.tellCaret();
      this.draw();
    };
    const binding = new Made(text, element, {
      origin: "local",
      undo: () => session.turn("undo"),
      redo: () => session.turn("redo"),
      onSelect: changed,
      editLink: () => this.setLinkOpen(true),
      onLeave: (how) => {
        if (how === "blur" && this.linkOpen()) return;
        this.endText();
        if (how === "escape") this.focus();
      },
    });
    this.#setTextEditing({ id, binding });
    this.#frame?.focus({ preventScroll: true });
    binding.view.focus();
    if (point) binding.selectAt(point.x, point.y);
    else binding.selectAll();
    changed();
  }

  endText(): void {
    const editing = this.textEditing();
    if (!editing) return;
    this.#setTextEditing(null);
    this.setLinkOpen(false);
    this.session.setEditing(null);
    this.session.undo.stop();
    editing.binding.destroy();
    this.canvas?.release(editing.id);
    this.#presence?.tellCaret();
  }

  /** What is said where something would land. */
  dropLabel(drop: Drop): string {
    const name = drop.parent === ROOT ? t("canvas.page") : this.session.store.label(drop.parent);
    return t("canvas.dropInto", { name });
  }
}
