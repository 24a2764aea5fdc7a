import registry from "../../../builder/data/primitives.json";
import themeRegistry from "../../../builder/data/themes.json";

export type Localised = Readonly<Record<string, string>>;
export type PropType =
  | "string"
  | "richline"
  | "url"
  | "asset"
  | "enum"
  | "number"
  | "boolean"
  | "token:color"
  | "shop"; // the id of something of the shop, of the kind in `of`
export type Breakpoint = "_" | "md" | "sm";
export type State = "" | "hover" | "focus";

export interface Prop {
  readonly type: PropType;
  readonly of?: readonly string[];
  readonly default?: unknown;
  readonly localised?: boolean;
  /** Whether the role `editor`, who may not design, may change it. */
  readonly content?: boolean;
}

/** One kind of node, the only thing that the renderers know. */
export interface Primitive {
  readonly icon: string;
  readonly tag: string;
  readonly tags: readonly string[];
  readonly accepts: "any" | "none" | readonly string[];
  readonly text: boolean;
  readonly props: Readonly<Record<string, Prop>>;
  readonly styles: Readonly<Record<string, string>>;
  readonly label: Localised;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** A name for a primitive with certain tags, such as `heading`. */
export interface Variant {
  readonly type: string;
  readonly tag: string;
  readonly tags: readonly string[];
  readonly icon: string;
  readonly label: Localised;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

export interface Theme {
  readonly label: Localised;
  readonly dark: boolean;
  readonly tokens: Readonly<Record<string, string>>;
  readonly darkTokens: Readonly<Record<string, string>>;
}

export const BREAKPOINTS: readonly Breakpoint[] = ["_", "md", "sm"];
export const STATES: readonly State[] = ["", "hover", "focus"];

export const primitives = new Map<string, Primitive>(
  Object.entries(registry.primitives as unknown as Record<string, Primitive>),
);
export const variants = new Map<string, Variant>(Object.entries(registry.variants));
export const themes = new Map<string, Theme>(
  Object.entries(themeRegistry.themes as unknown as Record<string, Theme>),
);
export const defaultTheme: string = themeRegistry.default;

/** The closed list of style properties by group, each shorthand before its longhands. */
export const styleGroups: Readonly<Record<string, readonly string[]>> = registry.styleProperties;
export const styleProperties: ReadonlySet<string> = new Set(Object.values(styleGroups).flat());

/** The greatest width of each breakpoint in CSS pixels, null for the base. */
export const breakpointWidths: Readonly<Record<Breakpoint, number | null>> = {
  _: null,
  md: registry.breakpoints.md.max,
  sm: registry.breakpoints.sm.max,
};

export function accepts(parent: string, child: string): boolean {
  const rule = primitives.get(parent)?.accepts ?? "none";
  return typeof rule === "string" ? rule === "any" : rule.includes(child);
}

/** Fold case, accents and punctuation away, to compare names that people say or type. */
export function fold(words: string): string {
  return words
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}
