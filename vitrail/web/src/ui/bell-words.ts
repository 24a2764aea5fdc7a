import { wordsOf } from "../i18n/i18n";

/** Words of notifications only: they come when the rest is there. */
const EN = {
  title: "Notifications",
  unread: "Notifications, {n} unread|Notifications, {n} unread",
  readAll: "Mark all as read",
  isNew: "Unread:",
  older: "Older ones",
  empty: "Nothing to tell yet",
  emptyText: "When somebody names you, answers you or publishes your site, it is told here.",
  MENTION: "{who} named you in {where}",
  REPLY: "{who} answered you in {where}",
  COMMENT: "{who} commented on {where}",
  INVITATION: "{who} invited you to {site}: open the link that you were sent",
  REVIEW: "Reviews of {site} wait for a moderator",
  PUBLICATION: "{who} published {site}",
  WEBHOOK: "A webhook of {site} delivers no more",
  nobody: "Somebody",
};

const FR: Readonly<Record<keyof typeof EN, string>> = {
  title: "Notifications",
  unread: "Notifications, {n} non lue|Notifications, {n} non lues",
  readAll: "Tout marquer comme lu",
  isNew: "Non lue :",
  older: "Plus anciennes",
  empty: "Rien à signaler pour l’instant",
  emptyText: "Quand quelqu’un vous mentionne, vous répond ou publie votre site, c’est dit ici.",
  MENTION: "{who} vous mentionne dans {where}",
  REPLY: "{who} vous répond dans {where}",
  COMMENT: "{who} commente {where}",
  INVITATION: "{who} vous invite à {site} : ouvrez le lien que vous avez reçu",
  REVIEW: "Des avis sur {site} attendent une modération",
  PUBLICATION: "{who} a publié {site}",
  WEBHOOK: "Un webhook de {site} ne livre plus",
  nobody: "Quelqu’un",
};

export const words = { en: EN, fr: FR };
export const w = wordsOf(words);
