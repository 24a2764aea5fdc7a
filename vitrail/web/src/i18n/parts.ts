import { language } from "./i18n";

/** What blocks call their parts, in French; layers that people named themselves are not in it. */
const FRENCH: Readonly<Record<string, string>> = {
  actions: "Actions",
  answer: "Réponse",
  article: "Article",
  author: "Auteur",
  brand: "Marque",
  caption: "Légende",
  choose: "Choisir",
  contact: "Contact",
  cta: "Appel",
  "cta band": "Bandeau d’appel",
  faq: "Questions",
  feature: "Atout",
  features: "Atouts",
  figure: "Figure",
  footer: "Pied de page",
  form: "Formulaire",
  gallery: "Galerie",
  hero: "Accroche",
  icon: "Icône",
  image: "Image",
  intro: "Introduction",
  legal: "Mentions",
  menu: "Menu",
  name: "Nom",
  navbar: "Navigation",
  period: "Période",
  photo: "Photo",
  photos: "Photos",
  plan: "Formule",
  plans: "Formules",
  price: "Prix",
  pricing: "Tarifs",
  product: "Produit",
  products: "Produits",
  question: "Question",
  questions: "Questions",
  quote: "Citation",
  reviews: "Avis",
  role: "Rôle",
  send: "Envoyer",
  shop: "Boutique",
  subtitle: "Sous-titre",
  testimonial: "Témoignage",
  testimonials: "Témoignages",
  text: "Texte",
  title: "Titre",
  words: "Texte",
  "your e-mail": "Votre e-mail",
  "your message": "Votre message",
  "your name": "Votre nom",
};

/** The name of a layer as it is shown: those of blocks in the language of the interface. */
export function partName(name: string): string {
  if (language() === "fr") return FRENCH[name.toLowerCase()] ?? name;
  const isKnown = Object.hasOwn(FRENCH, name.toLowerCase());
  return isKnown ? name.charAt(0).toUpperCase() + name.slice(1) : name;
}
