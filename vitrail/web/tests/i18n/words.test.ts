// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { en } from "../../src/i18n/en";
import { fr } from "../../src/i18n/fr";
import { setLanguage, t, wordsOf } from "../../src/i18n/i18n";

type Words = Readonly<Record<string, string>>;
type InBoth = Readonly<Record<"en" | "fr", Words>>;

const modules = import.meta.glob<Readonly<Record<string, unknown>>>("../../src/**/*.ts");
const sources = import.meta.glob<string>("../../src/**/*.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});

const isInBoth = (value: unknown): value is InBoth =>
  typeof value === "object" && value !== null && "en" in value && "fr" in value;

/** Each module of words by its path: the catalogue that all wait for, and those that come with a part. */
async function catalogues(): Promise<Map<string, InBoth>> {
  const found = new Map<string, InBoth>([["src/i18n", { en, fr }]]);
  for (const [path, source] of Object.entries(sources)) {
    if (!/= wordsOf\(|export const shopWords/.test(source)) continue;
    const exported = Object.values((await modules[path]?.()) ?? {}).find(isInBoth);
    if (!exported) throw new Error(`${path} exports no words in both languages`);
    found.set(path, exported);
  }
  return found;
}

/** What a text is filled with, and whether it is said apart for one and for many. */
const shape = (text: string) => ({
  values: [...new Set(text.match(/\{\w+\}/g))].sort(),
  forms: text.split("|").length,
});

const all = await catalogues();

describe.each([...all])("the words of %s", (_path, words) => {
  it("are the same in French and in English", () => {
    expect(Object.keys(words.fr).sort()).toEqual(Object.keys(words.en).sort());
  });

  it("say the same values, and count alike", () => {
    const shapes = (language: "en" | "fr") =>
      Object.entries(words[language]).map(([word, text]) => [word, shape(text)]);
    expect(Object.fromEntries(shapes("fr"))).toEqual(Object.fromEntries(shapes("en")));
  });

  it("are all said", () => {
    for (const text of [...Object.values(words.en), ...Object.values(words.fr)])
      expect(text.trim()).not.toBe("");
  });
});

it("of a part are said in the language of all others", async () => {
  const w = wordsOf({
    en: { pages: "{n} page|{n} pages" },
    fr: { pages: "{n} feuille|{n} feuilles" },
  });
  await setLanguage("fr");
  expect([w("pages", { n: 0 }), w("pages", { n: 2 })]).toEqual(["0 feuille", "2 feuilles"]);
  expect(t("action.close")).toBe("Fermer");
  await setLanguage("en");
  expect([w("pages", { n: 0 }), w("pages", { n: 1 })]).toEqual(["0 pages", "1 page"]);
  expect(t("action.close")).toBe("Close");
});
