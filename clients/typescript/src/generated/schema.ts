// Written by `make clients` from docs/schema.graphql; changes are lost.

/** A day, as ISO 8601 writes it. */
export type Date = string;

/** ISO 8601. */
export type DateTime = string;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What became of a delivery. */
export type DeliveryState = "WAITING" | "DONE" | "FAILED";

/** What a notification tells. */
export type NotificationKind = "MENTION" | "REPLY" | "COMMENT" | "INVITATION" | "REVIEW" | "PUBLICATION" | "WEBHOOK";

export type ProductSortField = "RELEVANCE" | "PRICE" | "NAME" | "RATING" | "CREATED" | "UPDATED" | "BEST_SELLING";

/** Where a product is in its life. */
export type ProductStatus = "DRAFT" | "ACTIVE" | "ARCHIVED";

/** What the moderator said. */
export type ReviewStatus = "PENDING" | "APPROVED" | "REJECTED";

/** What an event of a site is about. */
export type SiteEventKind = "PAGE" | "DEPLOYMENT" | "MESSAGE" | "PRODUCT" | "ORDER" | "REVIEW" | "COMMENT";

/** What happens when a variant that has run out is wanted. */
export type StockPolicy = "DENY" | "CONTINUE" | "PREORDER";

/** What `sync` tells of. */
export type SyncKind = "PRODUCT" | "MERCHANT" | "COLLECTION" | "CATEGORY" | "REVIEW";

/** Why a webhook delivers no more. */
export type WebhookReason = "BY_PERSON" | "ACCESS" | "QUERY" | "GONE" | "FAILING";

/** Where else a product is sold. */
export interface AffiliateLinkInput {
  network: string;
  url: string;
  /** What a sale brings, in hundredths of a percent. */
  commission?: number | null;
}

/** An order as a shop tells it; amounts in minor units. */
export interface OrderInput {
  /** The shop's name for it: told twice, it counts once. */
  externalId: string;
  currency: string;
  lines: OrderLineInput[];
  placedAt: DateTime;
  source?: string;
  discount?: number;
  shipping?: number;
  tax?: number;
  /** What the shop came to; it must be what we come to. */
  total?: number | null;
}

/** What was bought; the price is that of one, in the order's currency. */
export interface OrderLineInput {
  name: string;
  quantity: number;
  unitAmount: number;
  productId?: string | null;
  variantId?: string | null;
}

/** A price, in minor units. */
export interface PriceInput {
  amount: number;
  currency: string;
  compareAt?: number | null;
}

/** Lowest price of a product in a currency, both ends included. */
export interface PriceRangeInput {
  currency: string;
  minimum?: number | null;
  maximum?: number | null;
}

/** Conditions on products, all of which hold. */
export interface ProductFilterInput {
  merchantId?: string | null;
  collectionId?: string | null;
  /** In this category or in one of its branches. */
  categoryId?: string | null;
  inStock?: boolean | null;
  price?: PriceRangeInput | null;
  minimumRating?: number | null;
  updatedSince?: DateTime | null;
  tags?: string[];
  status?: ProductStatus | null;
  allOf?: ProductFilterInput[];
  anyOf?: ProductFilterInput[] | null;
  noneOf?: ProductFilterInput[];
}

/** A picture: an image of the site's library, or an address. */
export interface ProductImageInput {
  imageId?: string | null;
  url?: string | null;
  /** By language. */
  alt?: Json | null;
}

/** What is said of a product; what is left out stays as it is. */
export interface ProductInput {
  names?: Json | null;
  descriptions?: Json | null;
  merchantId?: string | null;
  slug?: string | null;
  status?: ProductStatus | null;
  tags?: string[] | null;
  /** Null takes it out of its category. */
  categoryId?: string | null;
  options?: ProductOptionInput[] | null;
  images?: ProductImageInput[] | null;
  affiliateLinks?: AffiliateLinkInput[] | null;
}

/** What one chooses between. */
export interface ProductOptionInput {
  name: string;
  values: string[];
}

/** How products are sorted; by default names and prices rise, all else falls. */
export interface ProductSortInput {
  field?: ProductSortField;
  descending?: boolean | null;
  currency?: string;
  locale?: string;
}

/** Money that a shop gave back for an order. */
export interface RefundInput {
  externalId: string;
  amount: number;
  refundedAt: DateTime;
  reason?: string;
}

/** How many of a variant. */
export interface StockLineInput {
  variantId: string;
  quantity: number;
}

/** What is said of a variant; what is left out stays as it is. */
export interface VariantInput {
  sku?: string | null;
  /** What it is of each of the product's options. */
  options?: Json | null;
  prices?: PriceInput[] | null;
  available?: number | null;
  policy?: StockPolicy | null;
  /** From when on what has run out is delivered; null forgets it. */
  availableOn?: Date | null;
}
