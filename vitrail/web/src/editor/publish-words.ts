import { wordsOf } from "../i18n/i18n";

/** Words of publishing only: they come with its window. */
const EN = {
  title: "Publish",
  lead: "Puts every page of this site on its public address.",
  button: "Publish now",
  busy: "Publishing",
  done: "Published",
  pages: "{n} page|{n} pages",
  history: "Published before",
  none: "Not published yet.",
  current: "Live",
  rollback: "Bring back",
  rolledBack: "The earlier version is live again.",
  see: "See the site",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  title: "Publier",
  lead: "Met chaque page de ce site à son adresse publique.",
  button: "Publier maintenant",
  busy: "Publication",
  done: "Publié",
  pages: "{n} page|{n} pages",
  history: "Publications précédentes",
  none: "Pas encore publié.",
  current: "En ligne",
  rollback: "Remettre en ligne",
  rolledBack: "La version précédente est de nouveau en ligne.",
  see: "Voir le site",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
