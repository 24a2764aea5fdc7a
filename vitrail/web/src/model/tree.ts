import * as Y from "yjs";
import { isKey, keysBetween, type Random } from "./keys";

export const ROOT = "root";
export const TRASH = "trash";

/** Where a node is: parent, order key, Lamport counter of the move and parent before it. */
export interface Position {
  readonly p: string;
  readonly i: string;
  readonly c: number;
  readonly pp: string;
}

/** The effective tree: what everyone sees, whatever moves crossed on the way. */
export interface Tree {
  readonly parents: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Nodes whose move was replaced by its fallback because it closed a cycle. */
  readonly repaired: readonly string[];
}

export const UNPLACED: Position = { p: TRASH, i: "a0", c: 0, pp: TRASH };
const ID_SHAPE = /^[0-9A-Za-z_-]{1,64}$/;
const MAX_COUNTER = 2 ** 50;

export function isNodeId(id: string): boolean {
  return ID_SHAPE.test(id) && id !== ROOT && id !== TRASH;
}

/** Read a position register; anything malformed counts as lying in the trash. */
export function readPosition(value: unknown): Position {
  if (typeof value !== "object" || value === null) return UNPLACED;
  const { p, i, c, pp } = value as Record<string, unknown>;
  const isSound =
    typeof p === "string" &&
    typeof pp === "string" &&
    isKey(i) &&
    typeof c === "number" &&
    Number.isInteger(c) &&
    c >= 0 &&
    c <= MAX_COUNTER;
  return isSound ? { p, i, c, pp } : UNPLACED;
}

export function readPositions(nodes: Y.Map<unknown>): Map<string, Position> {
  const positions = new Map<string, Position>();
  nodes.forEach((node, id) => {
    if (isNodeId(id) && node instanceof Y.Map) positions.set(id, readPosition(node.get("pos")));
  });
  return positions;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function isEnd(id: string | undefined): boolean {
  return id === undefined || id === ROOT || id === TRASH;
}

function hasCycle(parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set<string>();
  for (const start of parents.keys()) {
    const path = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !isEnd(at) && !seen.has(at)) {
      if (path.has(at)) return true;
      path.add(at);
      at = parents.get(at);
    }
    for (const id of path) seen.add(id);
  }
  return false;
}

function reaches(parents: ReadonlyMap<string, string>, from: string, target: string): boolean {
  let at: string | undefined = from;
  while (at !== undefined && !isEnd(at)) {
    if (at === target) return true;
    at = parents.get(at);
  }
  return false;
}

function effectiveParents(
  positions: ReadonlyMap<string, Position>,
): [Map<string, string>, string[]] {
  const isKnown = (id: string) => isEnd(id) || positions.has(id);
  const parents = new Map<string, string>();
  for (const [id, at] of positions) {
    parents.set(id, isKnown(at.p) ? at.p : isKnown(at.pp) && at.pp !== id ? at.pp : ROOT);
  }
  if (!hasCycle(parents)) return [parents, []];
  // Kleppmann et al., "A highly-available move operation for replicated trees" (2021), from the
  // last move of each node alone: the older of two moves that together close a cycle stands.
  const replayed = new Map<string, string>();
  const repaired: string[] = [];
  const moves = [...positions].sort(
    (one, other) => one[1].c - other[1].c || compare(one[0], other[0]),
  );
  for (const [id, at] of moves) {
    let parent = parents.get(id) ?? ROOT;
    if (reaches(replayed, parent, id)) {
      parent = isKnown(at.pp) && !reaches(replayed, at.pp, id) ? at.pp : ROOT;
      repaired.push(id);
    }
    replayed.set(id, parent);
  }
  return [replayed, repaired];
}

/** Derive the effective tree from the positions alone; linear when no moves crossed. */
export function buildTree(positions: ReadonlyMap<string, Position>): Tree {
  const [parents, repaired] = effectiveParents(positions);
  const children = new Map<string, string[]>();
  for (const [id, parent] of parents) {
    const siblings = children.get(parent);
    if (siblings) siblings.push(id);
    else children.set(parent, [id]);
  }
  const keyOf = (id: string) => positions.get(id)?.i ?? UNPLACED.i;
  for (const siblings of children.values()) {
    siblings.sort((one, other) => compare(keyOf(one), keyOf(other)) || compare(one, other));
  }
  return { parents, children, repaired };
}

