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
import { address, answered, type Item, price, rating, shot, stars, track } from "./products";
import { dateText, localised, ratingText, word } from "./shop-words";
import { wantsOf } from "./wants";

/** One product by itself, and what people say of it; twin of `builder/render/product.py`. */

interface Review {
  readonly author: string;
  /** Whole stars. */
  readonly rating: number;
  readonly body: string;
  readonly locale: string;
  readonly verified: boolean;
  /** As `2026-11-21`. */
  readonly day: string;
}

type Parts = (Element | string)[];
const LEVELS = ["h1", "h2", "h3"];
const HALF = "(max-width:1024px) 100vw, 50vw";

/** A product by itself: in detail, or to open a page with. */
export const product: Builder = (node, element, context) => {
  const wanted = wantsOf(node, "");
  const hint = wanted.length > 0 ? "notActive" : "choose";
  const [item] = answered<Item>(wanted, element, context, hint);
  if (!item) return;
  const isLead = node.props["layout"] === "hero";
  addClass(element, isLead ? "v-lead" : "v-detail");
  const facts = make("div", { class: "v-facts" }, factsOf(item, node, context, isLead));
  element.children.push(gallery(item, context, isLead), facts);
};

function gallery(item: Item, context: RenderContext, isLead: boolean): Element {
  const name = localised(item.name, context.locale);
  const count = isLead ? 1 : Math.max(1, item.images.length);
  const shots = Array.from({ length: count }, (_, at) => shot(item, at, context, HALF, name));
  const label = word("pictures", context.locale, { name });
  return make(
    "div",
    { class: "v-shots" },
    count > 1 ? [track(label, shots, context.locale)] : shots,
  );
}

function factsOf(item: Item, node: PageNode, context: RenderContext, isLead: boolean): Parts {
  const { locale } = context;
  const level = String(node.props["level"]);
  const badge = textProp(node, "badge", context);
  const parts: Parts = [];
  if (badge) parts.push(make("p", { class: "v-badge" }, [badge]));
  if (node.props["showMaker"] !== false) parts.push(make("p", { class: "v-maker" }, [item.maker]));
  parts.push(make(LEVELS.includes(level) ? level : "h2", {}, [localised(item.name, locale)]));
  if (node.props["showRating"] !== false) parts.push(...rating(item, locale));
  if (node.props["showPrice"] !== false) parts.push(...price(item, node, locale));
  parts.push(...description(item, locale));
  if (!isLead) parts.push(...options(item));
  if (node.props["showStock"] !== false)
    parts.push(make("p", { class: `v-stock v-${item.stock}` }, [word(item.stock, locale)]));
  return [...parts, ...button(item, node, context)];
}

function paragraphs(text: string): Element[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter(Boolean).map((line) => make("p", {}, [line]));
}

function description(item: Item, locale: string): Element[] {
  const said = paragraphs(localised(item.description, locale));
  return said.length > 0 ? [make("div", { class: "v-prose" }, said)] : [];
}

function options(item: Item): Element[] {
  const rows = item.options.map(({ name, values }) => {
    const listed = values.map((value) => make("li", {}, [value]));
    return make("div", {}, [make("dt", {}, [name]), make("dd", {}, [make("ul", {}, listed)])]);
  });
  return rows.length > 0 ? [make("dl", { class: "v-options" }, rows)] : [];
}

/** What leads to buying: to where the designer says, or where the product leads. */
function button(item: Item, node: PageNode, context: RenderContext): Element[] {
  const href = resolve(textProp(node, "href", context), context) || address(item, context);
  if (!href || item.stock === "out") return [];
  const label = textProp(node, "button", context) || word("buy", context.locale);
  return [make("a", { class: "v-button v-primary", href }, [label])];
}

/** What people say of a product, with the mean of it. */
export const reviews: Builder = (node, element, context) => {
  const wanted = wantsOf(node, context.shop?.product ?? "");
  const hint = wanted.length > 0 ? "noReviews" : "choose";
  const found = answered<Review>(wanted, element, context, hint);
  const [item] = (context.shop?.answers[wanted[0] ?? ""] ?? []) as readonly Item[];
  if (found.length === 0 || !item) return;
  const { locale } = context;
  if (item.rating !== null) {
    const mean = make("strong", { "aria-hidden": "true" }, [ratingText(item.rating, locale)]);
    element.children.push(make("div", { class: "v-score" }, [mean, ...rating(item, locale)]));
  }
  element.children.push(
    make(
      "ul",
      {},
      found.map((one) => review(one, locale)),
    ),
  );
};

function review({ author, rating: given, body, day, ...rest }: Review, locale: string): Element {
  const signed: Parts = [
    make("cite", {}, [author]),
    make("time", { datetime: day }, [dateText(day, locale)]),
  ];
  if (rest.verified) signed.push(make("span", { class: "v-verified" }, [word("verified", locale)]));
  const attrs: Record<string, string> = rest.locale ? { lang: rest.locale } : {};
  const quote = make("blockquote", attrs, paragraphs(body));
  return make("li", {}, [stars(given * 10, locale), quote, make("footer", {}, signed)]);
}
