import type { SaveState } from "../sync/shared-doc";

const ORDER: readonly SaveState["kind"][] = [
  "denied",
  "replaced",
  "refused",
  "offline",
  "opening",
  "readonly",
  "saving",
  "saved",
];

/** One state for two documents: the page's, unless the site's is worse. */
export function worst(page: SaveState, site: SaveState): SaveState {
  if (site.kind === "readonly") return page;
  const [one, other] = [page, site].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
  if (!one) return page;
  if (one.kind === other?.kind && "count" in one && "count" in other)
    return { kind: one.kind, count: one.count + other.count };
  return one;
}
