import { wordsOf } from "../i18n/i18n";

/** Words of the theme only: they come with its panel. */
const EN = {
  choose: "Theme",
  colors: "Colours",
  fonts: "Type",
  heading: "Headings",
  body: "Text",
  radius: "Corners",
  reset: "Back to the theme’s",
  fontOfTheme: "Of the theme",
  "token.primary": "Primary",
  "token.on-primary": "On primary",
  "token.background": "Background",
  "token.surface": "Surface",
  "token.text": "Text",
  "token.muted": "Muted text",
  "token.accent": "Accent",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  choose: "Thème",
  colors: "Couleurs",
  fonts: "Caractères",
  heading: "Titres",
  body: "Texte",
  radius: "Coins",
  reset: "Revenir à celle du thème",
  fontOfTheme: "Du thème",
  "token.primary": "Principale",
  "token.on-primary": "Sur principale",
  "token.background": "Fond",
  "token.surface": "Surface",
  "token.text": "Texte",
  "token.muted": "Texte discret",
  "token.accent": "Accent",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
