import { createSignal } from "solid-js";
import { language } from "./i18n";

type Say = (message: string) => string;

const PATIENCE_MS = 1000;
const inEnglish: Say = (message) => message;
const [french, setFrench] = createSignal<Say | null>(null);
let isAsked = false;

// Whoever sees no error in French fetches no French of errors.
async function learnFrench(): Promise<void> {
  isAsked = true;
  const late = setTimeout(() => setFrench((say) => say ?? inEnglish), PATIENCE_MS);
  try {
    const { inFrench } = await import("./french-errors");
    setFrench(() => inFrench);
  } catch {
    // Without a line English is better than nothing; the next error asks again.
    isAsked = false;
    setFrench(() => inEnglish);
  }
  clearTimeout(late);
}

/**
 * What the server or the executor said, in the language of the interface; reactive.
 * In French it is empty for the moment that it takes to fetch the words, and English if they do not come.
 */
export function told(message: string): string {
  if (language() !== "fr" || !message) return message;
  if (!isAsked) void learnFrench();
  return french()?.(message) ?? "";
}

/** A message and its hint, as they are shown: each a sentence. */
export function sentences(...messages: readonly (string | undefined)[]): string {
  return messages
    .map((message) => told(message ?? "").replace(/^\p{Ll}(?=[\p{L}’'-]*[ ,:]|\p{L}*$)/u, upper))
    .filter(Boolean)
    .map((text) => (/[.!?…]$/.test(text) ? text : `${text}.`))
    .join(" ");
}

const upper = (letter: string): string => letter.toUpperCase();
