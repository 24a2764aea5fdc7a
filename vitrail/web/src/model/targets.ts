import { blocks, resolveName } from "./blocks";
import type { Place, Target } from "./commands";
import { isInTrash, type Page } from "./documents";
import { invalid, notFound } from "./errors";
import { primitives, variants } from "./primitives";
import { plainText } from "./rich-text";
import { descendants, isInside, ROOT } from "./tree";

/** A place among siblings. */
export interface Spot {
  readonly parent: string;
  readonly index: number;
}

/** What references in targets stand for. */
export interface References {
  readonly selection: readonly string[];
  readonly last: readonly string[];
}

/** The nodes of a page in reading order, without `under` itself. */
export function inOrder(page: Page, under: string = ROOT): string[] {
  return descendants(page.tree, under).slice(1);
}

/** All that a node says, in every locale, with what lies in it. */
export function textOf(page: Page, id: string): string {
  return descendants(page.tree, id)
    .flatMap((at) => Object.values(page.nodes.get(at)?.texts ?? {}).map(plainText))
    .join("\n");
}

function matches(page: Page, id: string, name: string): boolean {
  const node = page.nodes.get(id);
  if (!node) return false;
  if (blocks.has(name)) return node.block === name || node.type === name;
  const variant = variants.get(name);
  if (!variant) return node.type === name;
  return node.type === variant.type && node.tag !== null && variant.tags.includes(node.tag);
}

/** Those that lie in none of the others, each once. */
export function outermost(page: Page, ids: readonly string[]): string[] {
  const chosen = [...new Set(ids)];
  return chosen.filter(
    (at) => !chosen.some((other) => other !== at && isInside(page.tree, at, other)),
  );
}

function existing(page: Page, ids: readonly string[], what: string): string[] {
  const found = ids.filter((id) => page.nodes.has(id) && !isInTrash(page.tree, id));
  if (found.length === 0) throw notFound(`${what} is not on the page`, "it may have been deleted");
  return found;
}

/** The nodes that a target names, at least one. */
export function resolveTarget(page: Page, target: Target, references: References): string[] {
  if (typeof target.id === "string") return existing(page, [target.id], `the node '${target.id}'`);
  if (target.ref === "selection") return existing(page, references.selection, "the selection");
  if (target.ref === "last") return existing(page, references.last, "what was made last");
  return search(page, target, references);
}

function search(page: Page, target: Target, references: References): string[] {
  const said = target.type ?? "";
  const name = resolveName(said);
  if (name === null) {
    throw invalid(
      `'${said}' is neither a block nor a primitive`,
      `blocks: ${[...blocks.keys()].join(", ")}; primitives: ${[...primitives.keys()].join(", ")}`,
    );
  }
  const scopes = target.in ? resolveTarget(page, target.in, references) : [ROOT];
  let found = scopes
    .flatMap((scope) => inOrder(page, scope))
    .filter((at) => matches(page, at, name));
  // An image section is one image, not two with the picture in it.
  if (blocks.has(name) && primitives.has(name)) found = outermost(page, found);
  if (typeof target.text === "string") {
    const wanted = target.text.toLowerCase();
    found = found.filter((at) => textOf(page, at).toLowerCase().includes(wanted));
  }
  if (found.length === 0) throw notFound(`there is no '${said}' here`);
  return pick(found, target.nth ?? 1, said);
}

function pick(found: readonly string[], nth: number | "all" | "middle", said: string): string[] {
  if (nth === "all") return [...found];
  let place = 0;
  if (nth === "middle") place = Math.floor((found.length - 1) / 2);
  else place = nth > 0 ? nth - 1 : found.length + nth;
  const chosen = found[place];
  if (chosen === undefined) throw notFound(`there are only ${found.length} '${said}' here`);
  return [chosen];
}

/** The parent and index that a position names, counted without the nodes in `moving`. */
export function resolvePlace(
  page: Page,
  place: Place | null | undefined,
  references: References,
  moving: readonly string[] = [],
): Spot {
  const stays = (parent: string) =>
    (page.tree.children.get(parent) ?? []).filter((child) => !moving.includes(child));
  if (!place || place.at === "end") return { parent: ROOT, index: stays(ROOT).length };
  if (place.at === "start") return { parent: ROOT, index: 0 };
  if (typeof place.by === "number") return shift(page, place.by, moving);
  if (place.inside) {
    const parent = resolveTarget(page, place.inside, references)[0] ?? ROOT;
    const count = stays(parent).length;
    const index = place.index ?? count;
    return { parent, index: Math.max(0, Math.min(index < 0 ? count + index : index, count)) };
  }
  const beside = place.before ?? place.after;
  if (!beside) throw invalid("a position needs a way to say where");
  const found = resolveTarget(page, beside, references);
  const neighbour = (place.before ? found[0] : found.at(-1)) ?? "";
  const parent = page.tree.parents.get(neighbour) ?? ROOT;
  const children = page.tree.children.get(parent) ?? [];
  // What moves may be the neighbour itself: count the siblings that stay before it.
  const before = children
    .slice(0, children.indexOf(neighbour))
    .filter((id) => !moving.includes(id));
  const after = !place.before && !moving.includes(neighbour) ? 1 : 0;
  return { parent, index: before.length + after };
}

function shift(page: Page, by: number, moving: readonly string[]): Spot {
  const first = moving[0];
  if (first === undefined) throw invalid("only a move can go by a number of places");
  const parent = page.tree.parents.get(first) ?? ROOT;
  const children = page.tree.children.get(parent) ?? [];
  return {
    parent,
    index: Math.max(0, Math.min(children.indexOf(first) + by, children.length - 1)),
  };
}
