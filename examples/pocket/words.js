/** The words of the interface, in French and English. */
const WORDS = {
  fr: {
    welcome: "Les prix d’une boutique et les titres de ses pages, en direct, et même hors ligne.",
    server: "Serveur",
    token: "Jeton",
    site: "Site",
    connect: "Se connecter",
    leave: "Se déconnecter",
    sure: "Des changements n’ont pas encore été envoyés. Se déconnecter et les perdre ?",
    products: "Produits",
    headlines: "Titres",
    live: "En direct",
    offline: "Hors ligne",
    waiting: (n) => (n > 1 ? `${n} changements à envoyer` : "1 changement à envoyer"),
    conflicts: (n) => (n > 1 ? `${n} choix à faire` : "1 choix à faire"),
    price: (name, currency) => `Prix de ${name}, en ${currency}`,
    headline: (page) => `Titre de la page ${page}`,
    search: "Chercher un produit",
    currency: "Monnaie",
    more: (n) => `Afficher la suite (${n})`,
    none: "Ce site ne vend rien encore.",
    notFound: "Aucun produit ne porte ce nom.",
    kept: "Gardé ici, à envoyer.",
    wrong: (example) => `Écrivez un prix, comme ${example}.`,
    meanwhile: "Changé entre-temps par quelqu’un d’autre : ",
    mine: "Garder le mien",
    theirs: "Prendre le leur",
    refused: (why) => `Refusé : ${why}`,
    gone: (what) => `N’est plus là, et n’a donc pas été changé en « ${what} ».`,
    forgotten: "Le serveur ne connaît pas ou plus ce jeton.",
    unreachable: "Ce serveur ne répond pas.",
    noSite: "Ce jeton ne donne accès à aucun site de ce nom.",
    other: "English",
  },
  en: {
    welcome: "A shop’s prices and the headlines of its pages, live, and even offline.",
    server: "Server",
    token: "Token",
    site: "Site",
    connect: "Connect",
    leave: "Disconnect",
    sure: "Some changes have not been sent yet. Disconnect and lose them?",
    products: "Products",
    headlines: "Headlines",
    live: "Live",
    offline: "Offline",
    waiting: (n) => (n > 1 ? `${n} changes to send` : "1 change to send"),
    conflicts: (n) => (n > 1 ? `${n} choices to make` : "1 choice to make"),
    price: (name, currency) => `Price of ${name}, in ${currency}`,
    headline: (page) => `Headline of the page ${page}`,
    search: "Find a product",
    currency: "Currency",
    more: (n) => `Show more (${n})`,
    none: "This site sells nothing yet.",
    notFound: "No product has that name.",
    kept: "Kept here, to be sent.",
    wrong: (example) => `Write a price, as ${example}.`,
    meanwhile: "Changed meanwhile by somebody else: ",
    mine: "Keep mine",
    theirs: "Take theirs",
    refused: (why) => `Refused: ${why}`,
    gone: (what) => `Is not there any more, and was not changed to “${what}”.`,
    forgotten: "The server does not know this token, or not any more.",
    unreachable: "This server does not answer.",
    noSite: "This token opens no site of that name.",
    other: "Français",
  },
};

export let language = localStorage.getItem("pocket/language") ?? (navigator.language.startsWith("fr") ? "fr" : "en");

/** Return a word of the interface. */
export function word(name, ...args) {
  const found = WORDS[language][name];
  return typeof found === "function" ? found(...args) : found;
}

/** Speak the other language. */
export function turn() {
  language = language === "fr" ? "en" : "fr";
  localStorage.setItem("pocket/language", language);
}
