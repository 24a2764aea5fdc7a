import type { Picture } from "./css";
import { type PageNode, propOf } from "./nodes";

/** Elements as they are described, and what they must know; twin of `builder/render/elements.py`. */

const SCHEMES = /^(https?:|mailto:|tel:|\/(?!\/)|#|\?)/i;
const VOID = ["img", "hr", "input", "source", "br"];

export interface Variant {
  readonly width: number;
  readonly format: string;
  readonly url: string;
}

export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly alt: Readonly<Record<string, string>>;
  readonly width: number;
  readonly height: number;
  readonly url: string;
  readonly thumb: string;
  readonly variants: readonly Variant[];
}

export interface Element {
  tag: string;
  attrs: Record<string, string>;
  children: (Element | string)[];
}

export interface PageLink {
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly inMenu: boolean;
}

/** What a page shows of the site's shop, as plain values. */
export interface ShopView {
  /** Products or reviews by want (see `wants.ts`); a want that is not in it waits for them. */
  readonly answers: Readonly<Record<string, readonly unknown[]>>;
  /** The path of the page that is about a product, by the product's id. */
  readonly links: Readonly<Record<string, string>>;
  /** The product that this page is about, if any. */
  readonly product: string;
  /** In the editor, what stands where there is nothing to show, by the reason. */
  readonly hints: Readonly<Record<string, string>>;
}

export interface RenderContext {
  readonly locale: string;
  readonly pageId: string;
  readonly pages: readonly PageLink[];
  readonly alternates: Readonly<Record<string, string>>;
  /** What the site sells; none while the page shows nothing of it. */
  readonly shop?: ShopView;
  asset(id: string): Asset | null;
}

export const make = (
  tag: string,
  attrs: Record<string, string> = {},
  children: (Element | string)[] = [],
): Element => ({ tag, attrs, children });

/** Makes of an element what a node of one type is. */
export type Builder = (node: PageNode, element: Element, context: RenderContext) => void;

/** The address of an image's largest WebP, for backgrounds. */
export function pictureOf(context: RenderContext): Picture {
  return (id) => {
    const webp = (context.asset(id)?.variants ?? []).filter(({ format }) => format === "webp");
    return webp.sort((a, b) => b.width - a.width)[0]?.url ?? null;
  };
}

/** Where a link leads: `page:{id}` to its path, an allowed scheme as it is, else nothing. */
export function resolve(given: string, context: RenderContext): string {
  const url = given.trim();
  if (url.startsWith("page:")) {
    const [id = "", anchor] = url.slice(5).split("#");
    const found = context.pages.find((page) => page.id === id)?.path ?? "";
    return found && anchor ? `${found}#${anchor}` : found;
  }
  return SCHEMES.test(url) ? url : "";
}

/** A property that is text, in the locale that is shown. */
export function textProp(node: PageNode, name: string, context: RenderContext): string {
  const value = propOf(node, name, context.locale);
  return typeof value === "string" ? value : "";
}

export function addClass(element: Element, name: string): void {
  element.attrs["class"] += ` ${name}`;
}

/** Name an element for those who do not see it. */
export const addLabel: Builder = (node, element, context) => {
  const label = textProp(node, "label", context);
  if (label) element.attrs["aria-label"] = label;
};

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** Write an element as HTML; the canvas makes DOM from the same description instead. */
export function toHtml(element: Element | string): string {
  if (typeof element === "string") return escapeHtml(element);
  const attrs = Object.entries(element.attrs)
    .map(([name, value]) =>
      value === "" && name !== "alt" ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`,
    )
    .join("");
  const opening = `<${element.tag}${attrs}>`;
  if (VOID.includes(element.tag)) return opening;
  return `${opening}${element.children.map(toHtml).join("")}</${element.tag}>`;
}
