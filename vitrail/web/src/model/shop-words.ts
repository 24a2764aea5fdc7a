import tables from "../../../builder/data/shop.json";

/** What is written of products: prices, dates and words; twin of `builder/render/shop_words.py`. */

export interface Price {
  /** In minor units. */
  readonly amount: number;
  /** ISO 4217. */
  readonly currency: string;
  /** How many digits follow the point. */
  readonly digits: number;
  /** The price that is struck through beside it. */
  readonly compareAt: number | null;
  /** Whether other variants cost more. */
  readonly varies: boolean;
}

type Word = keyof typeof tables.words.en;
const NO_BREAK = "\u00a0";
const SEPARATORS = tables.separators as unknown as Readonly<
  Record<string, readonly [string, string]>
>;
const SYMBOLS = tables.symbols as Readonly<Record<string, string>>;
const MONTHS = tables.months as Readonly<Record<string, readonly string[]>>;
const WORDS = tables.words as Readonly<Record<string, Readonly<Record<Word, string>>>>;

const languageOf = (locale: string): string => (locale.split("-")[0] ?? "").toLowerCase();

const separators = (locale: string): readonly [string, string] =>
  SEPARATORS[languageOf(locale)] ?? ["\u202f", ","];

/** An amount in minor units as a locale writes it. */
export function priceText({ currency, digits }: Price, amount: number, locale: string): string {
  const [group, point] = separators(locale);
  const figures = String(amount).padStart(digits + 1, "0");
  const cut = figures.length - digits;
  const whole = figures.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, group);
  const number = digits > 0 ? `${whole}${point}${figures.slice(cut)}` : whole;
  const symbol = SYMBOLS[currency];
  if (!tables.symbolFirst.includes(languageOf(locale)))
    return `${number}${NO_BREAK}${symbol ?? currency}`;
  return symbol ? `${symbol}${number}` : `${currency}${NO_BREAK}${number}`;
}

/** A rating, given in tenths of stars: 43 is `4.3`, or `4,3`. */
export function ratingText(tenths: number, locale: string): string {
  return `${Math.trunc(tenths / 10)}${separators(locale)[1]}${tenths % 10}`;
}

/** A day, given as `2026-11-21`, as people write it. */
export function dateText(day: string, locale: string): string {
  const months = MONTHS[languageOf(locale)];
  const [year, month, ofMonth] = day.split("-").map(Number);
  return months ? `${ofMonth} ${months[(month ?? 1) - 1]} ${year}` : day;
}

export function word(
  name: Word,
  locale: string,
  values: Readonly<Record<string, string>> = {},
): string {
  const text = (WORDS[languageOf(locale)] ?? tables.words.en)[name];
  return Object.entries(values).reduce(
    (now, [key, value]) => now.replaceAll(`{${key}}`, value),
    text,
  );
}

export function countText(count: number, locale: string): string {
  return word(count === 1 ? "review" : "reviews", locale, { n: String(count) });
}

/** A text in a locale, in its language, in English, or in whichever there is. */
export function localised(texts: Readonly<Record<string, string>>, locale: string): string {
  const names = [locale, languageOf(locale), "en", ...Object.keys(texts).sort()];
  return names.map((name) => texts[name]).find(Boolean) ?? "";
}
