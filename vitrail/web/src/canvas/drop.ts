import registry from "../../../builder/data/primitives.json";
import { nodeMap } from "../model/nodes";
import { isInside, ROOT } from "../model/tree";
import type { Canvas } from "./canvas";

export interface Drop {
  readonly parent: string;
  readonly index: number;
  /** The line to draw, in pixels of the frame. */
  readonly line: { x: number; y: number; width: number; height: number };
}

type Accepts = "any" | "none" | readonly string[];
const PRIMITIVES = registry.primitives as unknown as Readonly<
  Record<string, { accepts: Accepts }>
>;
const EDGE = 10;

function takes(canvas: Canvas, parent: string, type: string): boolean {
  if (parent === ROOT) return type === "section" || type === "nav";
  const accepts = PRIMITIVES[String(nodeMap(canvas.page, parent)?.get("type"))]?.accepts ?? "none";
  return accepts === "any" || (Array.isArray(accepts) && accepts.includes(type));
}

/**
 * Where something dropped at a point would land: the deepest container under it that takes it, and
 * the place among its children along its own direction.
 */
export function dropAt(
  canvas: Canvas,
  x: number,
  y: number,
  type: string,
  moving: readonly string[],
): Drop | null {
  let parent = canvas.at(x, y) ?? ROOT;
  for (;;) {
    const isOwn = moving.some((id) => parent !== ROOT && isInside(canvas.tree, parent, id));
    const box = parent === ROOT ? null : canvas.elements.get(parent)?.getBoundingClientRect();
    // At the very edge of a container one means the place beside it.
    const isEdge = box !== null && box !== undefined && (y < box.top + EDGE || y > box.bottom - EDGE);
    if (!isOwn && takes(canvas, parent, type) && !(isEdge && parent !== ROOT)) break;
    if (parent === ROOT) break;
    parent = canvas.tree.parents.get(parent) ?? ROOT;
  }
  if (!takes(canvas, parent, type)) return null;
  const siblings = (canvas.tree.children.get(parent) ?? []).filter((id) => !moving.includes(id));
  const boxes = siblings.map((id) => canvas.elements.get(id)?.getBoundingClientRect());
  const isRow = flowsInRows(boxes);
  let index = 0;
  for (const box of boxes) {
    if (!box) continue;
    const isBefore = isRow
      ? y < box.top || (y <= box.bottom && x < box.left + box.width / 2)
      : y < box.top + box.height / 2;
    if (isBefore) break;
    index++;
  }
  return { parent, index, line: lineAt(canvas, parent, boxes, index, isRow) };
}

export function flowsInRows(boxes: readonly (DOMRect | undefined)[]): boolean {
  const [one, other] = boxes;
  return Boolean(one && other && other.left >= one.right - 1 && other.top < one.bottom);
}

function lineAt(
  canvas: Canvas,
  parent: string,
  boxes: readonly (DOMRect | undefined)[],
  index: number,
  isRow: boolean,
): Drop["line"] {
  const host = canvas.elements.get(parent)?.getBoundingClientRect();
  const after = boxes[index];
  const before = boxes[index - 1];
  const near = after ?? before;
  if (!near) {
    const left = host?.left ?? 0;
    return { x: left + 8, y: (host?.top ?? 0) + 8, width: Math.max(40, (host?.width ?? 400) - 16), height: 3 };
  }
  if (isRow) {
    const x = after ? after.left - 4 : near.right + 4;
    return { x, y: near.top, width: 3, height: near.height };
  }
  const y = after && before ? (after.top + before.bottom) / 2 : after ? after.top : near.bottom;
  return { x: near.left, y: y - 1, width: near.width, height: 3 };
}
