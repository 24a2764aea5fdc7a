import { createSignal } from "solid-js";

const WORDS = {
  sites: ["Sites", "Sites"],
  newSite: ["Nouveau site", "New site"],
  siteName: ["Nom du site", "Site name"],
  template: ["Modèle", "Template"],
  create: ["Créer", "Create"],
  cancel: ["Annuler", "Cancel"],
  open: ["Ouvrir", "Open"],
  visit: ["Voir le site", "Visit"],
  rename: ["Renommer", "Rename"],
  remove: ["Supprimer", "Delete"],
  removeSure: ["Supprimer « {} » et toutes ses pages ?", "Delete “{}” and all its pages?"],
  signOut: ["Se déconnecter", "Sign out"],
  signIn: ["Se connecter", "Sign in"],
  email: ["Adresse e-mail", "E-mail"],
  password: ["Mot de passe", "Password"],
  lost: [
    "Pas de mot de passe ? Sur le serveur, « vitrail login-link » crée un lien.",
    "No password? On the server, `vitrail login-link` makes a link.",
  ],
  noSites: ["Aucun site pour l’instant", "No site yet"],
  noSitesText: [
    "Créez le premier : choisissez un modèle, puis invitez vos collègues.",
    "Create the first one: choose a template, then invite your colleagues.",
  ],
  pages: ["Pages", "Pages"],
  page: ["page", "page"],
  published: ["en ligne", "published"],
  draft: ["brouillon", "draft"],
  add: ["Ajouter", "Add"],
  layers: ["Calques", "Layers"],
  theme: ["Thème", "Theme"],
  media: ["Images", "Media"],
  findBlock: ["Chercher un bloc", "Find a block"],
  findLayer: ["Chercher un calque", "Find a layer"],
  blocks: ["Blocs", "Blocks"],
  elements: ["Éléments", "Elements"],
  content: ["Contenu", "Content"],
  style: ["Style", "Style"],
  share: ["Partager", "Share"],
  preview: ["Aperçu", "Preview"],
  publish: ["Publier", "Publish"],
  publishing: ["Publication…", "Publishing…"],
  isLive: ["Votre site est en ligne", "Your site is live"],
  saved: ["Enregistré", "Saved"],
  saving: ["Enregistrement", "Saving"],
  opening: ["Ouverture", "Opening"],
  offline: ["Hors ligne", "Offline"],
  notSent: ["{} modifications non envoyées", "{} changes not sent"],
  readonly: ["Lecture seule", "Read only"],
  refused: ["Modification refusée", "Change refused"],
  denied: ["Accès refusé", "No access"],
  undo: ["Annuler", "Undo"],
  redo: ["Rétablir", "Redo"],
  duplicate: ["Dupliquer", "Duplicate"],
  nothing: ["Rien n’est sélectionné", "Nothing is selected"],
  nothingText: [
    "Cliquez un élément de la page, ou choisissez-le dans les calques.",
    "Click something on the page, or choose it in the layers.",
  ],
  emptyPage: ["Glissez un bloc ici pour commencer", "Drag a block here to begin"],
  text: ["Texte", "Text"],
  name: ["Nom", "Name"],
  link: ["Lien", "Link"],
  image: ["Image", "Image"],
  alt: ["Texte alternatif", "Alternative text"],
  none: ["Aucun", "None"],
  fill: ["Fond", "Fill"],
  color: ["Couleur", "Colour"],
  size: ["Taille", "Size"],
  weight: ["Graisse", "Weight"],
  align: ["Alignement", "Align"],
  padding: ["Marge interne", "Padding"],
  gap: ["Espacement", "Gap"],
  radius: ["Arrondi", "Radius"],
  columns: ["Colonnes", "Columns"],
  width: ["Largeur max.", "Max width"],
  setHere: ["Réglé ici", "Set here"],
  reset: ["Réinitialiser", "Reset"],
  upload: ["Ajouter des images", "Add images"],
  uploading: ["Envoi…", "Uploading…"],
  noMedia: ["Déposez des images ici", "Drop images here"],
  noMediaText: ["Elles sont converties en WebP et AVIF.", "They become WebP and AVIF."],
  newPage: ["Nouvelle page", "New page"],
  pageTitle: ["Titre de la page", "Page title"],
  removePageSure: ["Supprimer la page « {} » ?", "Delete the page “{}”?"],
  inviteAs: ["Inviter comme", "Invite as"],
  makeLink: ["Créer un lien", "Make a link"],
  copy: ["Copier", "Copy"],
  copied: ["Copié", "Copied"],
  members: ["Membres", "Members"],
  primary: ["Couleur principale", "Primary colour"],
  close: ["Fermer", "Close"],
  rollback: ["Revenir à cette version", "Roll back to this"],
  deployments: ["Publications", "Deployments"],
  commands: ["Toutes les commandes", "All commands"],
  follow: ["Suivre {}", "Follow {}"],
  hide: ["Masquer", "Hide"],
  show: ["Afficher", "Show"],
  tablet: ["Tablette", "Tablet"],
  mobile: ["Mobile", "Mobile"],
  desktop: ["Ordinateur", "Desktop"],
  language: ["Langue", "Language"],
  dark: ["Thème sombre", "Dark theme"],
  light: ["Thème clair", "Light theme"],
  dashboard: ["Tableau de bord", "Dashboard"],
  moveUp: ["Monter", "Move up"],
  moveDown: ["Descendre", "Move down"],
  owner: ["Propriétaire", "Owner"],
  admin: ["Administrateur", "Admin"],
  designer: ["Designer", "Designer"],
  editor: ["Rédacteur (contenu seul)", "Editor (content only)"],
  commenter: ["Commentateur", "Commenter"],
  analyst: ["Analyste", "Analyst"],
  viewer: ["Lecteur", "Viewer"],
  failed: ["Cela n’a pas marché", "That did not work"],
} as const satisfies Record<string, readonly [string, string]>;

export type Word = keyof typeof WORDS;
export type Language = "fr" | "en";

const initial: Language = document.documentElement.lang === "en" ? "en" : "fr";
const [language, setLanguage] = createSignal<Language>(
  (localStorage.getItem("language") as Language | null) ?? initial,
);
export { language };

export function speak(next: Language): void {
  localStorage.setItem("language", next);
  document.documentElement.lang = next;
  setLanguage(next);
}

/** A word of the interface; `{}` is replaced. */
export function t(word: Word, value = ""): string {
  return WORDS[word][language() === "fr" ? 0 : 1].replace("{}", value);
}

export function local(texts: Readonly<Record<string, string>>): string {
  return texts[language()] ?? Object.values(texts)[0] ?? "";
}
