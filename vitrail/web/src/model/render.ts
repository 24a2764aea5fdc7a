import icons from "../../../builder/data/icons.json";
import registry from "../../../builder/data/primitives.json";
import type { Picture } from "./css";
import { type PageNode, propOf, type Run } from "./nodes";

/** Elements: one node becomes one element, described before it is made; twin of `builder/render/html.py`. */

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

export interface RenderContext {
  readonly locale: string;
  readonly pageId: string;
  readonly pages: readonly PageLink[];
  readonly alternates: Readonly<Record<string, string>>;
  asset(id: string): Asset | null;
}

interface Primitive {
  readonly tag: string;
  readonly tags: readonly string[];
  readonly text: boolean;
}

const PRIMITIVES = registry.primitives as unknown as Readonly<Record<string, Primitive>>;
const ICONS = icons as Readonly<Record<string, string>>;
const SCHEMES = /^(https?:|mailto:|tel:|\/(?!\/)|#|\?)/i;
const RATIO = /^\d{1,4}(\.\d{1,3})?( ?\/ ?\d{1,4}(\.\d{1,3})?)?$/;
const COLOR = /^(#[0-9a-fA-F]{3,8}|\$[\w.-]+)$/;
const NAME = /^[A-Za-z][\w-]{0,63}$/;
const INPUTS = ["text", "email", "tel", "number", "date", "time"];
const VOID = ["img", "hr", "input", "source", "br"];
const LANGUAGES: Record<string, string> = { fr: "Français", en: "English" };
const LANGUAGE_LABEL: Record<string, string> = { fr: "Langues", en: "Languages" };

const make = (
  tag: string,
  attrs: Record<string, string> = {},
  children: (Element | string)[] = [],
): Element => ({ tag, attrs, children });

/** The element of a node with its own content; those of its children follow it. */
export function describe(
  node: PageNode,
  children: readonly Element[],
  context: RenderContext,
): Element {
  const primitive = PRIMITIVES[node.type];
  if (!primitive) return make("div", { class: "v-unknown" }, [...children]);
  const tag = primitive.tags.includes(node.tag) ? node.tag : primitive.tag;
  const element = make(tag, { class: `v-${node.type}` });
  if (NAME.test(node.anchor)) element.attrs["id"] = node.anchor;
  BUILDERS[node.type]?.(node, element, context);
  if (primitive.text) element.children.push(...runs(node.texts[context.locale] ?? [], context));
  element.children.push(...children);
  return element;
}

export function runs(texts: readonly Run[], context: RenderContext): (Element | string)[] {
  return texts.flatMap(({ text, marks }) =>
    text
      .split("\n")
      .flatMap((line, index) => [
        ...(index ? [make("br")] : []),
        ...(line ? [marked(line, marks, context)] : []),
      ]),
  );
}

function marked(
  text: string,
  marks: Readonly<Record<string, unknown>>,
  context: RenderContext,
): Element | string {
  let inner: Element | string = text;
  if (marks["code"]) inner = make("code", {}, [inner]);
  if (marks["italic"]) inner = make("em", {}, [inner]);
  if (marks["bold"]) inner = make("strong", {}, [inner]);
  const color = marks["color"];
  if (typeof color === "string" && COLOR.test(color)) {
    const value = color.startsWith("$") ? `var(--${color.slice(1).replaceAll(".", "-")})` : color;
    inner = make("span", { style: `color:${value}` }, [inner]);
  }
  const link = marks["link"];
  const href = typeof link === "string" ? resolve(link, context) : "";
  return href ? make("a", { href }, [inner]) : inner;
}

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

function textProp(node: PageNode, name: string, context: RenderContext): string {
  const value = propOf(node, name, context.locale);
  return typeof value === "string" ? value : "";
}

function addClass(element: Element, name: string): void {
  element.attrs["class"] += ` ${name}`;
}

type Builder = (node: PageNode, element: Element, context: RenderContext) => void;

const labelled: Builder = (node, element, context) => {
  const label = textProp(node, "label", context);
  if (label) element.attrs["aria-label"] = label;
};

const section: Builder = (node, element, context) => {
  const width = node.props["width"];
  if (width === "wide" || width === "full") addClass(element, `v-${width}`);
  labelled(node, element, context);
};

const box: Builder = (node, element, context) => {
  const href = resolve(textProp(node, "href", context), context);
  if (href) {
    element.tag = "a";
    element.attrs["href"] = href;
  }
  if (element.tag === "details" && node.props["open"] === true) element.attrs["open"] = "";
  labelled(node, element, context);
};

function ratio(node: PageNode, element: Element): void {
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

function sources(asset: Asset, sizes: string, media: string): Element[] {
  return ["avif", "webp"].flatMap((format) => {
    const set = srcset(asset, format);
    if (!set || (format === "webp" && !media)) return [];
    const attrs = { type: `image/${format}`, srcset: set, sizes };
    return [make("source", media ? { media, ...attrs } : attrs)];
  });
}

function img(asset: Asset, alt: string, sizes: string): Element {
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

const image: Builder = (node, element, context) => {
  ratio(node, element);
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

const media: Builder = (node, element, context) => {
  const src = resolve(textProp(node, "src", context), context);
  Object.assign(element.attrs, { controls: "", preload: "none" });
  if (src) element.attrs["src"] = src;
  for (const flag of ["loop", "muted"]) if (node.props[flag] === true) element.attrs[flag] = "";
  labelled(node, element, context);
};

const embed: Builder = (node, element, context) => {
  ratio(node, element);
  const src = resolve(textProp(node, "src", context), context);
  if (src.startsWith("https://")) element.attrs["src"] = src;
  Object.assign(element.attrs, {
    title: textProp(node, "title", context) || "embed",
    loading: "lazy",
    sandbox: "allow-scripts allow-popups",
    referrerpolicy: "no-referrer",
  });
};

const icon: Builder = (node, element, context) => {
  const path = ICONS[String(node.props["icon"] || "star")] ?? ICONS["star"] ?? "";
  const size = node.props["size"];
  const pixels =
    typeof size === "number" && size >= 8 && size <= 256 ? String(Math.trunc(size)) : "24";
  const label = textProp(node, "label", context);
  Object.assign(
    element.attrs,
    label ? { role: "img", "aria-label": label } : { "aria-hidden": "true" },
  );
  const frame = { viewBox: "0 0 24 24", width: pixels, height: pixels };
  element.children.push(make("svg", frame, [make("path", { d: path })]));
};

const link: Builder = (node, element, context) => {
  const href = resolve(textProp(node, "href", context), context);
  if (href) {
    element.attrs["href"] = href;
    if (textProp(node, "href", context).trim() === `page:${context.pageId}`)
      element.attrs["aria-current"] = "page";
  }
  if (node.props["blank"] === true)
    Object.assign(element.attrs, { target: "_blank", rel: "noopener" });
};

const button: Builder = (node, element, context) => {
  const variant = node.props["variant"];
  addClass(element, `v-${variant === "secondary" || variant === "ghost" ? variant : "primary"}`);
  const submits = node.props["submit"] === true;
  if (submits || element.tag === "button") {
    element.tag = "button";
    element.attrs["type"] = submits ? "submit" : "button";
  } else link(node, element, context);
};

const list: Builder = (node, element) => {
  const marker = node.props["marker"];
  if (marker === "check" || marker === "none") addClass(element, `v-${marker}`);
  else if (marker === "number") element.tag = "ol";
};

const form: Builder = (node, element, context) => {
  const action = `/f/${context.pageId}/${node.id}/${context.locale}`;
  Object.assign(element.attrs, { method: "post", action });
  labelled(node, element, context);
  const trap = {
    type: "text",
    name: "website",
    tabindex: "-1",
    autocomplete: "off",
    "aria-hidden": "true",
  };
  element.children.push(
    make("div", { class: "v-trap", "aria-hidden": "true" }, [make("input", trap)]),
  );
};

const field: Builder = (node, element, context) => {
  const kind = String(node.props["kind"] || "text");
  const isSpecial = ["checkbox", "select", "textarea"].includes(kind);
  addClass(element, isSpecial ? `v-${kind}` : "v-input");
  const id = `f-${node.id}`;
  const name = node.props["name"];
  const attrs: Record<string, string> = {
    id,
    name: typeof name === "string" && NAME.test(name) ? name : node.id,
  };
  for (const key of ["placeholder", "autocomplete"]) {
    const value = textProp(node, key, context);
    if (value) attrs[key] = value;
  }
  if (node.props["required"] === true) attrs["required"] = "";
  const label = make("label", { for: id }, [textProp(node, "label", context) || node.id]);
  const control = controlOf(kind, attrs, textProp(node, "options", context));
  element.children.push(...(kind === "checkbox" ? [control, label] : [label, control]));
  const help = textProp(node, "help", context);
  if (help) {
    control.attrs["aria-describedby"] = `${id}-help`;
    element.children.push(make("small", { id: `${id}-help` }, [help]));
  }
};

function controlOf(kind: string, attrs: Record<string, string>, options: string): Element {
  if (kind === "textarea") return make("textarea", { ...attrs, rows: "5" });
  if (kind === "select") {
    const lines = options.split("\n").map((line) => line.trim());
    return make(
      "select",
      attrs,
      lines.filter(Boolean).map((line) => make("option", {}, [line])),
    );
  }
  if (kind === "checkbox") return make("input", { type: "checkbox", ...attrs });
  return make("input", { type: INPUTS.includes(kind) ? kind : "text", ...attrs });
}

const nav: Builder = (node, element, context) => {
  element.attrs["aria-label"] = textProp(node, "label", context) || "Menu";
  const items = () => context.pages.filter((page) => page.inMenu).map((p) => menuItem(p, context));
  if (node.props["pages"] !== false) {
    element.children.push(
      make("ul", { class: "v-links" }, items()),
      make("details", { class: "v-menu" }, [
        make("summary", {}, ["Menu"]),
        make("ul", {}, items()),
      ]),
    );
  }
  const locales = Object.entries(context.alternates);
  if (node.props["languages"] === true && locales.length > 1) {
    const links = locales.map(([locale, path]) => {
      const attrs: Record<string, string> = { href: path, hreflang: locale, lang: locale };
      const language = LANGUAGES[locale];
      if (language) attrs["aria-label"] = `${locale.toUpperCase()} – ${language}`;
      if (locale === context.locale) attrs["aria-current"] = "true";
      return make("li", {}, [make("a", attrs, [locale.toUpperCase()])]);
    });
    const label = LANGUAGE_LABEL[context.locale] ?? "Languages";
    element.children.push(make("ul", { class: "v-languages", "aria-label": label }, links));
  }
};

function menuItem(page: PageLink, context: RenderContext): Element {
  const attrs: Record<string, string> = { href: page.path };
  if (page.id === context.pageId) attrs["aria-current"] = "page";
  return make("li", {}, [make("a", attrs, [page.title])]);
}

const table: Builder = (node, element, context) => {
  const caption = textProp(node, "caption", context);
  if (caption) element.children.push(make("caption", {}, [caption]));
  const rows = textProp(node, "rows", context)
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => line.split("|").map((cell) => cell.trim()));
  if (node.props["header"] !== false && rows.length) {
    const head = (rows.shift() ?? []).map((cell) => make("th", { scope: "col" }, [cell]));
    element.children.push(make("thead", {}, [make("tr", {}, head)]));
  }
  const body = rows.map((row) =>
    make(
      "tr",
      {},
      row.map((cell) => make("td", {}, [cell])),
    ),
  );
  element.children.push(make("tbody", {}, body));
};

const model: Builder = (node, element, context) => {
  const poster = context.asset(textProp(node, "poster", context));
  const label = textProp(node, "label", context);
  if (poster) element.children.push(img(poster, label, "100vw"));
  else if (label) element.children.push(label);
};

const BUILDERS: Readonly<Record<string, Builder>> = {
  section,
  box,
  stack: labelled,
  image,
  picture: image,
  video: media,
  audio: media,
  embed,
  icon,
  link,
  button,
  list,
  form,
  field,
  nav,
  table,
  model3d: model,
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
