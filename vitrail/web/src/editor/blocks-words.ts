import { wordsOf } from "../i18n/i18n";

/** Words of the palette only: they come with it. */
const EN = {
  search: "Find a block",
  none: "No block matches “{text}”.",
  noneText: "Try another word: both languages work.",
  sections: "Sections",
  elements: "Elements",
  hint: "Click to add, drag to place",
  shop: "Shop",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  search: "Trouver un bloc",
  none: "Aucun bloc ne répond à « {text} ».",
  noneText: "Essayez un autre mot : les deux langues marchent.",
  sections: "Sections",
  elements: "Éléments",
  hint: "Cliquez pour ajouter, glissez pour placer",
  shop: "Boutique",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
