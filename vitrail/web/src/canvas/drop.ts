/** Where something that is dragged would land: pure geometry, in pixels of the frame. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Line {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Drop {
  readonly parent: string;
  readonly index: number;
  readonly line: Line;
}

/** What the search for a place must know of the page. */
export interface Landscape {
  readonly root: string;
  /** The deepest node under a point, the root when there is none. */
  at(x: number, y: number): string;
  parent(id: string): string;
  children(id: string): readonly string[];
  box(id: string): Box | null;
  /** Whether a node takes what is dragged; the root always does. */
  takes(id: string): boolean;
  /** Whether a node is, or lies in, what is dragged. */
  isCarried(id: string): boolean;
}

const EDGE = 12;
const THICKNESS = 3;

/**
 * The deepest container under the point that takes what is carried, and the place among its
 * children along the direction in which they flow. At the rim of a container one means beside it.
 */
export function findDrop(land: Landscape, x: number, y: number): Drop {
  let parent = land.at(x, y);
  while (parent !== land.root) {
    const box = land.box(parent);
    if (!land.isCarried(parent) && land.takes(parent) && !isRim(box, y)) break;
    parent = land.parent(parent);
  }
  const children = land.children(parent).filter((id) => !land.isCarried(id));
  const boxes = children.map((id) => land.box(id));
  const isRow = flowsInRows(boxes);
  const index = indexAt(boxes, x, y, isRow);
  return { parent, index, line: lineAt(boxes, index, isRow, land.box(parent)) };
}

function isRim(box: Box | null, y: number): boolean {
  if (!box) return false;
  const rim = Math.min(EDGE, (box.bottom - box.top) / 4);
  return y < box.top + rim || y > box.bottom - rim;
}

/** Whether children stand side by side: the second begins to the right of the first. */
export function flowsInRows(boxes: readonly (Box | null)[]): boolean {
  const [one, other] = boxes.filter((box): box is Box => box !== null);
  if (!one || !other) return false;
  const overlap = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return overlap > 0 && (other.left >= one.right - 1 || other.right <= one.left + 1);
}

export function indexAt(
  boxes: readonly (Box | null)[],
  x: number,
  y: number,
  isRow: boolean,
): number {
  let index = 0;
  for (const box of boxes) {
    if (box) {
      const isBefore = isRow
        ? y < box.top || (y <= box.bottom && x < (box.left + box.right) / 2)
        : y < (box.top + box.bottom) / 2;
      if (isBefore) return index;
    }
    index++;
  }
  return index;
}

function lineAt(
  boxes: readonly (Box | null)[],
  index: number,
  isRow: boolean,
  host: Box | null,
): Line {
  const after = boxes[index];
  const before = boxes[index - 1];
  const near = after ?? before;
  if (!near) return emptyLine(host);
  if (isRow) {
    const x = after && before && sharesRow(before, after) ? (before.right + after.left) / 2 : 0;
    const side = x || (after ? after.left - THICKNESS : near.right + THICKNESS);
    return { x: side - 1, y: near.top, width: THICKNESS, height: near.bottom - near.top };
  }
  const y = after && before ? (before.bottom + after.top) / 2 : after ? after.top : near.bottom;
  return { x: near.left, y: y - 1, width: near.right - near.left, height: THICKNESS };
}

function sharesRow(one: Box, other: Box): boolean {
  return one.top < other.bottom && other.top < one.bottom;
}

function emptyLine(host: Box | null): Line {
  if (!host) return { x: 24, y: 24, width: 400, height: THICKNESS };
  const y = (host.top + host.bottom) / 2;
  return {
    x: host.left + 8,
    y,
    width: Math.max(24, host.right - host.left - 16),
    height: THICKNESS,
  };
}
