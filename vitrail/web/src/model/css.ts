import registry from "../../../builder/data/primitives.json";

/** Styles: the closed set of keys becomes declarations; twin of `builder/render/css.py`. */

export type Rule = readonly [point: string, state: string, declarations: string];

const POINTS = Object.entries(registry.breakpoints).map(
  ([name, { max }]) => [name, max] as readonly [string, number | null],
);
const STATES = ["", "hover", "focus"];
const UNSAFE = /[;{}<>\\]|url\s*\(|expression|javascript:|@import|\/\*/i;
// One image of the library as the first layer; what follows it, such as a position, is kept.
const ASSET = /^url\(asset:([0-9A-Za-z_-]+)\)/;
const TOKEN = /\$([a-zA-Z][\w.-]*)/g;

/** The address of an image of the library, or null. */
export type Picture = (asset: string) => string | null;
const noPicture: Picture = () => null;

function quoted(address: string): string {
  return address.replace(/[^\w./:~-]/g, (letter) => encodeURIComponent(letter));
}

export function propertyName(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function tokenName(token: string): string {
  return `--${token.replaceAll(".", "-")}`;
}

/**
 * A value as CSS: tokens as custom properties, images of the library by their address. Null if it
 * is not safe, or names an image that is not there.
 */
export function cssValue(value: string, picture: Picture = noPicture): string | null {
  const asset = ASSET.exec(value);
  if (asset) {
    const address = picture(asset[1] ?? "");
    const rest = cssValue(value.slice(asset[0].length));
    return address === null || rest === null ? null : `url("${quoted(address)}")${rest}`;
  }
  if (UNSAFE.test(value)) return null;
  return value.replace(TOKEN, (_, token: string) => `var(${tokenName(token.replace(/\.+$/, ""))})`);
}

/** The rules of one node in cascade order; what is not safe is left out. */
export function nodeRules(
  styles: Readonly<Record<string, string>>,
  picture: Picture = noPicture,
): Rule[] {
  const groups = new Map<string, string[]>();
  for (const key of Object.keys(styles).sort()) {
    const [point = "", state = "", property = "", rest] = key.split(":");
    if (rest !== undefined || !POINTS.some(([name]) => name === point) || !STATES.includes(state))
      continue;
    const value = cssValue(styles[key] ?? "", picture);
    if (value === null || !/^[a-zA-Z]+$/.test(property)) continue;
    const group = `${point}:${state}`;
    groups.set(group, [...(groups.get(group) ?? []), `${propertyName(property)}:${value}`]);
  }
  return POINTS.flatMap(([point]) =>
    STATES.flatMap((state): Rule[] => {
      const found = groups.get(`${point}:${state}`);
      return found ? [[point, state, found.join(";")]] : [];
    }),
  );
}

export function ruleText(selector: string, [point, state, declarations]: Rule): string {
  const pseudo = state === "focus" ? ":focus-visible" : state ? `:${state}` : "";
  const text = `${selector}${pseudo}{${declarations}}`;
  const widest = POINTS.find(([name]) => name === point)?.[1] ?? null;
  return widest === null ? text : `@media(max-width:${widest}px){${text}}`;
}

/** The default styles of the primitives. */
export function primitiveCss(): string {
  return Object.entries(registry.primitives)
    .flatMap(([name, primitive]) => {
      const styles: Record<string, string> = {};
      for (const [key, value] of Object.entries(primitive.styles as Record<string, string>)) {
        const at = key.lastIndexOf(":");
        styles[`${at < 0 ? "_" : key.slice(0, at)}::${key.slice(at + 1)}`] = value;
      }
      return nodeRules(styles).map((rule) => ruleText(`.v-${name}`, rule));
    })
    .join("");
}

export function tokenCss(tokens: Readonly<Record<string, string>>): string {
  const safe = Object.entries(tokens).filter(([key, value]) => !UNSAFE.test(key + value));
  return `:root{${safe.map(([key, value]) => `${tokenName(key)}:${value}`).join(";")}}`;
}
