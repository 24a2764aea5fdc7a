import { createEffect, on } from "solid-js";
import type { Canvas } from "../canvas/canvas";
import type { Stage } from "./stage";
import type { Width } from "./view-state";

const CURSOR_MS = 50;
const VIEW_MS = 150;

/** Run at once, then at most every so often, always with the last arguments. */
export function throttle<Values extends unknown[]>(
  milliseconds: number,
  run: (...values: Values) => void,
): (...values: Values) => void {
  let waiting: Values | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const fire = (): void => {
    timer = undefined;
    if (!waiting) return;
    const values = waiting;
    waiting = null;
    run(...values);
    timer = setTimeout(fire, milliseconds);
  };
  return (...values) => {
    waiting = values;
    if (timer === undefined) fire();
  };
}

/** Tells colleagues where one is, and follows the one that one chose to follow. */
export class Presence {
  readonly #stage: Stage;
  readonly #canvas: Canvas;
  #isGone = false;

  constructor(stage: Stage, canvas: Canvas) {
    this.#stage = stage;
    this.#canvas = canvas;
    const { session } = stage;
    // In the next frame, when the page was laid out: to measure it now would lay it out twice.
    createEffect(
      on([session.view.width, session.locale], () => requestAnimationFrame(() => this.tellView())),
    );
    createEffect(() => this.#follow());
  }

  destroy(): void {
    this.#isGone = true;
  }

  #tell(field: string, value: unknown): void {
    if (!this.#isGone) this.#stage.session.shared.awareness.setLocalStateField(field, value);
  }

  /** A point of the frame, as a share of the element under it: widths differ among colleagues. */
  readonly tellCursor = throttle(CURSOR_MS, (point: { x: number; y: number } | null) => {
    if (!point) return this.#tell("cursor", null);
    const node = this.#canvas.at(point.x, point.y) ?? "";
    const element = node ? this.#canvas.elements.get(node) : this.#canvas.document.body;
    const rect = element?.getBoundingClientRect();
    if (!rect || rect.width === 0 || rect.height === 0) return;
    const share = (value: number) => Math.round(value * 1e4) / 1e4;
    this.#tell("cursor", {
      node,
      x: share((point.x - rect.left) / rect.width),
      y: share((point.y - rect.top) / rect.height),
    });
  });

  readonly tellView = throttle(VIEW_MS, () => {
    const { session } = this.#stage;
    const page = this.#canvas.document.documentElement;
    const y = page.scrollHeight > 0 ? page.scrollTop / page.scrollHeight : 0;
    this.#tell("view", { y, width: session.view.width(), locale: session.locale() });
  });

  readonly tellCaret = throttle(CURSOR_MS, () => {
    const editing = this.#stage.textEditing();
    const locale = this.#stage.session.locale();
    this.#tell("caret", editing ? { node: editing.id, locale, ...editing.binding.caret() } : null);
  });

  #follow(): void {
    const { session } = this.#stage;
    const id = session.view.following();
    if (!id) return;
    const here = session.peers().find((peer) => peer.id === id && peer.view);
    if (here?.view) {
      const { y, width, locale } = here.view;
      if (width === 1440 || width === 1024 || width === 390) session.view.setWidth(width as Width);
      if (session.siteData().locales.some(({ name }) => name === locale))
        session.view.setLocale(locale);
      const page = this.#canvas.document.documentElement;
      page.scrollTo({ top: y * page.scrollHeight, behavior: "smooth" });
      return;
    }
    const elsewhere = session.people().find((peer) => peer.id === id && peer.page);
    if (elsewhere?.page && elsewhere.page !== session.info.id) session.openPage(elsewhere.page);
  }
}
