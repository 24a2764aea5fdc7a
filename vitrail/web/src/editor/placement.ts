import type { Place } from "../model/commands";
import { primitives } from "../model/primitives";
import { ROOT } from "../model/tree";
import { SHOP_TYPES, wantsOf } from "../model/wants";
import type { PageStore } from "./page-store";

/** What may stand on the page itself; all else needs a section around it to have its margins. */
const BANDS: ReadonlySet<string> = new Set(["section", "nav", "box"]);

export function isBand(type: string): boolean {
  return BANDS.has(type);
}

/** A place as an operation says it, from a parent and an index. */
export function placeAt(store: PageStore, parent: string, index: number): Place {
  const before = (store.tree().children.get(parent) ?? [])[index - 1];
  return before ? { after: { id: before } } : startOf(parent);
}

export function startOf(parent: string): Place {
  return parent === ROOT ? { at: "start" } : { inside: { id: parent }, index: 0 };
}

/** Where something of a type goes beside what is chosen, or at the end of the page. */
export function placeBeside(store: PageStore, chosen: string | undefined, type: string): Place {
  const tree = store.tree();
  if (!chosen || !tree.parents.has(chosen)) return endOfPage(store);
  const accepts = primitives.get(store.node(chosen)?.type ?? "")?.accepts;
  if (type !== "section" && type !== "nav") {
    return accepts === "any" ? { inside: { id: chosen } } : { after: { id: chosen } };
  }
  let top = chosen;
  for (let at = chosen; at !== ROOT; at = tree.parents.get(at) ?? ROOT) top = at;
  return store.node(top)?.tag === "footer" ? { before: { id: top } } : { after: { id: top } };
}

/** Whether a place lies on the page itself, in no element. */
export function isOnPage(store: PageStore, place: Place): boolean {
  if (place.inside) return false;
  const beside = place.after?.id ?? place.before?.id;
  return beside === undefined || (store.tree().parents.get(beside) ?? ROOT) === ROOT;
}

function endOfPage(store: PageStore): Place {
  const last = store.tree().children.get(ROOT)?.at(-1);
  const isFooter = last !== undefined && store.node(last)?.tag === "footer";
  return isFooter ? { before: { id: last } } : { at: "end" };
}

/** What is chosen once some nodes are gone: the next sibling, else the last. */
export function neighbour(
  store: PageStore,
  id: string,
  leaving: readonly string[],
): string | undefined {
  const tree = store.tree();
  const siblings = tree.children.get(tree.parents.get(id) ?? ROOT) ?? [];
  const after = siblings.slice(siblings.indexOf(id)).find((other) => !leaving.includes(other));
  return after ?? siblings.filter((other) => !leaving.includes(other)).at(-1);
}

/**
 * The node in a new block that shows nothing until somebody has chosen what: that is the next step. `product` is what
 * the page is about.
 */
export function undecided(store: PageStore, id: string, product: string): string | undefined {
  const node = store.node(id);
  if (node && SHOP_TYPES.has(node.type)) return wantsOf(node, product).length > 0 ? undefined : id;
  const children = store.tree().children.get(id) ?? [];
  return children.map((child) => undecided(store, child, product)).find(Boolean);
}
