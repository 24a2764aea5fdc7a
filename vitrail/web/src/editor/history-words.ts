import { wordsOf } from "../i18n/i18n";

/** Words of the history only: they come with its panel. */
const EN = {
  lead: "Who worked on this page. Choose a moment to see the page as it was.",
  none: "Nothing has happened yet.",
  edits: "{n} change|{n} changes",
  several: "Several people",
  vitrail: "Vitrail",
  older: "Show earlier work",
  name: "Name",
  nameNow: "Name this state",
  nameThis: "Name this moment",
  named: "“{name}” is kept for ever.",
  past: "The page as it was",
  shown: "The page on {when}",
  readOnly: "read-only",
  restore: "Restore",
  restored: "The page is again as on {when}.",
  leave: "Back to the present",
  "kind.publish": "Before publishing",
  "kind.import": "Before an import",
  "kind.restore": "Before restoring",
  "kind.run": "Before the assistant",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  lead: "Qui a travaillé sur cette page. Choisissez un moment pour la revoir.",
  none: "Il ne s’est encore rien passé.",
  edits: "{n} modification|{n} modifications",
  several: "Plusieurs personnes",
  vitrail: "Vitrail",
  older: "Afficher plus ancien",
  name: "Nommer",
  nameNow: "Nommer l’état actuel",
  nameThis: "Nommer ce moment",
  named: "« {name} » est gardée pour toujours.",
  past: "La page telle qu’elle était",
  shown: "La page le {when}",
  readOnly: "lecture seule",
  restore: "Restaurer",
  restored: "La page est de nouveau comme le {when}.",
  leave: "Revenir au présent",
  "kind.publish": "Avant la publication",
  "kind.import": "Avant une importation",
  "kind.restore": "Avant une restauration",
  "kind.run": "Avant l’assistant",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
