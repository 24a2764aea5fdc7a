import { ROOT, type Tree } from "../model/tree";

export interface LayerRow {
  readonly id: string;
  readonly depth: number;
  /** Null when there is nothing in it. */
  readonly isOpen: boolean | null;
}

/** The rows of the layers panel; with a filter, what matches and all that leads to it. */
export function listLayers(
  tree: Tree,
  closed: ReadonlySet<string>,
  matches: (id: string) => boolean,
): LayerRow[] {
  const walk = (parent: string, depth: number): { rows: LayerRow[]; isFound: boolean } => {
    const rows: LayerRow[] = [];
    let isFound = false;
    for (const id of tree.children.get(parent) ?? []) {
      const inner = walk(id, depth + 1);
      if (!inner.isFound && !matches(id)) continue;
      isFound = true;
      const hasChildren = (tree.children.get(id)?.length ?? 0) > 0;
      const isOpen = hasChildren ? !closed.has(id) : null;
      rows.push({ id, depth, isOpen });
      if (isOpen) rows.push(...inner.rows);
    }
    return { rows, isFound };
  };
  return walk(ROOT, 0).rows;
}

export interface LayerGround {
  takes(id: string): boolean;
  isCarried(id: string): boolean;
  children(id: string): readonly string[];
  parent(id: string): string;
}

export interface LayerLanding {
  readonly parent: string;
  readonly index: number;
  /** Where the line is drawn, in rows. */
  readonly line: number;
  readonly depth: number;
}

/** Where a drop on the tree lands: the upper and lower third of a row mean beside it, else inside. */
export function layerDrop(
  rows: readonly LayerRow[],
  at: number,
  ground: LayerGround,
): LayerLanding | null {
  const row = rows[Math.min(Math.floor(at), rows.length - 1)];
  if (!row || ground.isCarried(row.id)) return null;
  const share = at - rows.indexOf(row);
  const canEnter = ground.takes(row.id);
  const line = rows.indexOf(row);
  if (canEnter && share > 0.3 && (share < 0.7 || (row.isOpen === true && share < 1))) {
    return { parent: row.id, index: 0, line: line + 1, depth: row.depth + 1 };
  }
  const parent = ground.parent(row.id);
  if (!ground.takes(parent)) return null;
  const stays = ground.children(parent).filter((id) => !ground.isCarried(id));
  const isAfter = share >= 0.5;
  const index = stays.indexOf(row.id) + (isAfter ? 1 : 0);
  let end = line + 1;
  while (isAfter && (rows[end]?.depth ?? 0) > row.depth) end++;
  return { parent, index, line: isAfter ? end : line, depth: row.depth };
}