/** The tree kept in one `Y.Map` of nodes: those of a page, or the pages of a site. */
export class PageTree {
  readonly nodes: Y.Map<unknown>;
  readonly #doc: Y.Doc;
  readonly #random: Random;

  constructor(doc: Y.Doc, random: Random = Math.random, root: "nodes" | "pages" = "nodes") {
    this.#doc = doc;
    this.#random = random;
    this.nodes = doc.getMap(root);
  }

  tree(): Tree {
    return buildTree(readPositions(this.nodes));
  }

  /** The next Lamport counter: more than any in the document. */
  tick(): number {
    let most = 0;
    for (const at of readPositions(this.nodes).values()) most = Math.max(most, at.c);
    return Math.min(most + 1, MAX_COUNTER);
  }

  /** Positions for `count` nodes at `index` among the children of `parent`, in order. */
  positionsAt(
    parent: string,
    index: number,
    count: number,
    tree: Tree,
    moving: ReadonlySet<string> = new Set(),
  ): Position[] {
    const siblings = (tree.children.get(parent) ?? []).filter((id) => !moving.has(id));
    const at = Math.max(0, Math.min(index, siblings.length));
    const keyOf = (place: number): string | null => {
      const id = siblings[place];
      const node = id === undefined ? undefined : this.nodes.get(id);
      return node instanceof Y.Map ? readPosition(node.get("pos")).i : null;
    };
    const after = at > 0 ? keyOf(at - 1) : null;
    let next = at;
    let before = keyOf(next);
    // Two people may have made equal keys: place after the whole run of them.
    while (before !== null && after !== null && before <= after) before = keyOf(++next);
    const keys =
      parent === TRASH ? Array(count).fill("a0") : keysBetween(after, before, count, this.#random);
    const counter = this.tick();
    return keys.map((i: string, place) => ({ p: parent, i, c: counter + place, pp: TRASH }));
  }

  /** Make a node in the trash, then place it: creation itself is never undone, its placement is. */
  add(id: string, type: string, parent: string, index: number, tree: Tree = this.tree()): void {
    this.#doc.transact(() => {
      const node = new Y.Map<unknown>();
      node.set("type", type);
      node.set("pos", { ...UNPLACED, c: this.tick() });
      this.nodes.set(id, node);
    }, "create");
    this.#doc.transact(() => {
      const [position] = this.positionsAt(parent, index, 1, tree);
      (this.nodes.get(id) as Y.Map<unknown>).set("pos", position);
    }, "local");
  }

  /** Move a node under `parent`; returns false, changing nothing, if that is inside itself. */
  move(
    id: string,
    parent: string,
    index: number,
    tree: Tree = this.tree(),
    origin: unknown = "local",
  ): boolean {
    const node = this.nodes.get(id);
    if (!(node instanceof Y.Map) || reaches(tree.parents, parent, id)) return false;
    this.#doc.transact(() => {
      const [position] = this.positionsAt(parent, index, 1, tree, new Set([id]));
      node.set("pos", { ...position, pp: tree.parents.get(id) ?? TRASH });
    }, origin);
    return true;
  }

  trash(id: string, tree: Tree = this.tree(), origin: unknown = "local"): boolean {
    return this.move(id, TRASH, 0, tree, origin);
  }
}

/** The node and everything under it, parents before children. */
export function descendants(tree: Tree, id: string): string[] {
  const found: string[] = [];
  const waiting = [id];
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    found.push(at);
    waiting.push(...[...(tree.children.get(at) ?? [])].reverse());
  }
  return found;
}

/** Whether `id` lies at or under `ancestor`. */
export function isInside(tree: Tree, id: string, ancestor: string): boolean {
  return id === ancestor || reaches(tree.parents, id, ancestor);
}
