import { type Asset, addClass, type Builder, type Element, make, textProp } from "./elements";
import type { PageNode } from "./nodes";

/** Images: sizes and formats for every screen; twin of `builder/render/pictures.py`. */

const RATIO = /^\d{1,4}(\.\d{1,3})?( ?\/ ?\d{1,4}(\.\d{1,3})?)?$/;

/** Give an element the proportions that were chosen. */
export function addRatio(node: PageNode, element: Element): void {
  const value = node.props["ratio"];
  if (typeof value === "string" && RATIO.test(value.trim()))
    element.attrs["style"] = `--ratio:${value.trim()}`;
}

function srcset(asset: Asset, format: string): string {
  return asset.variants
    .filter((variant) => variant.format === format)
    .sort((one, other) => one.width - other.width)
    .map(({ url, width }) => `${url} ${width}w`)
    .join(", ");
}

/** The sources of an image: AVIF, and with a condition WebP as well. */
export function sources(asset: Asset, sizes: string, media: string): Element[] {
  return ["avif", "webp"].flatMap((format) => {
    const set = srcset(asset, format);
    if (!set || (format === "webp" && !media)) return [];
    const attrs = { type: `image/${format}`, srcset: set, sizes };
    return [make("source", media ? { media, ...attrs } : attrs)];
  });
}

/** The element of an image, in every width that there is of it. */
export function img(asset: Asset, alt: string, sizes: string): Element {
  const webp = asset.variants
    .filter((variant) => variant.format === "webp")
    .sort((one, other) => one.width - other.width);
  return make("img", {
    src: webp.at(-1)?.url ?? "",
    srcset: srcset(asset, "webp"),
    sizes,
    width: String(Math.trunc(asset.width)),
    height: String(Math.trunc(asset.height)),
    alt,
    loading: "lazy",
    decoding: "async",
  });
}

/** An image in the sizes and formats that there are, or a place for one. */
export const image: Builder = (node, element, context) => {
  addRatio(node, element);
  if (node.props["fit"] === "contain") addClass(element, "v-contain");
  const asset = context.asset(textProp(node, "src", context));
  const alt =
    node.props["decorative"] === true
      ? ""
      : textProp(node, "alt", context) || (asset?.alt[context.locale] ?? "");
  if (!asset) {
    element.tag = "div";
    addClass(element, "v-empty");
    if (alt) Object.assign(element.attrs, { role: "img", "aria-label": alt });
    return;
  }
  element.tag = "picture";
  const given = node.props["sizes"];
  const sizes = typeof given === "string" && given ? given : "100vw";
  const small = context.asset(textProp(node, "srcSmall", context));
  if (small) element.children.push(...sources(small, sizes, "(max-width:640px)"));
  element.children.push(...sources(asset, sizes, "").slice(0, 1), img(asset, alt, sizes));
};
