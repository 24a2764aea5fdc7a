import {
  addClass,
  type Builder,
  type Element,
  make,
  type RenderContext,
  resolve,
  textProp,
} from "./elements";
import type { PageNode } from "./nodes";
import { img, sources } from "./pictures";
import { countText, localised, type Price, priceText, ratingText, word } from "./shop-words";
import { bounded, wantsOf } from "./wants";

/** Lists of products, and the parts that all that shows products is made of; twin of `builder/render/products.py`. */

type Texts = Readonly<Record<string, string>>;

/** A product as the server describes it. */
export interface Item {
  readonly id: string;
  readonly name: Texts;
  readonly description: Texts;
  readonly maker: string;
  readonly images: readonly { asset?: string; url?: string; alt?: Texts }[];
  readonly options: readonly { name: string; values: readonly string[] }[];
  readonly prices: readonly Price[];
  readonly stock: "in" | "out" | "preorder";
  /** From when on what has run out is delivered, if that is known. */
  readonly availableOn?: string | null;
  /** In tenths of stars; null while nobody has reviewed it. */
  readonly rating: number | null;
  readonly reviews: number;
  readonly links: readonly string[];
}

const TINTS = 5;
const MAX_COLUMNS = 6;

/** A grid of products, or one row to scroll along. */
export const products: Builder = (node, element, context) => {
  const wanted = wantsOf(node, context.shop?.product ?? "");
  const found = answered<Item>(wanted, element, context, wanted.length ? "noProducts" : "choose");
  if (found.length === 0) return;
  const columns = bounded(node.props["columns"], 4, MAX_COLUMNS);
  element.attrs["style"] = `--columns:${columns}`;
  const sizes = `(max-width:640px) 50vw, ${Math.trunc(100 / columns)}vw`;
  const cards = found.map((item) => card(item, node, context, sizes));
  let inside = make("ul", {}, cards);
  if (node.props["layout"] === "carousel") {
    addClass(element, "v-carousel");
    const label = textProp(node, "label", context) || word("products", context.locale);
    inside = track(label, [inside], context.locale);
  }
  element.children.push(inside);
};

/** A row to scroll along: by touch and keys everywhere, by buttons where CSS makes them. */
export function track(label: string, inside: Element[], locale: string): Element {
  const attrs = { class: "v-track", role: "region", "aria-label": label, tabindex: "0" };
  const names = { "data-back": word("back", locale), "data-on": word("on", locale) };
  return make("div", { ...attrs, ...names }, inside);
}

/** What answers the last of a node's wants; the element says so if there is nothing. */
export function answered<T>(
  wanted: readonly string[],
  element: Element,
  context: RenderContext,
  hint: string,
): readonly T[] {
  const { answers = {}, hints = {} } = context.shop ?? {};
  const found = wanted.map((want) => answers[want]);
  if (found.length > 0 && found.every((answer) => answer && answer.length > 0))
    return found.at(-1) as readonly T[];
  const name = found.includes(undefined) ? "loading" : hint;
  if (Object.keys(hints).length > 0) {
    addClass(element, "v-vacant");
    element.children.push(make("p", {}, [hints[name] ?? name]));
  } else element.attrs["hidden"] = "";
  return [];
}

function card(item: Item, node: PageNode, context: RenderContext, sizes: string): Element {
  const { locale } = context;
  const name = localised(item.name, locale);
  const href = address(item, context);
  const parts: (Element | string)[] = [shot(item, 0, context, sizes, "")];
  if (node.props["showMaker"] !== false) parts.push(make("p", { class: "v-maker" }, [item.maker]));
  parts.push(make("h3", {}, [href ? make("a", { href }, [name]) : name]));
  if (node.props["showRating"] !== false) parts.push(...rating(item, locale));
  if (node.props["showPrice"] !== false) parts.push(...price(item, node, locale));
  const badge = badgeOf(item);
  if (badge) parts.push(make("p", { class: `v-badge v-${badge}` }, [word(badge, locale)]));
  return make("li", { class: "v-card" }, parts);
}

function badgeOf(item: Item): "out" | "preorder" | "sale" | null {
  if (item.stock !== "in") return item.stock;
  return item.prices.some(({ compareAt }) => compareAt !== null) ? "sale" : null;
}

/** Where a product leads: its page in this site, else where it is sold, else nowhere. */
export function address(item: Item, context: RenderContext): string {
  const own = context.shop?.links[item.id] ?? "";
  return own || (item.links.map((link) => resolve(link, context)).find(Boolean) ?? "");
}

/** One of the pictures of a product, or a pane with its first letter. */
export function shot(
  item: Item,
  at: number,
  context: RenderContext,
  sizes: string,
  fallback: string,
): Element {
  const image = item.images[at] ?? {};
  const alt = localised(image.alt ?? {}, context.locale) || fallback;
  const asset = context.asset(image.asset ?? "");
  if (asset) {
    const inside = [...sources(asset, sizes, "").slice(0, 1), img(asset, alt, sizes)];
    return make("div", { class: "v-shot" }, [make("picture", {}, inside)]);
  }
  const url = resolve(image.url ?? "", context);
  if (url.startsWith("https://")) {
    const attrs = { src: url, alt, loading: "lazy", decoding: "async" };
    return make("div", { class: "v-shot" }, [make("img", attrs)]);
  }
  const sum = [...item.id].reduce((total, letter) => total + (letter.codePointAt(0) ?? 0), 0);
  const [letter = ""] = localised(item.name, context.locale);
  const pane = { class: `v-shot v-pane v-tint-${(sum % TINTS) + 1}`, "aria-hidden": "true" };
  return make("div", pane, [make("span", {}, [letter.toUpperCase()])]);
}

/** A product's stars and the number of its reviews; nothing while it has none. */
export function rating(item: Item, locale: string): Element[] {
  if (item.rating === null) return [];
  const count = make("span", { class: "v-count" }, [countText(item.reviews, locale)]);
  return [make("p", { class: "v-rating" }, [stars(item.rating, locale), count])];
}

/** Five stars, filled so far, that are read aloud as a number. */
export function stars(tenths: number, locale: string): Element {
  const text = word("rating", locale, { rating: ratingText(tenths, locale) });
  const style = `--filled:${tenths * 2}%`;
  return make("span", { class: "v-stars", role: "img", "aria-label": text, style });
}

/** A product's price in the node's currency, or in the first that it has. */
export function price(item: Item, node: PageNode, locale: string): Element[] {
  const wanted = node.props["currency"];
  const found = item.prices.find(({ currency }) => currency === wanted) ?? item.prices[0];
  if (!found) return [];
  const inside: (Element | string)[] = [];
  if (found.varies) inside.push(make("span", { class: "v-from" }, [`${word("from", locale)} `]));
  inside.push(make("strong", {}, [priceText(found, found.amount, locale)]));
  if (found.compareAt !== null) {
    const said = make("span", { class: "v-said" }, [` ${word("was", locale)} `]);
    inside.push(said, make("s", {}, [priceText(found, found.compareAt, locale)]));
  }
  return [make("p", { class: "v-price" }, inside)];
}
