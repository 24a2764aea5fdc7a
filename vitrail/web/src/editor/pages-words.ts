import { wordsOf } from "../i18n/i18n";

/** Words of the list of pages only: they come with its panel. */
const EN = {
  add: "Add a page",
  title: "Title of the page",
  address: "Address",
  deleteTitle: "Delete “{name}”?",
  deleteText: "Links that lead to this page will stop working.",
  up: "Move the page up",
  down: "Move the page down",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  add: "Ajouter une page",
  title: "Titre de la page",
  address: "Adresse",
  deleteTitle: "Supprimer « {name} » ?",
  deleteText: "Les liens qui mènent à cette page ne marcheront plus.",
  up: "Monter la page",
  down: "Descendre la page",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
