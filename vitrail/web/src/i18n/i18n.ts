import { batch, createSignal } from "solid-js";
import type { en } from "./en";

export type Language = "fr" | "en";
export type Word = keyof typeof en;
type Values = Readonly<Record<string, string | number>>;

type Catalogue = Readonly<Record<Word, string>>;

const LOADERS: Readonly<Record<Language, () => Promise<Catalogue>>> = {
  en: () => import("./en").then((module) => module.en),
  fr: () => import("./fr").then((module) => module.fr),
};

function preferred(): Language {
  const lang = document.documentElement.lang || navigator.language;
  return lang.startsWith("fr") ? "fr" : "en";
}

const [language, setSignal] = createSignal<Language>(preferred());
const [words, setWords] = createSignal<Catalogue | null>(null);

export { language };

/** Speak a language from now on; only its words are fetched. */
export async function setLanguage(name: string): Promise<void> {
  const next: Language = name.startsWith("fr") ? "fr" : "en";
  if (words() && next === language()) return;
  const catalogue = await LOADERS[next]();
  document.documentElement.lang = next;
  batch(() => {
    setWords(catalogue);
    setSignal(next);
  });
}

/** Load the words of the page's language, before anything is drawn. */
export function loadLanguage(): Promise<void> {
  return setLanguage(preferred());
}

/** The words for a key in the language of the interface; reactive. */
export function t(word: Word, values: Values = {}): string {
  return fill(words()?.[word] ?? "", values, language());
}

/** A `t` for the words of one part, which come with that part and in both languages; reactive. */
export function wordsOf<Own extends string>(
  own: Readonly<Record<Language, Readonly<Record<Own, string>>>>,
): (word: Own, values?: Values) => string {
  return (word, values = {}) => fill(own[language()][word], values, language());
}

function fill(text: string, values: Values, lang: Language): string {
  const [one = "", other] = text.split("|");
  const count = Number(values["n"] ?? 0);
  // French counts zero and everything under two as one.
  const isOne = lang === "fr" ? Math.abs(count) < 2 : count === 1;
  const chosen = other === undefined || isOne ? one : other;
  return chosen.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

type Words = Readonly<Record<string, string>>;
const [learnt, setLearnt] = createSignal<Readonly<Record<Language, Words>>>({ en: {}, fr: {} });

/** Know words that few pages need, and that come with what needs them. */
export function learn(more: Readonly<Record<Language, Words>>): void {
  setLearnt((known) => ({ en: { ...known.en, ...more.en }, fr: { ...known.fr, ...more.fr } }));
}

/** A word that may not be in the catalogue, such as the name of a property of a block. */
export function tryWord(key: string, fallback: string, values: Values = {}): string {
  const found = (words() as Words | null)?.[key] ?? learnt()[language()][key];
  return found === undefined ? fallback : fill(found, values, language());
}

/** The value of a registry's `{fr, en}` in the language of the interface. */
export function pick(values: Readonly<Record<string, string>> | undefined, fallback = ""): string {
  return values?.[language()] ?? values?.["en"] ?? fallback;
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];

/** A time as people say it: “5 minutes ago”. */
export function ago(iso: string, now = Date.now()): string {
  const seconds = (new Date(iso).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.round(seconds / size), unit);
  }
  return format.format(0, "second");
}

export function shortDate(iso: string): string {
  return new Date(iso).toLocaleDateString(language(), { day: "numeric", month: "short" });
}

/** A day with its hour, which tells apart what was done on one day. */
export function moment(iso: string): string {
  return new Date(iso).toLocaleString(language(), { dateStyle: "medium", timeStyle: "short" });
}
