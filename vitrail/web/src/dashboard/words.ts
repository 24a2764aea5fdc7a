import { wordsOf } from "../i18n/i18n";

/** Words of the dashboard’s dialogs only: those who edit need not fetch them. */
const EN = {
  accountName: "Your name",
  accountEmail: "Your e-mail address",
  accountPassword: "New password",
  accountPasswordHint: "At least 10 characters. Your other sessions will end.",
  accountSaved: "Account saved",
  messagesLead: "What visitors send through the forms of published pages.",
  messagesEmpty: "No message yet.",
  messagesRemove: "Delete the message of {when}",
  tokensTitle: "API tokens",
  tokensLead: "Programs use a token to do what you may do. Treat it as a password.",
  tokensTry: "Try the API out in GraphiQL.",
  tokensName: "What is it for?",
  tokensCreate: "Create a token",
  tokensOnce: "Copy it now: it is not shown again.",
  tokensEmpty: "No tokens yet.",
  tokensMade: "Made {when}",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  accountName: "Votre nom",
  accountEmail: "Votre adresse e-mail",
  accountPassword: "Nouveau mot de passe",
  accountPasswordHint: "10 caractères au moins. Vos autres sessions seront fermées.",
  accountSaved: "Compte enregistré",
  messagesLead: "Ce que les visiteurs envoient par les formulaires des pages publiées.",
  messagesEmpty: "Aucun message pour l’instant.",
  messagesRemove: "Supprimer le message de {when}",
  tokensTitle: "Jetons d’API",
  tokensLead:
    "Avec un jeton, un programme fait ce que vous pouvez faire. Traitez-le comme un mot de passe.",
  tokensTry: "Essayez l’API dans GraphiQL.",
  tokensName: "Pour quoi faire ?",
  tokensCreate: "Créer un jeton",
  tokensOnce: "Copiez-le maintenant : il ne sera plus montré.",
  tokensEmpty: "Aucun jeton.",
  tokensMade: "Créé {when}",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
