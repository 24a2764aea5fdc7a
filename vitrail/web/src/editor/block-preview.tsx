import { For, type JSX } from "solid-js";
import { blocks } from "../model/blocks";

type Fields = Readonly<Record<string, unknown>>;
interface Shape {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly tone: "title" | "text" | "glass" | "pane" | "line";
  readonly r: number;
}

const WIDTH = 104;
const HEIGHT = 60;
const GAP = 4;

/** A block drawn from its own manifest: what it holds, as shapes. */
export function BlockPreview(props: { id: string }): JSX.Element {
  const shapes = () => {
    const drawn: Shape[] = [];
    const fragment = blocks.get(props.id)?.fragment ?? [];
    const box = { x: 10, y: 9, w: WIDTH - 20 };
    let y = box.y;
    for (const node of fragment) y += draw(node, { ...box, y }, drawn) + GAP;
    const bottom = Math.max(...drawn.map(({ y: top, h }) => top + h), 1);
    // What is short stands in the middle; what is long runs out of the picture, as on a screen.
    const shift = Math.max(0, (HEIGHT - bottom - box.y) / 2);
    return drawn.map((shape) => ({ ...shape, y: shape.y + shift }));
  };
  return (
    <svg class="block-art" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <For each={shapes()}>
        {(shape) => (
          <rect
            class={`tone-${shape.tone}`}
            x={shape.x}
            y={shape.y}
            width={Math.max(1, shape.w)}
            height={shape.h}
            rx={shape.r}
          />
        )}
      </For>
    </svg>
  );
}

interface Space {
  readonly x: number;
  readonly y: number;
  readonly w: number;
}

// What products look like, as fragments would say it.
const TITLE = { type: "text", tag: "h3" };
const WORDS = { type: "text" };
const PHOTO = { type: "image" };
const CARDS = 4;
const CARD = { type: "stack", children: [PHOTO, WORDS] };
const FACTS = { type: "stack", children: [TITLE, WORDS, WORDS, { type: "button" }] };
const SCORE = { type: "stack", children: [{ type: "icon" }, TITLE] };
const QUOTES = { type: "stack", children: [TITLE, WORDS, WORDS, TITLE, WORDS] };

function isLaidOut(node: Fields, layout: string): boolean {
  return (node["props"] as Fields | undefined)?.["layout"] === layout;
}

/** Draw one node of a fragment and return how high it is. */
function draw(node: Fields, space: Space, out: Shape[]): number {
  const type = String(node["type"]);
  const children = childrenOf(node);
  switch (type) {
    case "text": {
      const isTitle = /^h[1-6]$/.test(String(node["tag"] ?? ""));
      const w = Math.min(space.w * (isTitle ? 0.72 : 0.9), isTitle ? 52 : 64);
      out.push({ ...space, w, h: isTitle ? 5 : 3, tone: isTitle ? "title" : "text", r: 1.5 });
      return isTitle ? 5 : 3;
    }
    case "button":
      out.push({ ...space, w: Math.min(22, space.w), h: 8, tone: "glass", r: 4 });
      return 8;
    case "image":
    case "picture":
    case "video":
    case "embed": {
      const h = Math.min(30, space.w * 0.66);
      out.push({ ...space, h, tone: "pane", r: 3 });
      return h;
    }
    case "field":
      out.push({ ...space, h: 7, tone: "line", r: 2 });
      return 7;
    case "icon":
      out.push({ ...space, w: 7, h: 7, tone: "glass", r: 3.5 });
      return 7;
    case "link":
      out.push({ ...space, w: Math.min(26, space.w), h: 4, tone: "title", r: 1.5 });
      return 4;
    case "products":
      if (isLaidOut(node, "carousel")) return beyond(Array<Fields>(CARDS).fill(CARD), space, out);
      return across(Array<Fields>(CARDS).fill(CARD), space, out);
    case "product":
      return across(isLaidOut(node, "hero") ? [FACTS, PHOTO] : [PHOTO, FACTS], space, out);
    case "reviews":
      return across([SCORE, QUOTES], space, out);
    case "nav":
      return navigation(space, out);
    default:
      return isAcross(node, children) ? across(children, space, out) : down(children, space, out);
  }
}

function childrenOf(node: Fields): Fields[] {
  const found = node["children"];
  // What stands once in the manifest for each item of a list is drawn three times.
  return (Array.isArray(found) ? found : []).flatMap((child: Fields) =>
    child["each"] ? [child, child, child] : [child],
  );
}

function isAcross(node: Fields, children: readonly Fields[]): boolean {
  const style = (node["style"] ?? {}) as Fields;
  if (children.length < 2) return false;
  const isGrid = node["type"] === "grid" || style["display"] === "grid";
  const columns = String(style["gridTemplateColumns"] ?? "");
  if (isGrid) return columns !== "minmax(0, 1fr)" && columns !== "1fr";
  const direction = String(style["flexDirection"] ?? (style["display"] === "flex" ? "row" : ""));
  return direction.startsWith("row");
}

function across(children: readonly Fields[], space: Space, out: Shape[]): number {
  const shown = children.slice(0, 4);
  const w = (space.w - GAP * (shown.length - 1)) / Math.max(1, shown.length);
  const heights = shown.map((child, at) =>
    draw(child, { x: space.x + at * (w + GAP), y: space.y, w }, out),
  );
  return Math.max(0, ...heights);
}

/** Draw a row that goes on beyond the edge, and the button that leads there. */
function beyond(children: readonly Fields[], space: Space, out: Shape[]): number {
  const w = space.w / 3;
  const heights = children.map((child, at) =>
    draw(child, { x: space.x + at * (w + GAP), y: space.y, w }, out),
  );
  const edge = space.x + space.w;
  out.push({ x: edge - 3, y: space.y + w / 3 - 4, w: 8, h: 8, tone: "glass", r: 4 });
  return Math.max(0, ...heights);
}

function down(children: readonly Fields[], space: Space, out: Shape[]): number {
  let height = 0;
  for (const child of children) {
    if (space.y + height > HEIGHT) break;
    height += draw(child, { ...space, y: space.y + height }, out) + GAP;
  }
  return Math.max(0, height - GAP);
}

function navigation(space: Space, out: Shape[]): number {
  for (let at = 0; at < 3; at++) {
    const x = space.x + space.w - 12 - at * 16;
    if (x >= space.x) out.push({ x, y: space.y + 1, w: 11, h: 3, tone: "text", r: 1.5 });
  }
  return 5;
}
