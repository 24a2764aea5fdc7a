import { wordsOf } from "../i18n/i18n";

/** Words of the bar over a text only: they come with it. */
const EN = {
  toolbar: "Text format",
  bold: "Bold",
  italic: "Italic",
  code: "Code",
  link: "Link",
  unlink: "Remove the link",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  toolbar: "Mise en forme",
  bold: "Gras",
  italic: "Italique",
  code: "Code",
  link: "Lien",
  unlink: "Retirer le lien",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
