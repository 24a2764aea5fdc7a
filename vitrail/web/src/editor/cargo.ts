import type { Stage } from "./stage";

/** What is carried by a drag: nodes of the page, or a block that is not there yet. */
export interface Cargo {
  readonly label: string;
  /** The type of its top node, which decides where it may land. */
  readonly type: string;
  /** Nodes that move; empty when something new comes. */
  readonly ids: readonly string[];
  readonly drop: (parent: string, index: number) => void;
}

export interface Landing {
  readonly parent: string;
  readonly index: number;
}

/** A part of the interface onto which things can be dropped. */
export interface DropTarget {
  /** Where the cargo would land for a point of the window, or null when it is not over here. */
  locate(x: number, y: number, cargo: Cargo): Landing | null;
  clear(): void;
  /** Scroll when the point is near an edge. */
  scroll(x: number, y: number): void;
}

const THRESHOLD = 5;
const LONG_PRESS_MS = 350;

/** Turns window coordinates; a pointer inside the frame reports those of the frame. */
type ToWindow = (event: PointerEvent) => { x: number; y: number };

/**
 * One drag, from the press to the drop. It starts after a few pixels, on touch after a long press,
 * and Escape ends it without a trace.
 */
export function press(
  stage: Stage,
  event: PointerEvent,
  cargoOf: () => Cargo | null,
  toWindow: ToWindow = (moved) => ({ x: moved.clientX, y: moved.clientY }),
): void {
  if (event.button !== 0) return;
  const target = event.target as Element;
  const doc = target.ownerDocument;
  const start = toWindow(event);
  const isTouch = event.pointerType === "touch";
  let drag: Drag | null = null;
  const begin = (point: { x: number; y: number }): void => {
    const cargo = cargoOf();
    if (!cargo) {
      end();
      return;
    }
    if (doc.contains(target)) target.setPointerCapture?.(event.pointerId);
    drag = new Drag(stage, cargo);
    drag.move(point.x, point.y);
  };
  const timer = isTouch ? setTimeout(() => begin(start), LONG_PRESS_MS) : undefined;
  const move = (moved: PointerEvent): void => {
    if (moved.pointerId !== event.pointerId) return;
    const point = toWindow(moved);
    const isFar = Math.hypot(point.x - start.x, point.y - start.y) > THRESHOLD;
    if (drag) drag.move(point.x, point.y);
    else if (isFar && isTouch) end();
    else if (isFar) begin(point);
  };
  const up = (): void => {
    if (drag) swallowClick(doc);
    drag?.drop();
    end();
  };
  const keys = (pressed: KeyboardEvent): void => {
    if (pressed.key !== "Escape" || !drag) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    end();
  };
  const still = (moved: TouchEvent): void => {
    if (drag) moved.preventDefault();
  };
  const end = (): void => {
    clearTimeout(timer);
    drag?.end();
    drag = null;
    doc.removeEventListener("pointermove", move);
    doc.removeEventListener("pointerup", up);
    doc.removeEventListener("pointercancel", end);
    doc.removeEventListener("touchmove", still);
    for (const each of stage.documents()) each.removeEventListener("keydown", keys, true);
  };
  doc.addEventListener("pointermove", move);
  doc.addEventListener("pointerup", up);
  doc.addEventListener("pointercancel", end);
  doc.addEventListener("touchmove", still, { passive: false });
  for (const each of stage.documents()) each.addEventListener("keydown", keys, true);
}

/** The release that ends a drag is no click on what the drag began from. */
function swallowClick(doc: Document): void {
  const swallow = (event: Event): void => {
    event.stopPropagation();
    event.preventDefault();
  };
  doc.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => doc.removeEventListener("click", swallow, { capture: true }), 50);
}

class Drag {
  readonly #stage: Stage;
  readonly #cargo: Cargo;
  readonly #ghost = document.createElement("div");
  #landing: Landing | null = null;
  #at = { x: 0, y: 0 };
  #tick = 0;

  constructor(stage: Stage, cargo: Cargo) {
    this.#stage = stage;
    this.#cargo = cargo;
    this.#ghost.className = "ghost";
    this.#ghost.textContent = cargo.label;
    document.body.append(this.#ghost);
    for (const doc of stage.documents()) doc.documentElement.classList.add("v-carrying");
    const scroll = (): void => {
      for (const target of stage.targets) target.scroll(this.#at.x, this.#at.y);
      this.#locate();
      this.#tick = requestAnimationFrame(scroll);
    };
    this.#tick = requestAnimationFrame(scroll);
  }

  move(x: number, y: number): void {
    this.#at = { x, y };
    this.#ghost.style.transform = `translate(${x + 14}px,${y + 12}px)`;
  }

  #locate(): void {
    this.#landing = null;
    for (const target of this.#stage.targets) {
      if (this.#landing) target.clear();
      else this.#landing = target.locate(this.#at.x, this.#at.y, this.#cargo);
    }
    this.#ghost.classList.toggle("nowhere", this.#landing === null);
  }

  drop(): void {
    this.#locate();
    if (this.#landing) this.#cargo.drop(this.#landing.parent, this.#landing.index);
  }

  end(): void {
    cancelAnimationFrame(this.#tick);
    this.#ghost.remove();
    for (const target of this.#stage.targets) target.clear();
    for (const doc of this.#stage.documents()) doc.documentElement.classList.remove("v-carrying");
    this.#stage.draw();
  }
}
