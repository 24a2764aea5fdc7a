import type * as Y from "yjs";
import themes from "../../../builder/data/themes.json";
import { flatten } from "./nodes";
import { buildTree, readPositions } from "./tree";

export interface SitePage {
  readonly id: string;
  readonly titles: Readonly<Record<string, string>>;
  readonly inMenu: boolean;
}

interface Theme {
  readonly label: Readonly<Record<string, string>>;
  readonly tokens: Readonly<Record<string, string>>;
}

export const THEMES = themes.themes as unknown as Readonly<Record<string, Theme>>;

export function themeOf(site: Y.Doc): string {
  const name = String(site.getMap("meta").get("theme") ?? "");
  return name in THEMES ? name : themes.default;
}

/** A site's tokens: the theme's, then its own. */
export function tokensOf(site: Y.Doc): Record<string, string> {
  const own: Record<string, string> = {};
  site.getMap("tokens").forEach((value, key) => {
    own[key] = String(value);
  });
  return { ...THEMES[themeOf(site)]?.tokens, ...own };
}

export function localesOf(site: Y.Doc): string[] {
  const found: [string, string][] = [];
  site.getMap("locales").forEach((value, name) => {
    found.push([String((value as { i?: unknown })?.i ?? ""), name]);
  });
  return found.sort().map(([, name]) => name);
}

export function pagesOf(site: Y.Doc): SitePage[] {
  const pages = site.getMap("pages");
  return flatten(buildTree(readPositions(pages))).map(({ id }) => {
    const titles: Record<string, string> = {};
    const page = pages.get(id) as Y.Map<unknown>;
    page.forEach((value, key) => {
      if (key.startsWith("title@")) titles[key.slice(6)] = String(value);
    });
    return { id, titles, inMenu: page.get("nav") !== false };
  });
}
