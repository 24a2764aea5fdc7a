import type { Box, Line } from "./drop";

/** What is drawn over the page, in pixels of the frame; the page itself holds none of it. */
export interface Outline {
  readonly key: string;
  readonly box: Box;
  readonly kind: "hover" | "selected" | "editing" | "theirs";
  readonly label?: string;
  readonly color?: string;
}

export interface Pointer {
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly name: string;
  readonly color: string;
}

export interface Scene {
  readonly outlines: readonly Outline[];
  readonly pointers: readonly Pointer[];
  readonly carets: readonly { key: string; box: Box; name: string; color: string }[];
  readonly drop: { readonly line: Line; readonly host: Box | null; readonly label: string } | null;
}

/** Keeps a few elements in step with a scene; elements stay, so that cursors can glide. */
export class Overlay {
  readonly #root: HTMLElement;
  readonly #drawn = new Map<string, HTMLElement>();

  constructor(root: HTMLElement) {
    this.#root = root;
  }

  draw(scene: Scene, scale: number): void {
    const seen = new Set<string>();
    const place = (key: string, kind: string, box: Box, color?: string): HTMLElement => {
      const element = this.#element(key, kind);
      seen.add(key);
      put(element, box, scale);
      if (color) element.style.setProperty("--who", color);
      return element;
    };
    for (const { key, box, kind, label, color } of scene.outlines) {
      const element = place(`outline ${key}`, `outline ${kind}`, box, color);
      setLabel(element, label, box.top * scale < 26);
    }
    for (const { key, box, name, color } of scene.carets) {
      setLabel(place(`caret ${key}`, "caret", box, color), name, false);
    }
    for (const { key, x, y, name, color } of scene.pointers) {
      const box = { left: x, top: y, right: x, bottom: y };
      const element = place(`pointer ${key}`, "pointer", box, color);
      if (!element.firstChild) element.append(arrow(), document.createElement("span"));
      const label = element.lastElementChild;
      if (label && label.textContent !== name) label.textContent = name;
    }
    if (scene.drop) this.#drawDrop(scene.drop, place);
    for (const [key, element] of this.#drawn) {
      if (seen.has(key)) continue;
      element.remove();
      this.#drawn.delete(key);
    }
  }

  #drawDrop(
    { line, host, label }: NonNullable<Scene["drop"]>,
    place: (key: string, kind: string, box: Box) => HTMLElement,
  ): void {
    if (host) place("drop host", "drop-host", host);
    const { x, y, width, height } = line;
    const isUpright = height > width;
    const box = { left: x, top: y, right: x + width, bottom: y + height };
    setLabel(place("drop line", `drop-line ${isUpright ? "upright" : "flat"}`, box), label, true);
  }

  #element(key: string, kind: string): HTMLElement {
    const known = this.#drawn.get(key);
    if (known) {
      if (known.className !== kind) known.className = kind;
      return known;
    }
    const element = document.createElement("div");
    element.className = kind;
    this.#root.append(element);
    this.#drawn.set(key, element);
    return element;
  }
}

function put(element: HTMLElement, box: Box, scale: number): void {
  const { style } = element;
  style.transform = `translate(${box.left * scale}px,${box.top * scale}px)`;
  style.width = `${(box.right - box.left) * scale}px`;
  style.height = `${(box.bottom - box.top) * scale}px`;
}

function setLabel(element: HTMLElement, label: string | undefined, isInside: boolean): void {
  const known = element.firstElementChild as HTMLElement | null;
  if (!label) {
    known?.remove();
    return;
  }
  const tag = known ?? element.appendChild(document.createElement("span"));
  if (tag.textContent !== label) tag.textContent = label;
  tag.className = isInside ? "tag inside" : "tag";
}

function arrow(): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", "M4.2 3.2 20 10.6l-6.7 2.2-3.1 6.6z");
  svg.append(path);
  return svg;
}
