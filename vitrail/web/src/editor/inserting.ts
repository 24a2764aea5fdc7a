import { blocks } from "../model/blocks";
import type { Place } from "../model/commands";
import type { FragmentNode } from "../model/fragments";
import { primitives, variants } from "../model/primitives";
import { isBand, isOnPage, placeBeside, undecided } from "./placement";
import type { Session } from "./session";

/** Insert a block or element, and select what it made. */
export function insertBlock(
  session: Session,
  block: string,
  at: Place = placeFor(session, block),
): void {
  const { store } = session;
  const type = variants.get(block)?.type ?? block;
  if (!primitives.has(type) || isBand(type) || blocks.has(block) || !isOnPage(store, at)) {
    const [made = ""] = session.selectMade(session.run([{ op: "insert", block, at }]));
    const open = undecided(store, made, session.shop()?.product ?? "");
    if (open) session.select([open]);
    return;
  }
  const made = session.run([
    { op: "insert", nodes: [{ type: "section" }], at },
    { op: "insert", block, at: { inside: { ref: "last" } } },
  ]);
  session.select(made?.last ?? []);
}

/** Insert nodes; on the page itself they get a section around them, with its margins. */
export function insertNodes(
  session: Session,
  nodes: readonly FragmentNode[],
  at?: Place,
): string[] {
  const { store } = session;
  const place = at ?? placeBeside(store, session.tops().at(-1), nodes[0]?.type ?? "section");
  if (nodes.every(({ type }) => isBand(type ?? "")) || !isOnPage(store, place))
    return session.selectMade(session.run([{ op: "insert", nodes, at: place }]));
  const section = { type: "section", children: [{ type: "stack", children: [...nodes] }] };
  const [made] = session.selectMade(session.run([{ op: "insert", nodes: [section], at: place }]));
  const stack = store.tree().children.get(made ?? "")?.[0];
  const inside = [...(store.tree().children.get(stack ?? "") ?? [])];
  if (inside.length > 0) session.select(inside);
  return inside;
}

/** Where a block goes that is only clicked: sections after the chosen one, before the footer. */
function placeFor(session: Session, block: string): Place {
  const isElement = primitives.has(block) && block !== "section";
  const type = isElement || block === "heading" ? "text" : "section";
  return placeBeside(session.store, session.tops().at(-1), type);
}
