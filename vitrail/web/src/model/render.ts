import icons from "../../../builder/data/icons.json";
import registry from "../../../builder/data/primitives.json";
import {
  addClass,
  addLabel,
  type Builder,
  type Element,
  make,
  type PageLink,
  type RenderContext,
  resolve,
  textProp,
} from "./elements";
import type { PageNode, Run } from "./nodes";
import { addRatio, image, img } from "./pictures";

/** One node becomes one element, described before it is made; twin of `builder/render/html.py`. */

interface Primitive {
  readonly tag: string;
  readonly tags: readonly string[];
  readonly text: boolean;
}

const PRIMITIVES = registry.primitives as unknown as Readonly<Record<string, Primitive>>;
const ICONS = icons as Readonly<Record<string, string>>;
const COLOR = /^(#[0-9a-fA-F]{3,8}|\$[\w.-]+)$/;
const NAME = /^[A-Za-z][\w-]{0,63}$/;
const INPUTS = ["text", "email", "tel", "number", "date", "time"];
const LANGUAGES: Record<string, string> = { fr: "Français", en: "English" };
const LANGUAGE_LABEL: Record<string, string> = { fr: "Langues", en: "Languages" };

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

/** Learn to build nodes of more types: what few pages have is fetched when one has it. */
export function extend(builders: Readonly<Record<string, Builder>>): void {
  Object.assign(BUILDERS, builders);
}

const section: Builder = (node, element, context) => {
  const width = node.props["width"];
  if (width === "wide" || width === "full") addClass(element, `v-${width}`);
  addLabel(node, element, context);
};

const box: Builder = (node, element, context) => {
  const href = resolve(textProp(node, "href", context), context);
  if (href) {
    element.tag = "a";
    element.attrs["href"] = href;
  }
  if (element.tag === "details" && node.props["open"] === true) element.attrs["open"] = "";
  addLabel(node, element, context);
};

const media: Builder = (node, element, context) => {
  const src = resolve(textProp(node, "src", context), context);
  Object.assign(element.attrs, { controls: "", preload: "none" });
  if (src) element.attrs["src"] = src;
  for (const flag of ["loop", "muted"]) if (node.props[flag] === true) element.attrs[flag] = "";
  addLabel(node, element, context);
};

const embed: Builder = (node, element, context) => {
  addRatio(node, element);
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
  addLabel(node, element, context);
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

const BUILDERS: Record<string, Builder> = {
  section,
  box,
  stack: addLabel,
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
