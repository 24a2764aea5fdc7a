import { wordsOf } from "../i18n/i18n";

/** Words of the library of images only: they come with its panel. */
const EN = {
  drop: "Drop images here",
  dropText: "or choose files. They are turned into WebP and AVIF.",
  uploading: "Uploading {n} file|Uploading {n} files",
  empty: "No images yet",
  alt: "What the image shows",
  insert: "Insert",
  delete: "Delete the image",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  drop: "Déposez des images ici",
  dropText: "ou choisissez des fichiers. Ils deviennent du WebP et de l’AVIF.",
  uploading: "Envoi de {n} fichier|Envoi de {n} fichiers",
  empty: "Pas encore d’images",
  alt: "Ce que montre l’image",
  insert: "Insérer",
  delete: "Supprimer l’image",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
