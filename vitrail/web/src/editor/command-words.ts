import { wordsOf } from "../i18n/i18n";

/** Words of the list of commands only: they come with its window. */
const EN = {
  placeholder: "What would you like to do?",
  none: "No command is called that.",
  insert: "Add {name}",
  goto: "Go to {name}",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  placeholder: "Que voulez-vous faire ?",
  none: "Aucune commande ne porte ce nom.",
  insert: "Ajouter {name}",
  goto: "Aller à {name}",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
