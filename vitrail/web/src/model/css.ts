import registry from "../../../builder/data/primitives.json";

/** Styles: the closed set of keys becomes declarations; twin of `builder/render/css.py`. */

export type Rule = readonly [point: string, state: string, declarations: string];

const POINTS = Object.entries(registry.breakpoints).map(
  ([name, { max }]) => [name, max] as readonly [string, number | null],
);
const STATES = ["", "hover", "focus"];
const UNSAFE = /[;{}<>\\]|url\s*\(|expression|javascript:|@import|\/\*/i;
const TOKEN = /\$([a-zA-Z][\w.-]*)/g;

export function propertyName(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

export function tokenName(token: string): string {
  return `--${token.replaceAll(".", "-")}`;
}

/** A value with its tokens as custom properties, or null if it is not safe. */
export function cssValue(value: string): string | null {
  if (UNSAFE.test(value)) return null;
  return value.replace(TOKEN, (_, token: string) => `var(${tokenName(token.replace(/\.+$/, ""))})`);
}

/** The rules of one node in cascade order; what is not safe is left out. */
export function nodeRules(styles: Readonly<Record<string, string>>): Rule[] {
  const groups = new Map<string, string[]>();
  for (const key of Object.keys(styles).sort()) {
    const [point = "", state = "", property = "", rest] = key.split(":");
    if (rest !== undefined || !POINTS.some(([name]) => name === point) || !STATES.includes(state))
      continue;
    const value = cssValue(styles[key] ?? "");
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
