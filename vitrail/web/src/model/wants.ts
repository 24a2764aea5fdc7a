import { type PageNode, propOf } from "./nodes";

/**
 * What nodes want of the site's shop, as texts `source:of:limit`; twin of `builder/render/wants.py`,
 * which tells more.
 */

export const SHOP_TYPES: ReadonlySet<string> = new Set(["products", "product", "reviews"]);
const MAX_LIMIT = 48;
// Bare, or as programs know it: `product:01J…`.
const ID = /^(?:product:|collection:|category:)?([0-9A-Za-z]{1,40})$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a tag must not have
const TAG = /^[^\x00-\x1f]{1,60}$/u;

/** What a node wants; `pageProduct` is what the page is about, for nodes that name no product. */
export function wantsOf(node: PageNode, pageProduct: string): string[] {
  const own = idOf(node, "product");
  const product = own || pageProduct;
  switch (node.type) {
    case "product":
      return own ? [`product:${own}:1`] : [];
    case "reviews": {
      const limit = bounded(node.props["limit"], 6, MAX_LIMIT);
      return product ? [`product:${product}:1`, `reviews:${product}:${limit}`] : [];
    }
    case "products":
      return listWants(node, product);
    default:
      return [];
  }
}

function listWants(node: PageNode, product: string): string[] {
  const limit = bounded(node.props["limit"], 8, MAX_LIMIT);
  const source = node.props["source"];
  switch (source) {
    case "collection":
    case "category": {
      const of = idOf(node, source);
      return of ? [`${source}:${of}:${limit}`] : [];
    }
    case "tag": {
      const tag = node.props["tag"];
      return typeof tag === "string" && TAG.test(tag) ? [`tag:${tag}:${limit}`] : [];
    }
    case "picked": {
      const ids = idsOf(node.props["products"]);
      return ids.length > 0 ? [`picked:${ids.join(" ")}:${ids.length}`] : [];
    }
    case "similar":
      return product ? [`similar:${product}:${limit}`] : [];
    default:
      return [`newest::${limit}`];
  }
}

/** A number that a designer gave, as a whole one within bounds. */
export function bounded(value: unknown, preset: number, most: number): number {
  if (typeof value !== "number") return preset;
  return Math.max(1, Math.min(Math.trunc(value), most));
}

/** The ids in a text that lists them, each once. */
export function idsOf(value: unknown): string[] {
  const words = typeof value === "string" ? value.split(" ") : [];
  return [...new Set(words.map(bareId).filter(Boolean))].slice(0, MAX_LIMIT);
}

function bareId(value: unknown): string {
  return (typeof value === "string" && ID.exec(value)?.[1]) || "";
}

const idOf = (node: PageNode, name: string): string => bareId(propOf(node, name, ""));

/** The product that a page is about: the first that is shown by itself, or none. */
export function productOfPage(nodes: readonly PageNode[]): string {
  const found = nodes.filter(({ type }) => type === "product").map((node) => idOf(node, "product"));
  return found.find(Boolean) ?? "";
}
