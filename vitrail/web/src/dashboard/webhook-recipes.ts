/** Queries to begin with: what most people want to be told, and enough of it to act upon. */

export type Recipe = "all" | "orders" | "products" | "messages" | "reviews" | "published" | "own";

function events(only: string, selected: string): string {
  const kinds = only ? `, only: [${only}]` : "";
  return `subscription ($siteId: ID!) {
  siteEvents(siteId: $siteId${kinds}) {
    seq at entityId
${selected}
  }
}`;
}

const ORDER =
  "    ... on OrderEvent { order { externalId units placedAt total { amount currency } } }";
const PRODUCT =
  "    ... on ProductEvent { product { id slug name inStock prices { amount currency } } }";
const MESSAGE = "    ... on MessageEvent { message { id locale fields } }";
const REVIEW = "    ... on ReviewEvent { review { id author rating body } }";
const PUBLISHED = "    ... on DeploymentEvent { deployment { id createdAt pages } }";
const PAGE = "    ... on PageEvent { page { id title path } }";
const COMMENT = "    ... on CommentEvent { comment { id pageId threadId body author { name } } }";

export const RECIPES: Readonly<Record<Exclude<Recipe, "own">, string>> = {
  all: events(
    "",
    ["    __typename", PUBLISHED, PAGE, PRODUCT, ORDER, MESSAGE, REVIEW, COMMENT].join("\n"),
  ),
  orders: events("ORDER", ORDER),
  products: events("PRODUCT", PRODUCT),
  messages: events("MESSAGE", MESSAGE),
  reviews: events("REVIEW", REVIEW),
  published: events("DEPLOYMENT", PUBLISHED),
};

/** Which of them a query is; its own if none. */
export function recipeOf(query: string): Recipe {
  const found = Object.entries(RECIPES).find(([, text]) => text === query.trim());
  return (found?.[0] as Recipe | undefined) ?? "own";
}
