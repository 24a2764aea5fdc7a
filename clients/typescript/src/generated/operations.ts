// Written by `make clients` from docs/schema.graphql; changes are lost.
import type { Mutation, Query, Subscription } from "../operation.ts";
import type { Date, DateTime, DeliveryState, Json, NotificationKind, OrderInput, PriceInput, ProductFilterInput, ProductInput, ProductSortInput, ProductStatus, RefundInput, ReviewStatus, SiteEventKind, StockLineInput, StockPolicy, SyncKind, VariantInput, WebhookReason } from "./schema.ts";

/** A person. */
export interface User {
  __typename: "User";
  id: string;
  name: string;
  color: string;
}

/** A branch of a site's tree of categories. */
export interface Category {
  __typename: "Category";
  id: string;
  slug: string;
  /** By language. */
  names: Json;
  parent: string | null;
  position: number;
  revision: number;
}

/** Products that somebody put together. */
export interface Collection {
  __typename: "Collection";
  id: string;
  slug: string;
  /** By language. */
  names: Json;
}

/** What somebody said about a page. The first comment stands for its thread: what it is about, whether it is resolved, and its replies. */
export interface Comment {
  __typename: "Comment";
  id: string;
  pageId: string;
  /** The first comment of its thread. */
  threadId: string;
  /** None if the account is gone. */
  author: User | null;
  /** Plain text; empty if it was deleted. */
  body: string;
  createdAt: DateTime;
  editedAt: DateTime | null;
  /** A first comment leaves its place when it was answered. */
  deletedAt: DateTime | null;
  /** The block that the thread is about; none for the page as a whole. */
  nodeId: string | null;
  /** What the block said when the thread began. */
  quote: string;
  resolvedAt: DateTime | null;
  resolvedBy: User | null;
  /** Whether the block that the thread is about is not on the page any more. */
  nodeRemoved: boolean;
}

/** What was published at a moment. */
export interface Deployment {
  __typename: "Deployment";
  id: string;
  createdAt: DateTime;
  pages: number;
  bytes: number;
  live: boolean;
}

/** An image of a site's library. */
export interface Image {
  __typename: "Image";
  id: string;
  name: string;
  /** Alternative texts, by language. */
  alt: Json;
  width: number;
  height: number;
  url: string;
}

/** Who sells. */
export interface NodeMerchant {
  __typename: "Merchant";
  id: string;
  slug: string;
  name: string;
  country: string;
  merchantUrl: string | null;
  revision: number;
}

/** What a visitor wrote in a form of a published page. */
export interface Message {
  __typename: "Message";
  id: string;
  pageId: string;
  locale: string;
  fields: Json;
  createdAt: DateTime;
}

/** A page of a site. */
export interface Page {
  __typename: "Page";
  id: string;
  title: string;
  slug: string;
  path: string;
  /** Titles, by language. */
  titles: Json;
  parent: string | null;
  /** How many changes the page has seen: what `pageChanged` counts. */
  revision: number;
}

/** Something that you are told. */
export interface NodeNotification {
  __typename: "Notification";
  id: string;
  /** Its number among yours, for `sinceSeq`. */
  seq: number;
  kind: NotificationKind;
  createdAt: DateTime;
  readAt: DateTime | null;
  /** Who did it, if somebody did. */
  actor: User | null;
  siteId: string;
  siteName: string;
  notificationPageId: string | null;
  /** The page on which it happened, while it is on its site. */
  page: Page | null;
  /** The comment that it tells of. */
  comment: Comment | null;
}

/** An amount in minor units (cents, yen) of an ISO 4217 currency. */
export interface Money {
  amount: number;
  currency: string;
}

/** What was bought in an order. */
export interface OrderLine {
  name: string;
  quantity: number;
  unitPrice: Money;
  /** It may be deleted since. */
  productId: string | null;
  variantId: string | null;
}

/** Money that went back for an order. */
export interface RefundFact {
  externalId: string;
  amount: Money;
  reason: string;
  refundedAt: DateTime;
}

/** An order as a shop told it. */
export interface OrderFact {
  __typename: "OrderFact";
  id: string;
  externalId: string;
  source: string;
  total: Money;
  refunded: Money;
  /** How many things were bought. */
  units: number;
  lines: OrderLine[];
  refunds: RefundFact[];
  placedAt: DateTime;
}

/** What one chooses between. */
export interface ProductOption {
  name: string;
  values: string[];
}

/** A picture of a product: an image of the library, or an address. */
export interface ProductImage {
  imageId: string | null;
  url: string | null;
  /** By language. */
  alt: Json;
}

/** Where else a product is sold. */
export interface AffiliateLink {
  network: string;
  url: string;
  /** What a sale brings, in hundredths of a percent. */
  commission: number | null;
}

/** Who sells. */
export interface Merchant {
  __typename: "Merchant";
  id: string;
  slug: string;
  name: string;
  country: string;
  url: string | null;
  revision: number;
}

/** What something costs in a currency. */
export interface Price {
  /** In minor units. */
  amount: number;
  currency: string;
  /** The price that is struck through. */
  compareAt: number | null;
}

/** How many there are to sell, and how many are set aside. */
export interface Stock {
  available: number;
  reserved: number;
  policy: StockPolicy;
  /** From when on what has run out is delivered, if that is known. */
  availableOn: Date | null;
}

/** One thing that can be bought. */
export interface Variant {
  __typename: "Variant";
  id: string;
  sku: string;
  options: Json;
  prices: Price[];
  stock: Stock;
  revision: number;
}

/** Something that a site sells. */
export interface Product {
  __typename: "Product";
  id: string;
  slug: string;
  status: ProductStatus;
  /** By language. */
  names: Json;
  /** By language. */
  descriptions: Json;
  tags: string[];
  options: ProductOption[];
  images: ProductImage[];
  affiliateLinks: AffiliateLink[];
  category: string | null;
  merchant: Merchant;
  /** The lowest of its variants, by currency. */
  prices: Price[];
  /** Of all its variants together. */
  stock: Stock;
  inStock: boolean;
  rating: number | null;
  reviewCount: number;
  createdAt: DateTime;
  updatedAt: DateTime;
  revision: number;
  /** What of it can be bought, in order. */
  variants: Variant[];
}

/** What somebody says of a product. */
export interface NodeReview {
  __typename: "Review";
  id: string;
  reviewAuthor: string;
  reviewRating: number;
  body: string;
  locale: string;
  /** Whether they are known to have bought it. */
  verified: boolean;
  createdAt: DateTime;
  productId: string;
  reviewStatus: ReviewStatus;
}

/** Whether shops of others may fetch a site's products, and where. */
export interface ProductFeed {
  enabled: boolean;
  /** Where a product is shown; see productFeedSet. */
  link: string;
  currency: string;
  /** For Google Merchant; `?locale=` may follow. */
  googleUrl: string;
  /** For Meta; `?locale=` may follow. */
  metaUrl: string;
}

/** A site. */
export interface NodeSite {
  __typename: "Site";
  id: string;
  slug: string;
  name: string;
  /** What the asker is on it. */
  role: string | null;
  updatedAt: DateTime;
  publishedAt: DateTime | null;
  /** Where it is published. */
  siteUrl: string | null;
  /** Whether shops of others may fetch its products, and where. */
  productFeed: ProductFeed;
  /** Its design tokens. */
  theme: Json;
}

/** One thing that can be bought. */
export interface NodeVariant {
  __typename: "Variant";
  id: string;
  sku: string;
  variantOptions: Json;
  prices: Price[];
  stock: Stock;
  revision: number;
}

/** A named or automatic version of a page. */
export interface NodeVersion {
  __typename: "Version";
  id: string;
  seq: number;
  label: string;
  versionKind: string;
  at: DateTime;
}

/** A program on another server that is told what happens on a site. */
export interface Webhook {
  __typename: "Webhook";
  id: string;
  url: string;
  /** The subscription that makes its messages. */
  query: string;
  enabled: boolean;
  /** Why it is not enabled. */
  reason: WebhookReason | null;
  failingSince: DateTime | null;
  nextAttemptAt: DateTime | null;
  createdAt: DateTime;
  /** Who made it; it tells what they may know. */
  userId: string;
}

/** A message of a webhook, and what became of it. */
export interface NodeWebhookDelivery {
  __typename: "WebhookDelivery";
  id: string;
  /** The number of the event; 0 for a test. */
  seq: number;
  state: DeliveryState;
  type: string;
  /** The message, as JSON. */
  body: string;
  createdAt: DateTime;
  attempts: number;
  attemptedAt: DateTime | null;
  /** What was answered last; none if nothing was. */
  webhookDeliveryStatus: number | null;
  /** How long that took. */
  milliseconds: number | null;
  /** The beginning of the answer, or why there is none. */
  answer: string | null;
}

/** Anything that has an id: the name of its document. */
export type Node = Category | Collection | Comment | Deployment | Image | NodeMerchant | Message | NodeNotification | OrderFact | Page | Product | NodeReview | NodeSite | User | NodeVariant | NodeVersion | Webhook | NodeWebhookDelivery;

/** Who sells. */
export interface NodesMerchant {
  __typename: "Merchant";
  id: string;
  slug: string;
  name: string;
  country: string;
  merchantUrl: string | null;
  revision: number;
}

/** Something that you are told. */
export interface NodesNotification {
  __typename: "Notification";
  id: string;
  /** Its number among yours, for `sinceSeq`. */
  seq: number;
  kind: NotificationKind;
  createdAt: DateTime;
  readAt: DateTime | null;
  /** Who did it, if somebody did. */
  actor: User | null;
  siteId: string;
  siteName: string;
  notificationPageId: string | null;
  /** The page on which it happened, while it is on its site. */
  page: Page | null;
  /** The comment that it tells of. */
  comment: Comment | null;
}

/** What somebody says of a product. */
export interface NodesReview {
  __typename: "Review";
  id: string;
  reviewAuthor: string;
  reviewRating: number;
  body: string;
  locale: string;
  /** Whether they are known to have bought it. */
  verified: boolean;
  createdAt: DateTime;
  productId: string;
  reviewStatus: ReviewStatus;
}

/** A site. */
export interface NodesSite {
  __typename: "Site";
  id: string;
  slug: string;
  name: string;
  /** What the asker is on it. */
  role: string | null;
  updatedAt: DateTime;
  publishedAt: DateTime | null;
  /** Where it is published. */
  siteUrl: string | null;
  /** Whether shops of others may fetch its products, and where. */
  productFeed: ProductFeed;
  /** Its design tokens. */
  theme: Json;
}

/** One thing that can be bought. */
export interface NodesVariant {
  __typename: "Variant";
  id: string;
  sku: string;
  variantOptions: Json;
  prices: Price[];
  stock: Stock;
  revision: number;
}

/** A named or automatic version of a page. */
export interface NodesVersion {
  __typename: "Version";
  id: string;
  seq: number;
  label: string;
  versionKind: string;
  at: DateTime;
}

/** A message of a webhook, and what became of it. */
export interface NodesWebhookDelivery {
  __typename: "WebhookDelivery";
  id: string;
  /** The number of the event; 0 for a test. */
  seq: number;
  state: DeliveryState;
  type: string;
  /** The message, as JSON. */
  body: string;
  createdAt: DateTime;
  attempts: number;
  attemptedAt: DateTime | null;
  /** What was answered last; none if nothing was. */
  webhookDeliveryStatus: number | null;
  /** How long that took. */
  milliseconds: number | null;
  /** The beginning of the answer, or why there is none. */
  answer: string | null;
}

/** Anything that has an id: the name of its document. */
export type Nodes = Category | Collection | Comment | Deployment | Image | NodesMerchant | Message | NodesNotification | OrderFact | Page | Product | NodesReview | NodesSite | User | NodesVariant | NodesVersion | Webhook | NodesWebhookDelivery;

/** A site. */
export interface Site {
  __typename: "Site";
  id: string;
  slug: string;
  name: string;
  /** What the asker is on it. */
  role: string | null;
  updatedAt: DateTime;
  publishedAt: DateTime | null;
  /** Where it is published. */
  url: string | null;
  /** Whether shops of others may fetch its products, and where. */
  productFeed: ProductFeed;
  /** Its design tokens. */
  theme: Json;
}

/** Where a page of a list lies in it. */
export interface PageInfo {
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  startCursor: string | null;
  endCursor: string | null;
}

export interface SiteConnection {
  nodes: Site[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** What somebody did to a page without a pause. */
export interface EditSession {
  /** Its first moment. */
  first: number;
  /** Its last moment: what pageAt and pageRestore take. */
  last: number;
  beganAt: DateTime;
  endedAt: DateTime;
  edits: number;
  user: User | null;
  /** person, token, assistant or system. */
  kind: string;
}

/** Who worked on a page when, the latest first. */
export interface EditSessions {
  sessions: EditSession[];
  /** Send it as `before` for those before these. */
  next: number | null;
}

export interface ProductConnection {
  nodes: Product[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

export interface MerchantConnection {
  nodes: Merchant[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

export interface CollectionConnection {
  nodes: Collection[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** What somebody says of a product. */
export interface Review {
  __typename: "Review";
  id: string;
  author: string;
  rating: number;
  body: string;
  locale: string;
  /** Whether they are known to have bought it. */
  verified: boolean;
  createdAt: DateTime;
  productId: string;
  status: ReviewStatus;
}

export interface ReviewConnection {
  nodes: Review[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** What somebody said about a page. The first comment stands for its thread: what it is about, whether it is resolved, and its replies. */
export interface SyncPageChangedComment {
  __typename: "Comment";
  id: string;
}

/** What was published at a moment. */
export interface SyncPageChangedDeployment {
  __typename: "Deployment";
  id: string;
}

/** An image of a site's library. */
export interface SyncPageChangedImage {
  __typename: "Image";
  id: string;
}

/** What a visitor wrote in a form of a published page. */
export interface SyncPageChangedMessage {
  __typename: "Message";
  id: string;
}

/** Something that you are told. */
export interface SyncPageChangedNotification {
  __typename: "Notification";
  id: string;
}

/** An order as a shop told it. */
export interface SyncPageChangedOrderFact {
  __typename: "OrderFact";
  id: string;
}

/** A page of a site. */
export interface SyncPageChangedPage {
  __typename: "Page";
  id: string;
}

/** What somebody says of a product. */
export interface SyncPageChangedReview {
  __typename: "Review";
  id: string;
  author: string;
  reviewRating: number;
  body: string;
  locale: string;
  /** Whether they are known to have bought it. */
  verified: boolean;
  createdAt: DateTime;
  productId: string;
  reviewStatus: ReviewStatus;
}

/** A site. */
export interface SyncPageChangedSite {
  __typename: "Site";
  id: string;
}

/** A person. */
export interface SyncPageChangedUser {
  __typename: "User";
  id: string;
}

/** One thing that can be bought. */
export interface SyncPageChangedVariant {
  __typename: "Variant";
  id: string;
}

/** A named or automatic version of a page. */
export interface SyncPageChangedVersion {
  __typename: "Version";
  id: string;
}

/** A program on another server that is told what happens on a site. */
export interface SyncPageChangedWebhook {
  __typename: "Webhook";
  id: string;
}

/** A message of a webhook, and what became of it. */
export interface SyncPageChangedWebhookDelivery {
  __typename: "WebhookDelivery";
  id: string;
}

/** Anything that has an id: the name of its document. */
export type SyncPageChanged = Category | Collection | SyncPageChangedComment | SyncPageChangedDeployment | SyncPageChangedImage | Merchant | SyncPageChangedMessage | SyncPageChangedNotification | SyncPageChangedOrderFact | SyncPageChangedPage | Product | SyncPageChangedReview | SyncPageChangedSite | SyncPageChangedUser | SyncPageChangedVariant | SyncPageChangedVersion | SyncPageChangedWebhook | SyncPageChangedWebhookDelivery;

/** What has changed since a moment. */
export interface SyncPage {
  changed: SyncPageChanged[];
  deleted: string[];
  /** Send it as `since` the next time. */
  cursor: string;
  hasMore: boolean;
  /** The cursor is too old: drop all, and fetch anew. */
  reset: boolean;
}

export interface OrderFactConnection {
  nodes: OrderFact[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** Something that you are told. */
export interface Notification {
  __typename: "Notification";
  id: string;
  /** Its number among yours, for `sinceSeq`. */
  seq: number;
  kind: NotificationKind;
  createdAt: DateTime;
  readAt: DateTime | null;
  /** Who did it, if somebody did. */
  actor: User | null;
  siteId: string;
  siteName: string;
  pageId: string | null;
  /** The page on which it happened, while it is on its site. */
  page: Page | null;
  /** The comment that it tells of. */
  comment: Comment | null;
}

/** What you were told, the newest first. */
export interface NotificationConnection {
  nodes: Notification[];
  pageInfo: PageInfo;
  /** How many you have not read, of all. */
  unread: number;
}

/** What a program comes in with, in the name of who made it. */
export interface ApiKey {
  id: string;
  name: string;
  scopes: string[];
  createdAt: DateTime;
}

/** A link that gives a role to whoever opens it. */
export interface Invitation {
  id: string;
  role: string;
  email: string | null;
  expiresAt: DateTime;
}

/** What requests cost, and what is left to spend. */
export interface RateLimit {
  /** Points of this request. */
  cost: number;
  available: number;
  limit: number;
  restorePerSecond: number;
}

export interface PageConnection {
  nodes: Page[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** A site. */
export interface SitePagesSite {
  /** Its pages in their order, those inside of others after them. */
  pages: PageConnection;
}

export interface ImageConnection {
  nodes: Image[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** A site. */
export interface SiteImagesSite {
  /** The images of its library, the newest first. */
  images: ImageConnection;
}

/** A person with a role on a site. */
export interface Member {
  user: User;
  role: string;
  /** Whether it is a role on the organisation. */
  inherited: boolean;
}

/** A site. */
export interface SiteMembersSite {
  /** The people with a role on it. */
  members: Member[];
}

/** A site. */
export interface SiteDeploymentsSite {
  /** What was published, the latest first. */
  deployments: Deployment[];
}

/** A site. */
export interface SiteMessagesSite {
  /** What visitors wrote in its forms, the newest first. */
  messages: Message[];
}

/** A site. */
export interface SiteWebhooksSite {
  /** Whom it tells what happens, for whoever may administer that. */
  webhooks: Webhook[];
}

/** A node of a page. */
export interface Block {
  id: string;
  /** The node that it is in; none at the top. */
  parent: string | null;
  type: string;
  /** The HTML element, such as h1. */
  tag: string | null;
  /** The block that it was built as a part of. */
  block: string | null;
  props: Json;
  /** Its texts without marks, by language. */
  texts: Json;
  hidden: boolean;
}

/** A page of a site. */
export interface PageBlocksPage {
  /** The nodes of the page, each after the one that it is in. */
  blocks: Block[];
}

/** A page of a site. */
export interface PageHtmlPage {
  /** The page as publishing would write it now. */
  html: string;
}

/** A named or automatic version of a page. */
export interface Version {
  __typename: "Version";
  id: string;
  seq: number;
  label: string;
  kind: string;
  at: DateTime;
}

/** A page of a site. */
export interface PageVersionsPage {
  /** The versions that were kept, the latest first. */
  versions: Version[];
}

/** Somebody who has a page open. */
export interface Presence {
  user: User;
  /** The block at which they are: in whose text, or that they have selected. */
  nodeId: string | null;
}

/** A page of a site. */
export interface PagePresencePage {
  /** Who has the page open now, on all nodes. */
  presence: Presence[];
}

export interface CommentConnection {
  nodes: Comment[];
  pageInfo: PageInfo;
  /** How many there are in all; null where nobody counts them. */
  totalCount: number | null;
}

/** A page of a site. */
export interface PageCommentsPage {
  /** The first comments of its threads, the newest first; all, or those that are resolved or not. */
  comments: CommentConnection;
}

/** Something that a site sells. */
export interface ProductNameProduct {
  /** Its name in a language, or in one that there is. */
  name: string;
}

/** Something that a site sells. */
export interface ProductDescriptionProduct {
  /** Its description in a language, or in one that there is. */
  description: string;
}

/** Something that a site sells. */
export interface ProductReviewsProduct {
  /** What is said of it, of what the moderator let pass; sorted newest, highest or lowest. */
  reviews: ReviewConnection;
}

/** Something that a site sells. */
export interface ProductSimilarProduct {
  /** Those that are most like it. */
  similar: Product[];
}

/** Something that a site sells. */
export interface ProductCollectionsProduct {
  /** The collections that it is in. */
  collections: Collection[];
}

/** Why a mutation did nothing. */
export interface UserError {
  code: string;
  message: string;
  hint: string | null;
  path: string[];
}

/** What became of a change to a site. */
export interface SiteChange {
  site: Site | null;
  errors: UserError[];
}

/** What became of something that was deleted. */
export interface Deleted {
  deletedId: string | null;
  errors: UserError[];
}

/** What became of a change to an image. */
export interface ImageChange {
  image: Image | null;
  errors: UserError[];
}

/** Where to PUT the bytes of one image, and until when. */
export interface UploadTicket {
  uploadUrl: string | null;
  expiresAt: DateTime | null;
  errors: UserError[];
}

/** What became of edits to a page. */
export interface PageEdited {
  page: Page | null;
  /** What pageUndo takes. */
  run: string | null;
  seq: number | null;
  /** One for each operation. */
  results: Json | null;
  errors: UserError[];
}

/** What became of a new page. */
export interface PageCreated {
  page: Page | null;
  errors: UserError[];
}

/** What became of a page that was removed. */
export interface PageDeleted {
  deletedId: string | null;
  errors: UserError[];
}

/** What became of a name for a moment. */
export interface VersionKept {
  version: Version | null;
  errors: UserError[];
}

/** What became of a comment. */
export interface CommentChange {
  comment: Comment | null;
  errors: UserError[];
}

/** What became of a change to a product. */
export interface ProductChange {
  product: Product | null;
  errors: UserError[];
}

/** What became of a deletion. */
export interface ProductDeleted {
  deletedId: string | null;
  errors: UserError[];
}

/** What became of a change to a merchant. */
export interface MerchantChange {
  merchant: Merchant | null;
  errors: UserError[];
}

/** What became of a collection. */
export interface CollectionChange {
  collection: Collection | null;
  errors: UserError[];
}

/** What became of a category. */
export interface CategoryChange {
  category: Category | null;
  errors: UserError[];
}

/** How many of a variant are set aside. */
export interface ReservedLine {
  variantId: string;
  quantity: number;
}

/** Stock that is set aside for somebody until a moment. */
export interface Reservation {
  id: string;
  /** held, then committed, released or expired. */
  state: string;
  lines: ReservedLine[];
  expiresAt: DateTime;
}

/** What became of stock that is set aside. */
export interface ReservationChange {
  reservation: Reservation | null;
  errors: UserError[];
}

/** What became of something that a shop told. */
export interface Recorded {
  id: string | null;
  /** False if it was told before. */
  isNew: boolean;
  errors: UserError[];
}

/** What became of a review. */
export interface ReviewChange {
  review: Review | null;
  errors: UserError[];
}

/** What became of a change to a webhook. */
export interface WebhookChange {
  webhook: Webhook | null;
  /** What signs its messages, when it is new: it is not shown again. */
  secret: string | null;
  errors: UserError[];
}

/** A message of a webhook, and what became of it. */
export interface WebhookDelivery {
  __typename: "WebhookDelivery";
  id: string;
  /** The number of the event; 0 for a test. */
  seq: number;
  state: DeliveryState;
  type: string;
  /** The message, as JSON. */
  body: string;
  createdAt: DateTime;
  attempts: number;
  attemptedAt: DateTime | null;
  /** What was answered last; none if nothing was. */
  status: number | null;
  /** How long that took. */
  milliseconds: number | null;
  /** The beginning of the answer, or why there is none. */
  answer: string | null;
}

/** What became of a message that was sent by hand. */
export interface DeliveryChange {
  delivery: WebhookDelivery | null;
  errors: UserError[];
}

/** What became of notifications that were read. */
export interface NotificationsRead {
  /** How many are left. */
  unread: number | null;
  errors: UserError[];
}

/** What became of a change to one's account. */
export interface MeChange {
  me: User | null;
  errors: UserError[];
}

/** A new key, and its secret, which is shown this once. */
export interface ApiKeyCreated {
  apiKey: ApiKey | null;
  secret: string | null;
  errors: UserError[];
}

/** A new invitation, and its address, which is shown this once. */
export interface InvitationCreated {
  invitationId: string | null;
  url: string | null;
  errors: UserError[];
}

/** A page has changed. */
export interface PageChanged {
  /** Its revision; `sinceSeq` of a later subscription. */
  seq: number;
  page: Page;
}

/** A product has changed, or is gone. */
export interface ProductChanged {
  /** `sinceSeq` of a later subscription. */
  seq: number;
  product: Product | null;
  deletedId: string | null;
}

/** Somebody commented on a page, or changed, resolved, reopened or deleted a comment. */
export interface CommentEvent {
  __typename: "CommentEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  /** None if it was deleted. */
  comment: Comment | null;
}

/** The site was published. */
export interface DeploymentEvent {
  __typename: "DeploymentEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  deployment: Deployment | null;
}

/** A visitor sent a form. Told to whoever may read messages. */
export interface MessageEvent {
  __typename: "MessageEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  /** None if it was deleted since. */
  message: Message | null;
}

/** An order, or a refund of it, was recorded. */
export interface OrderEvent {
  __typename: "OrderEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  order: OrderFact | null;
}

/** A page was edited; edits that come quickly are told as one. */
export interface PageEvent {
  __typename: "PageEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  /** None if it was removed since. */
  page: Page | null;
}

/** A product, its prices or its stock have changed. */
export interface ProductEvent {
  __typename: "ProductEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  /** None if it was deleted. */
  product: Product | null;
}

/** A review was written or moderated. */
export interface ReviewEvent {
  __typename: "ReviewEvent";
  /** Its number on the site; `sinceSeq` of a later subscription. */
  seq: number;
  at: DateTime;
  /** What it is about. */
  entityId: string;
  /** None if it was deleted. */
  review: Review | null;
}

/** Something that has happened on a site. */
export type SiteEvents = CommentEvent | DeploymentEvent | MessageEvent | OrderEvent | PageEvent | ProductEvent | ReviewEvent;

export interface MeData {
  /** Who asks; nobody without a token or a session. */
  me: User | null;
}

/** Who asks; nobody without a token or a session. */
export const me: Query<MeData, Record<string, never>> = {
  kind: "query",
  name: "Me",
  hash: "105c83a9a1b27ce2f2d726aea1bf52df5e7ad92d3d18d7f25fa81e623debfd4a",
  text: "query Me {\n  me {\n    ...UserFields\n  }\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}",
};

export interface NodeData {
  /** Anything by its id; null for what one may not know of. */
  node: Node | null;
}

export interface NodeVariables {
  id: string;
}

/** Anything by its id; null for what one may not know of. */
export const node: Query<NodeData, NodeVariables> = {
  kind: "query",
  name: "Node",
  hash: "4ba8972cbbf8a6b3f2967b21d3919f3e0d74a1e6e06c480604f1018707decae7",
  text: "query Node($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ...CategoryFields\n    ...CollectionFields\n    ...CommentFields\n    ...DeploymentFields\n    ...ImageFields\n    ... on Merchant {\n      id\n      slug\n      name\n      country\n      merchantUrl: url\n      revision\n    }\n    ...MessageFields\n    ... on Notification {\n      id\n      seq\n      kind\n      createdAt\n      readAt\n      actor {\n        ...UserFields\n      }\n      siteId\n      siteName\n      notificationPageId: pageId\n      page {\n        ...PageFields\n      }\n      comment {\n        ...CommentFields\n      }\n    }\n    ...OrderFactFields\n    ...PageFields\n    ...ProductFields\n    ... on Review {\n      id\n      reviewAuthor: author\n      reviewRating: rating\n      body\n      locale\n      verified\n      createdAt\n      productId\n      reviewStatus: status\n    }\n    ... on Site {\n      id\n      slug\n      name\n      role\n      updatedAt\n      publishedAt\n      siteUrl: url\n      productFeed {\n        ...ProductFeedFields\n      }\n      theme\n    }\n    ...UserFields\n    ... on Variant {\n      id\n      sku\n      variantOptions: options\n      prices {\n        ...PriceFields\n      }\n      stock {\n        ...StockFields\n      }\n      revision\n    }\n    ... on Version {\n      id\n      seq\n      label\n      versionKind: kind\n      at\n    }\n    ...WebhookFields\n    ... on WebhookDelivery {\n      id\n      seq\n      state\n      type\n      body\n      createdAt\n      attempts\n      attemptedAt\n      webhookDeliveryStatus: status\n      milliseconds\n      answer\n    }\n  }\n}\n\nfragment CategoryFields on Category {\n  __typename\n  id\n  slug\n  names\n  parent\n  position\n  revision\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment DeploymentFields on Deployment {\n  __typename\n  id\n  createdAt\n  pages\n  bytes\n  live\n}\n\nfragment ImageFields on Image {\n  __typename\n  id\n  name\n  alt\n  width\n  height\n  url\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  pageId\n  locale\n  fields\n  createdAt\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment OrderFactFields on OrderFact {\n  __typename\n  id\n  externalId\n  source\n  total {\n    ...MoneyFields\n  }\n  refunded {\n    ...MoneyFields\n  }\n  units\n  lines {\n    ...OrderLineFields\n  }\n  refunds {\n    ...RefundFactFields\n  }\n  placedAt\n}\n\nfragment MoneyFields on Money {\n  amount\n  currency\n}\n\nfragment OrderLineFields on OrderLine {\n  name\n  quantity\n  unitPrice {\n    ...MoneyFields\n  }\n  productId\n  variantId\n}\n\nfragment RefundFactFields on RefundFact {\n  externalId\n  amount {\n    ...MoneyFields\n  }\n  reason\n  refundedAt\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment WebhookFields on Webhook {\n  __typename\n  id\n  url\n  query\n  enabled\n  reason\n  failingSince\n  nextAttemptAt\n  createdAt\n  userId\n}",
};

export interface NodesData {
  /** Several things by their ids, in their order. */
  nodes: (Nodes | null)[];
}

export interface NodesVariables {
  ids: string[];
}

/** Several things by their ids, in their order. */
export const nodes: Query<NodesData, NodesVariables> = {
  kind: "query",
  name: "Nodes",
  hash: "0b228d8b8d6f1bc15586a5fe75096d5737c93b960d2cf03e51b9da5b82859c06",
  text: "query Nodes($ids: [ID!]!) {\n  nodes(ids: $ids) {\n    __typename\n    id\n    ...CategoryFields\n    ...CollectionFields\n    ...CommentFields\n    ...DeploymentFields\n    ...ImageFields\n    ... on Merchant {\n      id\n      slug\n      name\n      country\n      merchantUrl: url\n      revision\n    }\n    ...MessageFields\n    ... on Notification {\n      id\n      seq\n      kind\n      createdAt\n      readAt\n      actor {\n        ...UserFields\n      }\n      siteId\n      siteName\n      notificationPageId: pageId\n      page {\n        ...PageFields\n      }\n      comment {\n        ...CommentFields\n      }\n    }\n    ...OrderFactFields\n    ...PageFields\n    ...ProductFields\n    ... on Review {\n      id\n      reviewAuthor: author\n      reviewRating: rating\n      body\n      locale\n      verified\n      createdAt\n      productId\n      reviewStatus: status\n    }\n    ... on Site {\n      id\n      slug\n      name\n      role\n      updatedAt\n      publishedAt\n      siteUrl: url\n      productFeed {\n        ...ProductFeedFields\n      }\n      theme\n    }\n    ...UserFields\n    ... on Variant {\n      id\n      sku\n      variantOptions: options\n      prices {\n        ...PriceFields\n      }\n      stock {\n        ...StockFields\n      }\n      revision\n    }\n    ... on Version {\n      id\n      seq\n      label\n      versionKind: kind\n      at\n    }\n    ...WebhookFields\n    ... on WebhookDelivery {\n      id\n      seq\n      state\n      type\n      body\n      createdAt\n      attempts\n      attemptedAt\n      webhookDeliveryStatus: status\n      milliseconds\n      answer\n    }\n  }\n}\n\nfragment CategoryFields on Category {\n  __typename\n  id\n  slug\n  names\n  parent\n  position\n  revision\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment DeploymentFields on Deployment {\n  __typename\n  id\n  createdAt\n  pages\n  bytes\n  live\n}\n\nfragment ImageFields on Image {\n  __typename\n  id\n  name\n  alt\n  width\n  height\n  url\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  pageId\n  locale\n  fields\n  createdAt\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment OrderFactFields on OrderFact {\n  __typename\n  id\n  externalId\n  source\n  total {\n    ...MoneyFields\n  }\n  refunded {\n    ...MoneyFields\n  }\n  units\n  lines {\n    ...OrderLineFields\n  }\n  refunds {\n    ...RefundFactFields\n  }\n  placedAt\n}\n\nfragment MoneyFields on Money {\n  amount\n  currency\n}\n\nfragment OrderLineFields on OrderLine {\n  name\n  quantity\n  unitPrice {\n    ...MoneyFields\n  }\n  productId\n  variantId\n}\n\nfragment RefundFactFields on RefundFact {\n  externalId\n  amount {\n    ...MoneyFields\n  }\n  reason\n  refundedAt\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment WebhookFields on Webhook {\n  __typename\n  id\n  url\n  query\n  enabled\n  reason\n  failingSince\n  nextAttemptAt\n  createdAt\n  userId\n}",
};

export interface SitesData {
  /** The sites on which one has a role, the newest change first. */
  sites: SiteConnection;
}

export interface SitesVariables {
  first?: number | null;
  after?: string | null;
}

/** The sites on which one has a role, the newest change first. */
export const sites: Query<SitesData, SitesVariables> = {
  kind: "query",
  name: "Sites",
  hash: "e931271a83c42ae3fde6af40569edff28bfa2bc3fd408b91fac9d926da8aa4c9",
  text: "query Sites($first: Int, $after: String) {\n  sites(first: $first, after: $after) {\n    ...SiteConnectionFields\n  }\n}\n\nfragment SiteConnectionFields on SiteConnection {\n  nodes {\n    ...SiteFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface SiteData {
  /** A site, by its id or its slug. */
  site: Site | null;
}

export interface SiteVariables {
  id?: string | null;
  slug?: string | null;
}

/** A site, by its id or its slug. */
export const site: Query<SiteData, SiteVariables> = {
  kind: "query",
  name: "Site",
  hash: "1f7e4680463dd01f5c9f3ffdc5c0532a2ee9fd6f59278294b8a6eb59e353f6ae",
  text: "query Site($id: ID, $slug: String) {\n  site(id: $id, slug: $slug) {\n    ...SiteFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}",
};

export interface PageData {
  /** A page. */
  page: Page | null;
}

export interface PageVariables {
  id: string;
}

/** A page. */
export const page: Query<PageData, PageVariables> = {
  kind: "query",
  name: "Page",
  hash: "1cd2f10a9ca211d738b361d356e02ffbe77a2c313cda3501cb12c7115a22eb65",
  text: "query Page($id: ID!) {\n  page(id: $id) {\n    ...PageFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}",
};

export interface PageHistoryData {
  /** Who worked on a page when, the latest first. */
  pageHistory: EditSessions;
}

export interface PageHistoryVariables {
  pageId: string;
  before?: number | null;
}

/** Who worked on a page when, the latest first. */
export const pageHistory: Query<PageHistoryData, PageHistoryVariables> = {
  kind: "query",
  name: "PageHistory",
  hash: "f05f13fa31f67d905d3779ac4769e6445aae5a20819367c91ecfdadbcc296cd5",
  text: "query PageHistory($pageId: ID!, $before: Int) {\n  pageHistory(pageId: $pageId, before: $before) {\n    ...EditSessionsFields\n  }\n}\n\nfragment EditSessionsFields on EditSessions {\n  sessions {\n    ...EditSessionFields\n  }\n  next\n}\n\nfragment EditSessionFields on EditSession {\n  first\n  last\n  beganAt\n  endedAt\n  edits\n  user {\n    ...UserFields\n  }\n  kind\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}",
};

export interface PageAtData {
  /** A page as it was at a moment, as HTML in the site of today. */
  pageAt: string;
}

export interface PageAtVariables {
  pageId: string;
  seq: number;
  locale?: string | null;
}

/** A page as it was at a moment, as HTML in the site of today. */
export const pageAt: Query<PageAtData, PageAtVariables> = {
  kind: "query",
  name: "PageAt",
  hash: "964508db9619187e3741a9aaf36b0b8cd4af8bb0b20ef97471ca904df22173a5",
  text: "query PageAt($pageId: ID!, $seq: Int!, $locale: String) {\n  pageAt(pageId: $pageId, seq: $seq, locale: $locale)\n}",
};

export interface PageCompareData {
  /** What differs between two moments of a page, or between one and now: nodes that came, went and changed. */
  pageCompare: Json;
}

export interface PageCompareVariables {
  pageId: string;
  earlier: number;
  later?: number | null;
}

/** What differs between two moments of a page, or between one and now: nodes that came, went and changed. */
export const pageCompare: Query<PageCompareData, PageCompareVariables> = {
  kind: "query",
  name: "PageCompare",
  hash: "d47586d84f7a480561f1c85ab28ef3d6eae1663fc1db5d84e28315f304b65647",
  text: "query PageCompare($pageId: ID!, $earlier: Int!, $later: Int) {\n  pageCompare(pageId: $pageId, earlier: $earlier, later: $later)\n}",
};

export interface PageBlameData {
  /** Who changed each node of a page last, and when, by node. */
  pageBlame: Json;
}

export interface PageBlameVariables {
  pageId: string;
}

/** Who changed each node of a page last, and when, by node. */
export const pageBlame: Query<PageBlameData, PageBlameVariables> = {
  kind: "query",
  name: "PageBlame",
  hash: "825e9a5d24c2c6cc91db05baddd3fe5d50d7cd0465065bb3a1fd31951c76c77f",
  text: "query PageBlame($pageId: ID!) {\n  pageBlame(pageId: $pageId)\n}",
};

export interface ProductData {
  /** A product, by its id, or by its slug on a site. */
  product: Product | null;
}

export interface ProductVariables {
  id?: string | null;
  slug?: string | null;
  siteId?: string | null;
}

/** A product, by its id, or by its slug on a site. */
export const product: Query<ProductData, ProductVariables> = {
  kind: "query",
  name: "Product",
  hash: "8116957b9fe4d437c0a56ae289754f35c5c648dd90bb9f8ac70375c812c6aae0",
  text: "query Product($id: ID, $slug: String, $siteId: ID) {\n  product(id: $id, slug: $slug, siteId: $siteId) {\n    ...ProductFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}",
};

export interface ProductsData {
  /** The products of a site. */
  products: ProductConnection;
}

export interface ProductsVariables {
  siteId: string;
  first?: number | null;
  after?: string | null;
  search?: string | null;
  filter?: ProductFilterInput | null;
  sort?: ProductSortInput | null;
}

/** The products of a site. */
export const products: Query<ProductsData, ProductsVariables> = {
  kind: "query",
  name: "Products",
  hash: "acad831a77330e8bfcbf555ab00bf8cfad7427e7d48d87b76752b60568503596",
  text: "query Products($siteId: ID!, $first: Int, $after: String, $search: String, $filter: ProductFilterInput, $sort: ProductSortInput) {\n  products(\n    siteId: $siteId\n    first: $first\n    after: $after\n    search: $search\n    filter: $filter\n    sort: $sort\n  ) {\n    ...ProductConnectionFields\n  }\n}\n\nfragment ProductConnectionFields on ProductConnection {\n  nodes {\n    ...ProductFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface MerchantsData {
  /** Who sells on a site, by their slugs. */
  merchants: MerchantConnection;
}

export interface MerchantsVariables {
  siteId: string;
  first?: number | null;
  after?: string | null;
}

/** Who sells on a site, by their slugs. */
export const merchants: Query<MerchantsData, MerchantsVariables> = {
  kind: "query",
  name: "Merchants",
  hash: "06ec7d179045fa40c1fa61eb0531b514136c96911e6b684d658b02abc1ece6fd",
  text: "query Merchants($siteId: ID!, $first: Int, $after: String) {\n  merchants(siteId: $siteId, first: $first, after: $after) {\n    ...MerchantConnectionFields\n  }\n}\n\nfragment MerchantConnectionFields on MerchantConnection {\n  nodes {\n    ...MerchantFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface CollectionsData {
  /** The collections of a site, by their slugs. */
  collections: CollectionConnection;
}

export interface CollectionsVariables {
  siteId: string;
  first?: number | null;
  after?: string | null;
}

/** The collections of a site, by their slugs. */
export const collections: Query<CollectionsData, CollectionsVariables> = {
  kind: "query",
  name: "Collections",
  hash: "eb31219f9abdf1d5d1c1e0f5334503eb8b77ada91caefd670852ced726024134",
  text: "query Collections($siteId: ID!, $first: Int, $after: String) {\n  collections(siteId: $siteId, first: $first, after: $after) {\n    ...CollectionConnectionFields\n  }\n}\n\nfragment CollectionConnectionFields on CollectionConnection {\n  nodes {\n    ...CollectionFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface CategoriesData {
  /** All categories of a site, in order; parents make them a tree. */
  categories: Category[];
}

export interface CategoriesVariables {
  siteId: string;
}

/** All categories of a site, in order; parents make them a tree. */
export const categories: Query<CategoriesData, CategoriesVariables> = {
  kind: "query",
  name: "Categories",
  hash: "2afee0e503e624d0b46820f515123bf9a4ff6a1f4f9ca8ef07cf0090513c4722",
  text: "query Categories($siteId: ID!) {\n  categories(siteId: $siteId) {\n    ...CategoryFields\n  }\n}\n\nfragment CategoryFields on Category {\n  __typename\n  id\n  slug\n  names\n  parent\n  position\n  revision\n}",
};

export interface ReviewsData {
  /** The reviews of a site, the newest first, as moderators want them. */
  reviews: ReviewConnection;
}

export interface ReviewsVariables {
  siteId: string;
  status?: ReviewStatus | null;
  first?: number | null;
  after?: string | null;
}

/** The reviews of a site, the newest first, as moderators want them. */
export const reviews: Query<ReviewsData, ReviewsVariables> = {
  kind: "query",
  name: "Reviews",
  hash: "058314f926d8d2085f26da73e17a1c818337c26859cc8d54f176f82d38729fcc",
  text: "query Reviews($siteId: ID!, $status: ReviewStatus, $first: Int, $after: String) {\n  reviews(siteId: $siteId, status: $status, first: $first, after: $after) {\n    ...ReviewConnectionFields\n  }\n}\n\nfragment ReviewConnectionFields on ReviewConnection {\n  nodes {\n    ...ReviewFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment ReviewFields on Review {\n  __typename\n  id\n  author\n  rating\n  body\n  locale\n  verified\n  createdAt\n  productId\n  status\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface SyncData {
  /** What was changed on a site since a cursor, each thing once; without one, from the beginning. Who applies page after page has what a full fetch would give. */
  sync: SyncPage;
}

export interface SyncVariables {
  siteId: string;
  since?: string | null;
  kinds?: SyncKind[] | null;
  first?: number | null;
}

/** What was changed on a site since a cursor, each thing once; without one, from the beginning. Who applies page after page has what a full fetch would give. */
export const sync: Query<SyncData, SyncVariables> = {
  kind: "query",
  name: "Sync",
  hash: "6933ec90611255e3ceaadc36867cefd4ee20fdd2b792ec77cf529b25d812ff50",
  text: "query Sync($siteId: ID!, $since: String, $kinds: [SyncKind!], $first: Int) {\n  sync(siteId: $siteId, since: $since, kinds: $kinds, first: $first) {\n    changed {\n      __typename\n      id\n      ...CategoryFields\n      ...CollectionFields\n      ...MerchantFields\n      ...ProductFields\n      ... on Review {\n        id\n        author\n        reviewRating: rating\n        body\n        locale\n        verified\n        createdAt\n        productId\n        reviewStatus: status\n      }\n    }\n    deleted\n    cursor\n    hasMore\n    reset\n  }\n}\n\nfragment CategoryFields on Category {\n  __typename\n  id\n  slug\n  names\n  parent\n  position\n  revision\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}",
};

export interface OrdersData {
  /** The orders of a site, those placed last first. Told to whoever may see its figures. */
  orders: OrderFactConnection;
}

export interface OrdersVariables {
  siteId: string;
  first?: number | null;
  after?: string | null;
}

/** The orders of a site, those placed last first. Told to whoever may see its figures. */
export const orders: Query<OrdersData, OrdersVariables> = {
  kind: "query",
  name: "Orders",
  hash: "795d9ce695989a21c2a29885166998dbe2a60d6d53701da5d4a51b458921b435",
  text: "query Orders($siteId: ID!, $first: Int, $after: String) {\n  orders(siteId: $siteId, first: $first, after: $after) {\n    ...OrderFactConnectionFields\n  }\n}\n\nfragment OrderFactConnectionFields on OrderFactConnection {\n  nodes {\n    ...OrderFactFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment OrderFactFields on OrderFact {\n  __typename\n  id\n  externalId\n  source\n  total {\n    ...MoneyFields\n  }\n  refunded {\n    ...MoneyFields\n  }\n  units\n  lines {\n    ...OrderLineFields\n  }\n  refunds {\n    ...RefundFactFields\n  }\n  placedAt\n}\n\nfragment MoneyFields on Money {\n  amount\n  currency\n}\n\nfragment OrderLineFields on OrderLine {\n  name\n  quantity\n  unitPrice {\n    ...MoneyFields\n  }\n  productId\n  variantId\n}\n\nfragment RefundFactFields on RefundFact {\n  externalId\n  amount {\n    ...MoneyFields\n  }\n  reason\n  refundedAt\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface NotificationsData {
  /** What you were told in the last 90 days, the newest first. */
  notifications: NotificationConnection;
}

export interface NotificationsVariables {
  first?: number | null;
  after?: string | null;
}

/** What you were told in the last 90 days, the newest first. */
export const notifications: Query<NotificationsData, NotificationsVariables> = {
  kind: "query",
  name: "Notifications",
  hash: "c28246c9d2b6510042fafadcbfb811417f4e9250c041d428d81da0d3d64373e6",
  text: "query Notifications($first: Int, $after: String) {\n  notifications(first: $first, after: $after) {\n    ...NotificationConnectionFields\n  }\n}\n\nfragment NotificationConnectionFields on NotificationConnection {\n  nodes {\n    ...NotificationFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  unread\n}\n\nfragment NotificationFields on Notification {\n  __typename\n  id\n  seq\n  kind\n  createdAt\n  readAt\n  actor {\n    ...UserFields\n  }\n  siteId\n  siteName\n  pageId\n  page {\n    ...PageFields\n  }\n  comment {\n    ...CommentFields\n  }\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface ApiKeysData {
  /** One's API keys. */
  apiKeys: ApiKey[];
}

/** One's API keys. */
export const apiKeys: Query<ApiKeysData, Record<string, never>> = {
  kind: "query",
  name: "ApiKeys",
  hash: "1138f16a921b4beceaa13fe32d2e33235e780db65f9523f3e616d2051df98a07",
  text: "query ApiKeys {\n  apiKeys {\n    ...ApiKeyFields\n  }\n}\n\nfragment ApiKeyFields on ApiKey {\n  id\n  name\n  scopes\n  createdAt\n}",
};

export interface InvitationsData {
  /** The invitations to a site that are open. */
  invitations: Invitation[];
}

export interface InvitationsVariables {
  siteId: string;
}

/** The invitations to a site that are open. */
export const invitations: Query<InvitationsData, InvitationsVariables> = {
  kind: "query",
  name: "Invitations",
  hash: "2f9efe5041275070c241f296a6aa5eb4f2dddd0c7d0f92634792c4f06e6c39bb",
  text: "query Invitations($siteId: ID!) {\n  invitations(siteId: $siteId) {\n    ...InvitationFields\n  }\n}\n\nfragment InvitationFields on Invitation {\n  id\n  role\n  email\n  expiresAt\n}",
};

export interface RateLimitData {
  /** What this request costs, and what is left to spend. */
  rateLimit: RateLimit;
}

/** What this request costs, and what is left to spend. */
export const rateLimit: Query<RateLimitData, Record<string, never>> = {
  kind: "query",
  name: "RateLimit",
  hash: "f5e0df481d32d2969a6c3a8c94be4fef0f68ab4c4071506977d3640c1ffc68b6",
  text: "query RateLimit {\n  rateLimit {\n    ...RateLimitFields\n  }\n}\n\nfragment RateLimitFields on RateLimit {\n  cost\n  available\n  limit\n  restorePerSecond\n}",
};

export interface SitePagesData {
  /** A site, by its id or its slug. */
  site: SitePagesSite | null;
}

export interface SitePagesVariables {
  id: string;
  first?: number | null;
  after?: string | null;
}

/** A site, by its id or its slug. */
export const sitePages: Query<SitePagesData, SitePagesVariables> = {
  kind: "query",
  name: "SitePages",
  hash: "668541ddcd25194c4014233d320052bf8cb7918c14a7b341ea889bcf5c29a6c1",
  text: "query SitePages($id: ID!, $first: Int, $after: String) {\n  site(id: $id) {\n    pages(first: $first, after: $after) {\n      ...PageConnectionFields\n    }\n  }\n}\n\nfragment PageConnectionFields on PageConnection {\n  nodes {\n    ...PageFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface SiteImagesData {
  /** A site, by its id or its slug. */
  site: SiteImagesSite | null;
}

export interface SiteImagesVariables {
  id: string;
  first?: number | null;
  after?: string | null;
}

/** A site, by its id or its slug. */
export const siteImages: Query<SiteImagesData, SiteImagesVariables> = {
  kind: "query",
  name: "SiteImages",
  hash: "da96279463c4cedeb36bda5aec02849bd61a7c63722998ca58307d62920ba0e2",
  text: "query SiteImages($id: ID!, $first: Int, $after: String) {\n  site(id: $id) {\n    images(first: $first, after: $after) {\n      ...ImageConnectionFields\n    }\n  }\n}\n\nfragment ImageConnectionFields on ImageConnection {\n  nodes {\n    ...ImageFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment ImageFields on Image {\n  __typename\n  id\n  name\n  alt\n  width\n  height\n  url\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface SiteMembersData {
  /** A site, by its id or its slug. */
  site: SiteMembersSite | null;
}

export interface SiteMembersVariables {
  id: string;
}

/** A site, by its id or its slug. */
export const siteMembers: Query<SiteMembersData, SiteMembersVariables> = {
  kind: "query",
  name: "SiteMembers",
  hash: "e2d9274c7518df1dfd2b544f9ab574325951a8dfa5ae2969d725bfb9e965b487",
  text: "query SiteMembers($id: ID!) {\n  site(id: $id) {\n    members {\n      ...MemberFields\n    }\n  }\n}\n\nfragment MemberFields on Member {\n  user {\n    ...UserFields\n  }\n  role\n  inherited\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}",
};

export interface SiteDeploymentsData {
  /** A site, by its id or its slug. */
  site: SiteDeploymentsSite | null;
}

export interface SiteDeploymentsVariables {
  id: string;
}

/** A site, by its id or its slug. */
export const siteDeployments: Query<SiteDeploymentsData, SiteDeploymentsVariables> = {
  kind: "query",
  name: "SiteDeployments",
  hash: "7bd1708a2701a381fc999c8c630b8bfaef6c62694e616e0f6ba99723e34d5c94",
  text: "query SiteDeployments($id: ID!) {\n  site(id: $id) {\n    deployments {\n      ...DeploymentFields\n    }\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  __typename\n  id\n  createdAt\n  pages\n  bytes\n  live\n}",
};

export interface SiteMessagesData {
  /** A site, by its id or its slug. */
  site: SiteMessagesSite | null;
}

export interface SiteMessagesVariables {
  id: string;
}

/** A site, by its id or its slug. */
export const siteMessages: Query<SiteMessagesData, SiteMessagesVariables> = {
  kind: "query",
  name: "SiteMessages",
  hash: "76c6c3f230cb861933d179f51df50da1cbde059111bcf46d97df6d1d9c50c163",
  text: "query SiteMessages($id: ID!) {\n  site(id: $id) {\n    messages {\n      ...MessageFields\n    }\n  }\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  pageId\n  locale\n  fields\n  createdAt\n}",
};

export interface SiteWebhooksData {
  /** A site, by its id or its slug. */
  site: SiteWebhooksSite | null;
}

export interface SiteWebhooksVariables {
  id: string;
}

/** A site, by its id or its slug. */
export const siteWebhooks: Query<SiteWebhooksData, SiteWebhooksVariables> = {
  kind: "query",
  name: "SiteWebhooks",
  hash: "4ddc0a18e7d515b595b356649e4ef6e9aee5889f2e44d3eb1bee5fc4e707c061",
  text: "query SiteWebhooks($id: ID!) {\n  site(id: $id) {\n    webhooks {\n      ...WebhookFields\n    }\n  }\n}\n\nfragment WebhookFields on Webhook {\n  __typename\n  id\n  url\n  query\n  enabled\n  reason\n  failingSince\n  nextAttemptAt\n  createdAt\n  userId\n}",
};

export interface PageBlocksData {
  /** A page. */
  page: PageBlocksPage | null;
}

export interface PageBlocksVariables {
  id: string;
}

/** A page. */
export const pageBlocks: Query<PageBlocksData, PageBlocksVariables> = {
  kind: "query",
  name: "PageBlocks",
  hash: "95395921f81b3942ba9f3b6df1401dcc9a7a1a9c8949ab215c930568e366e851",
  text: "query PageBlocks($id: ID!) {\n  page(id: $id) {\n    blocks {\n      ...BlockFields\n    }\n  }\n}\n\nfragment BlockFields on Block {\n  id\n  parent\n  type\n  tag\n  block\n  props\n  texts\n  hidden\n}",
};

export interface PageHtmlData {
  /** A page. */
  page: PageHtmlPage | null;
}

export interface PageHtmlVariables {
  id: string;
  locale?: string | null;
}

/** A page. */
export const pageHtml: Query<PageHtmlData, PageHtmlVariables> = {
  kind: "query",
  name: "PageHtml",
  hash: "b7af7d830373789a319cb069805ee98ca7134ec28c17e1489ad6338e967b1c7d",
  text: "query PageHtml($id: ID!, $locale: String) {\n  page(id: $id) {\n    html(locale: $locale)\n  }\n}",
};

export interface PageVersionsData {
  /** A page. */
  page: PageVersionsPage | null;
}

export interface PageVersionsVariables {
  id: string;
}

/** A page. */
export const pageVersions: Query<PageVersionsData, PageVersionsVariables> = {
  kind: "query",
  name: "PageVersions",
  hash: "cc35ec4e0696285563d204e8765fd9ac7858b18b6dfca95ba4040915aa97fffa",
  text: "query PageVersions($id: ID!) {\n  page(id: $id) {\n    versions {\n      ...VersionFields\n    }\n  }\n}\n\nfragment VersionFields on Version {\n  __typename\n  id\n  seq\n  label\n  kind\n  at\n}",
};

export interface PagePresenceData {
  /** A page. */
  page: PagePresencePage | null;
}

export interface PagePresenceVariables {
  id: string;
}

/** A page. */
export const pagePresence: Query<PagePresenceData, PagePresenceVariables> = {
  kind: "query",
  name: "PagePresence",
  hash: "1d0039ca6c32f31242803dabd679c258214b14a0ca11e91e65ed1595fdde237c",
  text: "query PagePresence($id: ID!) {\n  page(id: $id) {\n    presence {\n      ...PresenceFields\n    }\n  }\n}\n\nfragment PresenceFields on Presence {\n  user {\n    ...UserFields\n  }\n  nodeId\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}",
};

export interface PageCommentsData {
  /** A page. */
  page: PageCommentsPage | null;
}

export interface PageCommentsVariables {
  id: string;
  resolved?: boolean | null;
  first?: number | null;
  after?: string | null;
}

/** A page. */
export const pageComments: Query<PageCommentsData, PageCommentsVariables> = {
  kind: "query",
  name: "PageComments",
  hash: "64358fc65574233e1e041112159421a87b2f4675075f807d615dd2e95e8dd7ff",
  text: "query PageComments($id: ID!, $resolved: Boolean, $first: Int, $after: String) {\n  page(id: $id) {\n    comments(resolved: $resolved, first: $first, after: $after) {\n      ...CommentConnectionFields\n    }\n  }\n}\n\nfragment CommentConnectionFields on CommentConnection {\n  nodes {\n    ...CommentFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface ProductNameData {
  /** A product, by its id, or by its slug on a site. */
  product: ProductNameProduct | null;
}

export interface ProductNameVariables {
  id: string;
  locale?: string | null;
}

/** A product, by its id, or by its slug on a site. */
export const productName: Query<ProductNameData, ProductNameVariables> = {
  kind: "query",
  name: "ProductName",
  hash: "380f352a4719f97a31779f829469d0ad3d9469c985010f3862bf6c74700901e7",
  text: "query ProductName($id: ID!, $locale: String) {\n  product(id: $id) {\n    name(locale: $locale)\n  }\n}",
};

export interface ProductDescriptionData {
  /** A product, by its id, or by its slug on a site. */
  product: ProductDescriptionProduct | null;
}

export interface ProductDescriptionVariables {
  id: string;
  locale?: string | null;
}

/** A product, by its id, or by its slug on a site. */
export const productDescription: Query<ProductDescriptionData, ProductDescriptionVariables> = {
  kind: "query",
  name: "ProductDescription",
  hash: "79b4e0a6796670099baf167c2b46dc65e7d08ab158ea7499384b02aea4ee18e7",
  text: "query ProductDescription($id: ID!, $locale: String) {\n  product(id: $id) {\n    description(locale: $locale)\n  }\n}",
};

export interface ProductReviewsData {
  /** A product, by its id, or by its slug on a site. */
  product: ProductReviewsProduct | null;
}

export interface ProductReviewsVariables {
  id: string;
  first?: number | null;
  after?: string | null;
  sort?: string | null;
}

/** A product, by its id, or by its slug on a site. */
export const productReviews: Query<ProductReviewsData, ProductReviewsVariables> = {
  kind: "query",
  name: "ProductReviews",
  hash: "0850162a95d81c4480a9272aa51a1e1ac89ccdd41c421902fb7b8ac607ce0871",
  text: "query ProductReviews($id: ID!, $first: Int, $after: String, $sort: String) {\n  product(id: $id) {\n    reviews(first: $first, after: $after, sort: $sort) {\n      ...ReviewConnectionFields\n    }\n  }\n}\n\nfragment ReviewConnectionFields on ReviewConnection {\n  nodes {\n    ...ReviewFields\n  }\n  pageInfo {\n    ...PageInfoFields\n  }\n  totalCount\n}\n\nfragment ReviewFields on Review {\n  __typename\n  id\n  author\n  rating\n  body\n  locale\n  verified\n  createdAt\n  productId\n  status\n}\n\nfragment PageInfoFields on PageInfo {\n  hasNextPage\n  hasPreviousPage\n  startCursor\n  endCursor\n}",
};

export interface ProductSimilarData {
  /** A product, by its id, or by its slug on a site. */
  product: ProductSimilarProduct | null;
}

export interface ProductSimilarVariables {
  id: string;
  first?: number | null;
}

/** A product, by its id, or by its slug on a site. */
export const productSimilar: Query<ProductSimilarData, ProductSimilarVariables> = {
  kind: "query",
  name: "ProductSimilar",
  hash: "eeac84b977fbc4ee7e81fad7e7b36218f7d1d6fa9ce347c53e2a4d7c9b88eb74",
  text: "query ProductSimilar($id: ID!, $first: Int) {\n  product(id: $id) {\n    similar(first: $first) {\n      ...ProductFields\n    }\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}",
};

export interface ProductCollectionsData {
  /** A product, by its id, or by its slug on a site. */
  product: ProductCollectionsProduct | null;
}

export interface ProductCollectionsVariables {
  id: string;
  first?: number | null;
}

/** A product, by its id, or by its slug on a site. */
export const productCollections: Query<ProductCollectionsData, ProductCollectionsVariables> = {
  kind: "query",
  name: "ProductCollections",
  hash: "96cba23cf05ce9bc8ee3f467a54418b80809467c7666596d4d1c02fd5cddb759",
  text: "query ProductCollections($id: ID!, $first: Int) {\n  product(id: $id) {\n    collections(first: $first) {\n      ...CollectionFields\n    }\n  }\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}",
};

export interface SiteCreateData {
  /** Make a site from a template, in the asker's organisation. */
  siteCreate: SiteChange;
}

export interface SiteCreateVariables {
  name: string;
  template?: string | null;
  locales?: string[] | null;
  clientMutationId?: string | null;
}

/** Make a site from a template, in the asker's organisation. */
export const siteCreate: Mutation<SiteCreateData, SiteCreateVariables> = {
  kind: "mutation",
  name: "SiteCreate",
  hash: "f7bb968603a0fe3d6df715f4481a82db7c8c668b70c615d9723fce882923252c",
  text: "mutation SiteCreate($name: String!, $template: String, $locales: [String!], $clientMutationId: String) {\n  siteCreate(\n    name: $name\n    template: $template\n    locales: $locales\n    clientMutationId: $clientMutationId\n  ) {\n    ...SiteChangeFields\n  }\n}\n\nfragment SiteChangeFields on SiteChange {\n  site {\n    ...SiteFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface SiteRenameData {
  /** Rename a site; its address stays. */
  siteRename: SiteChange;
}

export interface SiteRenameVariables {
  siteId: string;
  name: string;
}

/** Rename a site; its address stays. */
export const siteRename: Mutation<SiteRenameData, SiteRenameVariables> = {
  kind: "mutation",
  name: "SiteRename",
  hash: "dd1c41a8847d33df8d5272525348d013da6b2e1e278e1ab0ee966afc12840999",
  text: "mutation SiteRename($siteId: ID!, $name: String!) {\n  siteRename(siteId: $siteId, name: $name) {\n    ...SiteChangeFields\n  }\n}\n\nfragment SiteChangeFields on SiteChange {\n  site {\n    ...SiteFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface SiteDeleteData {
  /** Delete a site with all that is its own. */
  siteDelete: Deleted;
}

export interface SiteDeleteVariables {
  siteId: string;
}

/** Delete a site with all that is its own. */
export const siteDelete: Mutation<SiteDeleteData, SiteDeleteVariables> = {
  kind: "mutation",
  name: "SiteDelete",
  hash: "79a9ec9ee23e47262e63919efc10e6efea40b56fb875a1cdbcea095a71ab7e50",
  text: "mutation SiteDelete($siteId: ID!) {\n  siteDelete(siteId: $siteId) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface SitePublishData {
  /** Publish a site. */
  sitePublish: SiteChange;
}

export interface SitePublishVariables {
  siteId: string;
}

/** Publish a site. */
export const sitePublish: Mutation<SitePublishData, SitePublishVariables> = {
  kind: "mutation",
  name: "SitePublish",
  hash: "5b6bec41a60eb75e991540dfcb8e187c373ecf5dc82d5deb1c6d32ec3175fa65",
  text: "mutation SitePublish($siteId: ID!) {\n  sitePublish(siteId: $siteId) {\n    ...SiteChangeFields\n  }\n}\n\nfragment SiteChangeFields on SiteChange {\n  site {\n    ...SiteFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface SiteRollbackData {
  /** Make an earlier deployment live again. */
  siteRollback: SiteChange;
}

export interface SiteRollbackVariables {
  siteId: string;
  deploymentId: string;
}

/** Make an earlier deployment live again. */
export const siteRollback: Mutation<SiteRollbackData, SiteRollbackVariables> = {
  kind: "mutation",
  name: "SiteRollback",
  hash: "584c2b4d8d87ce1f1fe4e6dcc34b6c609925b85e7ac93079995c76b111a3bd01",
  text: "mutation SiteRollback($siteId: ID!, $deploymentId: ID!) {\n  siteRollback(siteId: $siteId, deploymentId: $deploymentId) {\n    ...SiteChangeFields\n  }\n}\n\nfragment SiteChangeFields on SiteChange {\n  site {\n    ...SiteFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface MemberSetRoleData {
  /** Give a member another role; none takes it away. */
  memberSetRole: SiteChange;
}

export interface MemberSetRoleVariables {
  siteId: string;
  userId: string;
  role?: string | null;
}

/** Give a member another role; none takes it away. */
export const memberSetRole: Mutation<MemberSetRoleData, MemberSetRoleVariables> = {
  kind: "mutation",
  name: "MemberSetRole",
  hash: "d2de651cafedb0660a4adf1d4351b54644d858e7162c0daa5acc14f0e787cc52",
  text: "mutation MemberSetRole($siteId: ID!, $userId: ID!, $role: String) {\n  memberSetRole(siteId: $siteId, userId: $userId, role: $role) {\n    ...SiteChangeFields\n  }\n}\n\nfragment SiteChangeFields on SiteChange {\n  site {\n    ...SiteFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ImageChangeData {
  /** Rename an image, or change its alternative texts. */
  imageChange: ImageChange;
}

export interface ImageChangeVariables {
  siteId: string;
  imageId: string;
  name?: string | null;
  alt?: Json | null;
}

/** Rename an image, or change its alternative texts. */
export const imageChange: Mutation<ImageChangeData, ImageChangeVariables> = {
  kind: "mutation",
  name: "ImageChange",
  hash: "1354c3a8a16b0f6607fa87ac4370ceb0a7c509c8f5983e56f6232391d8162e70",
  text: "mutation ImageChange($siteId: ID!, $imageId: ID!, $name: String, $alt: JSON) {\n  imageChange(siteId: $siteId, imageId: $imageId, name: $name, alt: $alt) {\n    ...ImageChangeFields\n  }\n}\n\nfragment ImageChangeFields on ImageChange {\n  image {\n    ...ImageFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ImageFields on Image {\n  __typename\n  id\n  name\n  alt\n  width\n  height\n  url\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ImageDeleteData {
  /** Take an image out of the library. */
  imageDelete: Deleted;
}

export interface ImageDeleteVariables {
  siteId: string;
  imageId: string;
}

/** Take an image out of the library. */
export const imageDelete: Mutation<ImageDeleteData, ImageDeleteVariables> = {
  kind: "mutation",
  name: "ImageDelete",
  hash: "f5c28fd71e0fa6e5e6153834c467c6c33bc666fa6d517cc1123811e719eaee07",
  text: "mutation ImageDelete($siteId: ID!, $imageId: ID!) {\n  imageDelete(siteId: $siteId, imageId: $imageId) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface MessageDeleteData {
  /** Delete what a visitor wrote in a form, for good. */
  messageDelete: Deleted;
}

export interface MessageDeleteVariables {
  siteId: string;
  messageId: string;
}

/** Delete what a visitor wrote in a form, for good. */
export const messageDelete: Mutation<MessageDeleteData, MessageDeleteVariables> = {
  kind: "mutation",
  name: "MessageDelete",
  hash: "e7bc457cf2dd93bb7174dcf74b1a3b52e72840a2926301cf41e7b6504017978b",
  text: "mutation MessageDelete($siteId: ID!, $messageId: ID!) {\n  messageDelete(siteId: $siteId, messageId: $messageId) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ImageUploadTicketData {
  /** Ask to upload an image to a site's library: PUT its bytes to the address, once; the answer is the image. */
  imageUploadTicket: UploadTicket;
}

export interface ImageUploadTicketVariables {
  siteId: string;
  name: string;
}

/** Ask to upload an image to a site's library: PUT its bytes to the address, once; the answer is the image. */
export const imageUploadTicket: Mutation<ImageUploadTicketData, ImageUploadTicketVariables> = {
  kind: "mutation",
  name: "ImageUploadTicket",
  hash: "37c028ca55aa62dd5358bdef662a96fe1710358e48c2555fa59da681c29340f7",
  text: "mutation ImageUploadTicket($siteId: ID!, $name: String!) {\n  imageUploadTicket(siteId: $siteId, name: $name) {\n    ...UploadTicketFields\n  }\n}\n\nfragment UploadTicketFields on UploadTicket {\n  uploadUrl\n  expiresAt\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PageEditData {
  /** Run edit commands on a page (docs/edit-commands.md): live in every open editor, one run to undo. */
  pageEdit: PageEdited;
}

export interface PageEditVariables {
  pageId: string;
  ops: Json[];
  partial?: boolean | null;
  locale?: string | null;
  ifRevision?: number | null;
  clientMutationId?: string | null;
}

/** Run edit commands on a page (docs/edit-commands.md): live in every open editor, one run to undo. */
export const pageEdit: Mutation<PageEditData, PageEditVariables> = {
  kind: "mutation",
  name: "PageEdit",
  hash: "3ad91c91d5c8b64677392255de01bf20e2f966c6cf2d37505e554c36be1c8274",
  text: "mutation PageEdit($pageId: ID!, $ops: [JSON!]!, $partial: Boolean, $locale: String, $ifRevision: Int, $clientMutationId: String) {\n  pageEdit(\n    pageId: $pageId\n    ops: $ops\n    partial: $partial\n    locale: $locale\n    ifRevision: $ifRevision\n    clientMutationId: $clientMutationId\n  ) {\n    ...PageEditedFields\n  }\n}\n\nfragment PageEditedFields on PageEdited {\n  page {\n    ...PageFields\n  }\n  run\n  seq\n  results\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PageUndoData {
  /** Undo a run of edits, whatever came after it. */
  pageUndo: PageEdited;
}

export interface PageUndoVariables {
  pageId: string;
  run: string;
}

/** Undo a run of edits, whatever came after it. */
export const pageUndo: Mutation<PageUndoData, PageUndoVariables> = {
  kind: "mutation",
  name: "PageUndo",
  hash: "c26d1dd306c18fe48953958473d379a29b571825c0f8f3a4f3aa5a55e90b7f9a",
  text: "mutation PageUndo($pageId: ID!, $run: ID!) {\n  pageUndo(pageId: $pageId, run: $run) {\n    ...PageEditedFields\n  }\n}\n\nfragment PageEditedFields on PageEdited {\n  page {\n    ...PageFields\n  }\n  run\n  seq\n  results\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PageCreateData {
  /** Add a page to a site. */
  pageCreate: PageCreated;
}

export interface PageCreateVariables {
  siteId: string;
  title: string;
  slug?: string | null;
  after?: string | null;
  clientMutationId?: string | null;
}

/** Add a page to a site. */
export const pageCreate: Mutation<PageCreateData, PageCreateVariables> = {
  kind: "mutation",
  name: "PageCreate",
  hash: "d901f14254391a977b9f774dad7999c1468f43a5d473e3e7d6ac4bb884534cbb",
  text: "mutation PageCreate($siteId: ID!, $title: String!, $slug: String, $after: ID, $clientMutationId: String) {\n  pageCreate(\n    siteId: $siteId\n    title: $title\n    slug: $slug\n    after: $after\n    clientMutationId: $clientMutationId\n  ) {\n    ...PageCreatedFields\n  }\n}\n\nfragment PageCreatedFields on PageCreated {\n  page {\n    ...PageFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PageDeleteData {
  /** Take a page out of its site. */
  pageDelete: PageDeleted;
}

export interface PageDeleteVariables {
  id: string;
}

/** Take a page out of its site. */
export const pageDelete: Mutation<PageDeleteData, PageDeleteVariables> = {
  kind: "mutation",
  name: "PageDelete",
  hash: "c641f1ec30ac8db63f925c44db166e7b37d93af857154b7998d22f5295010479",
  text: "mutation PageDelete($id: ID!) {\n  pageDelete(id: $id) {\n    ...PageDeletedFields\n  }\n}\n\nfragment PageDeletedFields on PageDeleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface VersionKeepData {
  /** Name a moment of a page, the present one without a number. */
  versionKeep: VersionKept;
}

export interface VersionKeepVariables {
  pageId: string;
  label: string;
  seq?: number | null;
  clientMutationId?: string | null;
}

/** Name a moment of a page, the present one without a number. */
export const versionKeep: Mutation<VersionKeepData, VersionKeepVariables> = {
  kind: "mutation",
  name: "VersionKeep",
  hash: "594b66bca2cbad06d22630b4e5554edff97ec4288500646dcccf0196aa9244bf",
  text: "mutation VersionKeep($pageId: ID!, $label: String!, $seq: Int, $clientMutationId: String) {\n  versionKeep(\n    pageId: $pageId\n    label: $label\n    seq: $seq\n    clientMutationId: $clientMutationId\n  ) {\n    ...VersionKeptFields\n  }\n}\n\nfragment VersionKeptFields on VersionKept {\n  version {\n    ...VersionFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment VersionFields on Version {\n  __typename\n  id\n  seq\n  label\n  kind\n  at\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PageRestoreData {
  /** Bring a page back to a moment or to a version, as a run that can be undone. */
  pageRestore: PageEdited;
}

export interface PageRestoreVariables {
  pageId: string;
  seq?: number | null;
  versionId?: string | null;
}

/** Bring a page back to a moment or to a version, as a run that can be undone. */
export const pageRestore: Mutation<PageRestoreData, PageRestoreVariables> = {
  kind: "mutation",
  name: "PageRestore",
  hash: "a49401567a92a0b70a86488c4aa99345efa167c9fc6e2aaeb47a77699528b095",
  text: "mutation PageRestore($pageId: ID!, $seq: Int, $versionId: ID) {\n  pageRestore(pageId: $pageId, seq: $seq, versionId: $versionId) {\n    ...PageEditedFields\n  }\n}\n\nfragment PageEditedFields on PageEdited {\n  page {\n    ...PageFields\n  }\n  run\n  seq\n  results\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CommentAddData {
  /** Begin a thread about a page, or about a block of it. `mentions` are people of the site; write @ and their names into the text. */
  commentAdd: CommentChange;
}

export interface CommentAddVariables {
  pageId: string;
  body: string;
  nodeId?: string | null;
  mentions?: string[] | null;
  clientMutationId?: string | null;
}

/** Begin a thread about a page, or about a block of it. `mentions` are people of the site; write @ and their names into the text. */
export const commentAdd: Mutation<CommentAddData, CommentAddVariables> = {
  kind: "mutation",
  name: "CommentAdd",
  hash: "331ccaaefdef61966f8ebc4aed1bc5cca8a01e2673f23438a508fb276cb0c3d2",
  text: "mutation CommentAdd($pageId: ID!, $body: String!, $nodeId: ID, $mentions: [ID!], $clientMutationId: String) {\n  commentAdd(\n    pageId: $pageId\n    body: $body\n    nodeId: $nodeId\n    mentions: $mentions\n    clientMutationId: $clientMutationId\n  ) {\n    ...CommentChangeFields\n  }\n}\n\nfragment CommentChangeFields on CommentChange {\n  comment {\n    ...CommentFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CommentReplyData {
  /** Answer in the thread of a comment. */
  commentReply: CommentChange;
}

export interface CommentReplyVariables {
  id: string;
  body: string;
  mentions?: string[] | null;
  clientMutationId?: string | null;
}

/** Answer in the thread of a comment. */
export const commentReply: Mutation<CommentReplyData, CommentReplyVariables> = {
  kind: "mutation",
  name: "CommentReply",
  hash: "c2bf52303d8072b4a713017266f5923726594e491aca78ed28773b89f1caaad9",
  text: "mutation CommentReply($id: ID!, $body: String!, $mentions: [ID!], $clientMutationId: String) {\n  commentReply(\n    id: $id\n    body: $body\n    mentions: $mentions\n    clientMutationId: $clientMutationId\n  ) {\n    ...CommentChangeFields\n  }\n}\n\nfragment CommentChangeFields on CommentChange {\n  comment {\n    ...CommentFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CommentChangeData {
  /** Give a comment of one's own another text. */
  commentChange: CommentChange;
}

export interface CommentChangeVariables {
  id: string;
  body: string;
  mentions?: string[] | null;
}

/** Give a comment of one's own another text. */
export const commentChange: Mutation<CommentChangeData, CommentChangeVariables> = {
  kind: "mutation",
  name: "CommentChange",
  hash: "78847946da2955d0727dd990599a7fe037b4bd27692c6d7853be72e315198ef7",
  text: "mutation CommentChange($id: ID!, $body: String!, $mentions: [ID!]) {\n  commentChange(id: $id, body: $body, mentions: $mentions) {\n    ...CommentChangeFields\n  }\n}\n\nfragment CommentChangeFields on CommentChange {\n  comment {\n    ...CommentFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CommentResolveData {
  /** Resolve the thread of a comment, or open it again. */
  commentResolve: CommentChange;
}

export interface CommentResolveVariables {
  id: string;
  resolved?: boolean | null;
}

/** Resolve the thread of a comment, or open it again. */
export const commentResolve: Mutation<CommentResolveData, CommentResolveVariables> = {
  kind: "mutation",
  name: "CommentResolve",
  hash: "8f76b57d86efaeec1d7e0d0e172579dceebd57393ad19cc8313a7ba0418bc347",
  text: "mutation CommentResolve($id: ID!, $resolved: Boolean) {\n  commentResolve(id: $id, resolved: $resolved) {\n    ...CommentChangeFields\n  }\n}\n\nfragment CommentChangeFields on CommentChange {\n  comment {\n    ...CommentFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CommentDeleteData {
  /** Delete a comment of one's own, or anybody's for whoever manages the site. A thread goes with its last comment. */
  commentDelete: Deleted;
}

export interface CommentDeleteVariables {
  id: string;
}

/** Delete a comment of one's own, or anybody's for whoever manages the site. A thread goes with its last comment. */
export const commentDelete: Mutation<CommentDeleteData, CommentDeleteVariables> = {
  kind: "mutation",
  name: "CommentDelete",
  hash: "b61b96003299c7968cec6151255e9d0ed4103c3374c7bde495f4e43341fd95e6",
  text: "mutation CommentDelete($id: ID!) {\n  commentDelete(id: $id) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ProductCreateData {
  /** Add a product to a site, with its variants. */
  productCreate: ProductChange;
}

export interface ProductCreateVariables {
  siteId: string;
  product: ProductInput;
  variants: VariantInput[];
  clientMutationId?: string | null;
}

/** Add a product to a site, with its variants. */
export const productCreate: Mutation<ProductCreateData, ProductCreateVariables> = {
  kind: "mutation",
  name: "ProductCreate",
  hash: "10852248a8ea368e7ea7c2b8780ffa0eaa5e849e080de4399a9393e088811cd9",
  text: "mutation ProductCreate($siteId: ID!, $product: ProductInput!, $variants: [VariantInput!]!, $clientMutationId: String) {\n  productCreate(\n    siteId: $siteId\n    product: $product\n    variants: $variants\n    clientMutationId: $clientMutationId\n  ) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ProductUpdateData {
  /** Change what is said of a product. */
  productUpdate: ProductChange;
}

export interface ProductUpdateVariables {
  id: string;
  product: ProductInput;
  ifRevision?: number | null;
}

/** Change what is said of a product. */
export const productUpdate: Mutation<ProductUpdateData, ProductUpdateVariables> = {
  kind: "mutation",
  name: "ProductUpdate",
  hash: "f02a580de73529f13139f3a4e84794aa8448b419110e6ac42f133c670cb58246",
  text: "mutation ProductUpdate($id: ID!, $product: ProductInput!, $ifRevision: Int) {\n  productUpdate(id: $id, product: $product, ifRevision: $ifRevision) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ProductDeleteData {
  /** Delete a product with its variants and reviews. */
  productDelete: ProductDeleted;
}

export interface ProductDeleteVariables {
  id: string;
  ifRevision?: number | null;
}

/** Delete a product with its variants and reviews. */
export const productDelete: Mutation<ProductDeleteData, ProductDeleteVariables> = {
  kind: "mutation",
  name: "ProductDelete",
  hash: "ae01971572cd20e64fff9bd7ae354b5bddf7176e6bf41764a062af4c656604eb",
  text: "mutation ProductDelete($id: ID!, $ifRevision: Int) {\n  productDelete(id: $id, ifRevision: $ifRevision) {\n    ...ProductDeletedFields\n  }\n}\n\nfragment ProductDeletedFields on ProductDeleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PriceSetData {
  /** Set what a variant costs in one currency. */
  priceSet: ProductChange;
}

export interface PriceSetVariables {
  variantId: string;
  price: PriceInput;
  ifRevision?: number | null;
}

/** Set what a variant costs in one currency. */
export const priceSet: Mutation<PriceSetData, PriceSetVariables> = {
  kind: "mutation",
  name: "PriceSet",
  hash: "9d2c3e28590a1a04f41cd490acae9923fefcc42adee6efdff7dac335c57c23f2",
  text: "mutation PriceSet($variantId: ID!, $price: PriceInput!, $ifRevision: Int) {\n  priceSet(variantId: $variantId, price: $price, ifRevision: $ifRevision) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface VariantCreateData {
  /** Give a product one more variant. */
  variantCreate: ProductChange;
}

export interface VariantCreateVariables {
  productId: string;
  variant: VariantInput;
  clientMutationId?: string | null;
}

/** Give a product one more variant. */
export const variantCreate: Mutation<VariantCreateData, VariantCreateVariables> = {
  kind: "mutation",
  name: "VariantCreate",
  hash: "dc23c6cd42c73b88bf4f8282a56f6f8ffde4d6f3c4bcbce60b3aaae5c5b74e8d",
  text: "mutation VariantCreate($productId: ID!, $variant: VariantInput!, $clientMutationId: String) {\n  variantCreate(\n    productId: $productId\n    variant: $variant\n    clientMutationId: $clientMutationId\n  ) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface VariantDeleteData {
  /** Delete a variant. */
  variantDelete: ProductChange;
}

export interface VariantDeleteVariables {
  id: string;
  ifRevision?: number | null;
}

/** Delete a variant. */
export const variantDelete: Mutation<VariantDeleteData, VariantDeleteVariables> = {
  kind: "mutation",
  name: "VariantDelete",
  hash: "ba27417791bcb963d8f23dca00bc1a032f85a75067cc8d4588b0c09fa6809a1a",
  text: "mutation VariantDelete($id: ID!, $ifRevision: Int) {\n  variantDelete(id: $id, ifRevision: $ifRevision) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface VariantUpdateData {
  /** Change what is said of a variant; its prices all together. */
  variantUpdate: ProductChange;
}

export interface VariantUpdateVariables {
  id: string;
  variant: VariantInput;
  ifRevision?: number | null;
}

/** Change what is said of a variant; its prices all together. */
export const variantUpdate: Mutation<VariantUpdateData, VariantUpdateVariables> = {
  kind: "mutation",
  name: "VariantUpdate",
  hash: "d5eddc374f3079a939c193913b6ff255b53ae9462a1592b873b054e1292ec100",
  text: "mutation VariantUpdate($id: ID!, $variant: VariantInput!, $ifRevision: Int) {\n  variantUpdate(id: $id, variant: $variant, ifRevision: $ifRevision) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface MerchantCreateData {
  /** Add somebody who sells on a site. */
  merchantCreate: MerchantChange;
}

export interface MerchantCreateVariables {
  siteId: string;
  name: string;
  country?: string | null;
  url?: string | null;
  clientMutationId?: string | null;
}

/** Add somebody who sells on a site. */
export const merchantCreate: Mutation<MerchantCreateData, MerchantCreateVariables> = {
  kind: "mutation",
  name: "MerchantCreate",
  hash: "51737f2b5dead2141450824042fecef6e71a53f56eeae4d5c7fca67bfe3f268c",
  text: "mutation MerchantCreate($siteId: ID!, $name: String!, $country: String, $url: String, $clientMutationId: String) {\n  merchantCreate(\n    siteId: $siteId\n    name: $name\n    country: $country\n    url: $url\n    clientMutationId: $clientMutationId\n  ) {\n    ...MerchantChangeFields\n  }\n}\n\nfragment MerchantChangeFields on MerchantChange {\n  merchant {\n    ...MerchantFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface MerchantUpdateData {
  /** Change what is said of a merchant; null takes away the url. */
  merchantUpdate: MerchantChange;
}

export interface MerchantUpdateVariables {
  id: string;
  name?: string | null;
  slug?: string | null;
  country?: string | null;
  url?: string | null;
  ifRevision?: number | null;
}

/** Change what is said of a merchant; null takes away the url. */
export const merchantUpdate: Mutation<MerchantUpdateData, MerchantUpdateVariables> = {
  kind: "mutation",
  name: "MerchantUpdate",
  hash: "fe5b06cc90a8b55304a7d37a38ec6acab88f033cce5b8470cf51e6ab15540dde",
  text: "mutation MerchantUpdate($id: ID!, $name: String, $slug: String, $country: String, $url: String, $ifRevision: Int) {\n  merchantUpdate(\n    id: $id\n    name: $name\n    slug: $slug\n    country: $country\n    url: $url\n    ifRevision: $ifRevision\n  ) {\n    ...MerchantChangeFields\n  }\n}\n\nfragment MerchantChangeFields on MerchantChange {\n  merchant {\n    ...MerchantFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface MerchantDeleteData {
  /** Delete a merchant who has no products. */
  merchantDelete: Deleted;
}

export interface MerchantDeleteVariables {
  id: string;
  ifRevision?: number | null;
}

/** Delete a merchant who has no products. */
export const merchantDelete: Mutation<MerchantDeleteData, MerchantDeleteVariables> = {
  kind: "mutation",
  name: "MerchantDelete",
  hash: "9ec6701370362636930c8945b3adb4ddb7383184964fa802650deb62caa31775",
  text: "mutation MerchantDelete($id: ID!, $ifRevision: Int) {\n  merchantDelete(id: $id, ifRevision: $ifRevision) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CollectionCreateData {
  /** Put products together, in an order of their own. */
  collectionCreate: CollectionChange;
}

export interface CollectionCreateVariables {
  siteId: string;
  names: Json;
  productIds: string[];
  clientMutationId?: string | null;
}

/** Put products together, in an order of their own. */
export const collectionCreate: Mutation<CollectionCreateData, CollectionCreateVariables> = {
  kind: "mutation",
  name: "CollectionCreate",
  hash: "99d344550c8674f7fa678168c217c63a39557adce195c2f75e1f9a35e24150cb",
  text: "mutation CollectionCreate($siteId: ID!, $names: JSON!, $productIds: [ID!]!, $clientMutationId: String) {\n  collectionCreate(\n    siteId: $siteId\n    names: $names\n    productIds: $productIds\n    clientMutationId: $clientMutationId\n  ) {\n    ...CollectionChangeFields\n  }\n}\n\nfragment CollectionChangeFields on CollectionChange {\n  collection {\n    ...CollectionFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CollectionUpdateData {
  /** Change a collection; what is left out stays as it is. */
  collectionUpdate: CollectionChange;
}

export interface CollectionUpdateVariables {
  id: string;
  names?: Json | null;
  productIds?: string[] | null;
  ifRevision?: number | null;
}

/** Change a collection; what is left out stays as it is. */
export const collectionUpdate: Mutation<CollectionUpdateData, CollectionUpdateVariables> = {
  kind: "mutation",
  name: "CollectionUpdate",
  hash: "a5d66de18a6355e08d457954a0b578f2a1247a505aea770a509ae911efa1549b",
  text: "mutation CollectionUpdate($id: ID!, $names: JSON, $productIds: [ID!], $ifRevision: Int) {\n  collectionUpdate(\n    id: $id\n    names: $names\n    productIds: $productIds\n    ifRevision: $ifRevision\n  ) {\n    ...CollectionChangeFields\n  }\n}\n\nfragment CollectionChangeFields on CollectionChange {\n  collection {\n    ...CollectionFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CollectionFields on Collection {\n  __typename\n  id\n  slug\n  names\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CollectionDeleteData {
  /** Delete a collection; its products stay. */
  collectionDelete: Deleted;
}

export interface CollectionDeleteVariables {
  id: string;
  ifRevision?: number | null;
}

/** Delete a collection; its products stay. */
export const collectionDelete: Mutation<CollectionDeleteData, CollectionDeleteVariables> = {
  kind: "mutation",
  name: "CollectionDelete",
  hash: "40a87db119f8e7a007b82fa4a92420d4727499eefdea03ada021e53085e9532c",
  text: "mutation CollectionDelete($id: ID!, $ifRevision: Int) {\n  collectionDelete(id: $id, ifRevision: $ifRevision) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CategoryCreateData {
  /** Add a category, in another one or at the top. */
  categoryCreate: CategoryChange;
}

export interface CategoryCreateVariables {
  siteId: string;
  names: Json;
  parentId?: string | null;
  position?: number | null;
  clientMutationId?: string | null;
}

/** Add a category, in another one or at the top. */
export const categoryCreate: Mutation<CategoryCreateData, CategoryCreateVariables> = {
  kind: "mutation",
  name: "CategoryCreate",
  hash: "6ba9f0ef69347a24b69dba5c09fb0448c85b15d38d953ddecd358053964d65e2",
  text: "mutation CategoryCreate($siteId: ID!, $names: JSON!, $parentId: ID, $position: Int, $clientMutationId: String) {\n  categoryCreate(\n    siteId: $siteId\n    names: $names\n    parentId: $parentId\n    position: $position\n    clientMutationId: $clientMutationId\n  ) {\n    ...CategoryChangeFields\n  }\n}\n\nfragment CategoryChangeFields on CategoryChange {\n  category {\n    ...CategoryFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CategoryFields on Category {\n  __typename\n  id\n  slug\n  names\n  parent\n  position\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CategoryUpdateData {
  /** Change a category; what is left out stays as it is, and null puts it at the top. */
  categoryUpdate: CategoryChange;
}

export interface CategoryUpdateVariables {
  id: string;
  names?: Json | null;
  parentId?: string | null;
  position?: number | null;
  ifRevision?: number | null;
}

/** Change a category; what is left out stays as it is, and null puts it at the top. */
export const categoryUpdate: Mutation<CategoryUpdateData, CategoryUpdateVariables> = {
  kind: "mutation",
  name: "CategoryUpdate",
  hash: "25f69b8abecc2e6a72603eceb9fd13f76a9c6d8719193d4bf139ea5806b6577c",
  text: "mutation CategoryUpdate($id: ID!, $names: JSON, $parentId: ID, $position: Int, $ifRevision: Int) {\n  categoryUpdate(\n    id: $id\n    names: $names\n    parentId: $parentId\n    position: $position\n    ifRevision: $ifRevision\n  ) {\n    ...CategoryChangeFields\n  }\n}\n\nfragment CategoryChangeFields on CategoryChange {\n  category {\n    ...CategoryFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment CategoryFields on Category {\n  __typename\n  id\n  slug\n  names\n  parent\n  position\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface CategoryDeleteData {
  /** Delete a category without branches; its products are in none then. */
  categoryDelete: Deleted;
}

export interface CategoryDeleteVariables {
  id: string;
  ifRevision?: number | null;
}

/** Delete a category without branches; its products are in none then. */
export const categoryDelete: Mutation<CategoryDeleteData, CategoryDeleteVariables> = {
  kind: "mutation",
  name: "CategoryDelete",
  hash: "9f1444567f031cea38d9bafa5641e8a841931cb516611de7f7df2daa4aa92408",
  text: "mutation CategoryDelete($id: ID!, $ifRevision: Int) {\n  categoryDelete(id: $id, ifRevision: $ifRevision) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface StockReserveData {
  /** Set stock aside, all of it or nothing, for so many minutes; asked again with the same reference, it is the same. */
  stockReserve: ReservationChange;
}

export interface StockReserveVariables {
  siteId: string;
  lines: StockLineInput[];
  minutes?: number | null;
  reference?: string | null;
}

/** Set stock aside, all of it or nothing, for so many minutes; asked again with the same reference, it is the same. */
export const stockReserve: Mutation<StockReserveData, StockReserveVariables> = {
  kind: "mutation",
  name: "StockReserve",
  hash: "be5d6c5d7b72ef47729dac70fdf140e04d4d9c83d7cff2b627d7c5b1e5a2753f",
  text: "mutation StockReserve($siteId: ID!, $lines: [StockLineInput!]!, $minutes: Int, $reference: String) {\n  stockReserve(\n    siteId: $siteId\n    lines: $lines\n    minutes: $minutes\n    reference: $reference\n  ) {\n    ...ReservationChangeFields\n  }\n}\n\nfragment ReservationChangeFields on ReservationChange {\n  reservation {\n    ...ReservationFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ReservationFields on Reservation {\n  id\n  state\n  lines {\n    ...ReservedLineFields\n  }\n  expiresAt\n}\n\nfragment ReservedLineFields on ReservedLine {\n  variantId\n  quantity\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface StockCommitData {
  /** Sell what was set aside. */
  stockCommit: ReservationChange;
}

export interface StockCommitVariables {
  siteId: string;
  reservationId: string;
}

/** Sell what was set aside. */
export const stockCommit: Mutation<StockCommitData, StockCommitVariables> = {
  kind: "mutation",
  name: "StockCommit",
  hash: "7de979f9dcd5a03b511ad8f0c14ca06596d81bbc24d8141fe1d06be5703b1f37",
  text: "mutation StockCommit($siteId: ID!, $reservationId: ID!) {\n  stockCommit(siteId: $siteId, reservationId: $reservationId) {\n    ...ReservationChangeFields\n  }\n}\n\nfragment ReservationChangeFields on ReservationChange {\n  reservation {\n    ...ReservationFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ReservationFields on Reservation {\n  id\n  state\n  lines {\n    ...ReservedLineFields\n  }\n  expiresAt\n}\n\nfragment ReservedLineFields on ReservedLine {\n  variantId\n  quantity\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface StockReleaseData {
  /** Give back what was set aside. */
  stockRelease: ReservationChange;
}

export interface StockReleaseVariables {
  siteId: string;
  reservationId: string;
}

/** Give back what was set aside. */
export const stockRelease: Mutation<StockReleaseData, StockReleaseVariables> = {
  kind: "mutation",
  name: "StockRelease",
  hash: "f3a523049e5b55dc7d7dcaafb6526b0a01d2b17bbb3e2f21a0ca1fcd5485765b",
  text: "mutation StockRelease($siteId: ID!, $reservationId: ID!) {\n  stockRelease(siteId: $siteId, reservationId: $reservationId) {\n    ...ReservationChangeFields\n  }\n}\n\nfragment ReservationChangeFields on ReservationChange {\n  reservation {\n    ...ReservationFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ReservationFields on Reservation {\n  id\n  state\n  lines {\n    ...ReservedLineFields\n  }\n  expiresAt\n}\n\nfragment ReservedLineFields on ReservedLine {\n  variantId\n  quantity\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface StockAdjustData {
  /** Add to what is available of a variant, or take away. */
  stockAdjust: ProductChange;
}

export interface StockAdjustVariables {
  variantId: string;
  by: number;
  clientMutationId?: string | null;
}

/** Add to what is available of a variant, or take away. */
export const stockAdjust: Mutation<StockAdjustData, StockAdjustVariables> = {
  kind: "mutation",
  name: "StockAdjust",
  hash: "9151edb7aaa2fe587c2f26c26b5d48dfb3755ecc5b619e54bc52828c2838106d",
  text: "mutation StockAdjust($variantId: ID!, $by: Int!, $clientMutationId: String) {\n  stockAdjust(variantId: $variantId, by: $by, clientMutationId: $clientMutationId) {\n    ...ProductChangeFields\n  }\n}\n\nfragment ProductChangeFields on ProductChange {\n  product {\n    ...ProductFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ProductFeedSetData {
  /** Let shops of others fetch the active products of a published site, or no more. `link` is where a product is shown, below the site or as an https address, with {slug}, {id}, {sku} or {locale}. */
  productFeedSet: SiteChange;
}

export interface ProductFeedSetVariables {
  siteId: string;
  enabled: boolean;
  link?: string | null;
  currency?: string | null;
}

/** Let shops of others fetch the active products of a published site, or no more. `link` is where a product is shown, below the site or as an https address, with {slug}, {id}, {sku} or {locale}. */
export const productFeedSet: Mutation<ProductFeedSetData, ProductFeedSetVariables> = {
  kind: "mutation",
  name: "ProductFeedSet",
  hash: "0ba288c8fb03dddb83f1d5ee11e9b478817a1cd1df77746b34c2ede5674decb1",
  text: "mutation ProductFeedSet($siteId: ID!, $enabled: Boolean!, $link: String, $currency: String) {\n  productFeedSet(\n    siteId: $siteId\n    enabled: $enabled\n    link: $link\n    currency: $currency\n  ) {\n    ...SiteChangeFields\n  }\n}\n\nfragment SiteChangeFields on SiteChange {\n  site {\n    ...SiteFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment SiteFields on Site {\n  __typename\n  id\n  slug\n  name\n  role\n  updatedAt\n  publishedAt\n  url\n  productFeed {\n    ...ProductFeedFields\n  }\n  theme\n}\n\nfragment ProductFeedFields on ProductFeed {\n  enabled\n  link\n  currency\n  googleUrl\n  metaUrl\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface OrderRecordData {
  /** Record an order that was made; told twice, it counts once. */
  orderRecord: Recorded;
}

export interface OrderRecordVariables {
  siteId: string;
  order: OrderInput;
}

/** Record an order that was made; told twice, it counts once. */
export const orderRecord: Mutation<OrderRecordData, OrderRecordVariables> = {
  kind: "mutation",
  name: "OrderRecord",
  hash: "3cd3f3cfb107a461fc579f9f1f942d0305069f93d49731d3e6c7c31cf5453b64",
  text: "mutation OrderRecord($siteId: ID!, $order: OrderInput!) {\n  orderRecord(siteId: $siteId, order: $order) {\n    ...RecordedFields\n  }\n}\n\nfragment RecordedFields on Recorded {\n  id\n  isNew\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface RefundRecordData {
  /** Record money that was given back for an order. */
  refundRecord: Recorded;
}

export interface RefundRecordVariables {
  siteId: string;
  orderExternalId: string;
  refund: RefundInput;
}

/** Record money that was given back for an order. */
export const refundRecord: Mutation<RefundRecordData, RefundRecordVariables> = {
  kind: "mutation",
  name: "RefundRecord",
  hash: "119f65b43ea76b0f7a306bb0233f0fc5f8fcd7ff0be03e88490cd8a281f94a44",
  text: "mutation RefundRecord($siteId: ID!, $orderExternalId: String!, $refund: RefundInput!) {\n  refundRecord(\n    siteId: $siteId\n    orderExternalId: $orderExternalId\n    refund: $refund\n  ) {\n    ...RecordedFields\n  }\n}\n\nfragment RecordedFields on Recorded {\n  id\n  isNew\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ReviewCreateData {
  /** Add what somebody says of a product; it waits for the moderator. */
  reviewCreate: ReviewChange;
}

export interface ReviewCreateVariables {
  productId: string;
  author: string;
  rating: number;
  body: string;
  locale?: string | null;
  verified?: boolean | null;
  clientMutationId?: string | null;
}

/** Add what somebody says of a product; it waits for the moderator. */
export const reviewCreate: Mutation<ReviewCreateData, ReviewCreateVariables> = {
  kind: "mutation",
  name: "ReviewCreate",
  hash: "ee1baa97a5da3970dedbfed2b27976b04a87ab379d6812c6df234447aed2429a",
  text: "mutation ReviewCreate($productId: ID!, $author: String!, $rating: Int!, $body: String!, $locale: String, $verified: Boolean, $clientMutationId: String) {\n  reviewCreate(\n    productId: $productId\n    author: $author\n    rating: $rating\n    body: $body\n    locale: $locale\n    verified: $verified\n    clientMutationId: $clientMutationId\n  ) {\n    ...ReviewChangeFields\n  }\n}\n\nfragment ReviewChangeFields on ReviewChange {\n  review {\n    ...ReviewFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ReviewFields on Review {\n  __typename\n  id\n  author\n  rating\n  body\n  locale\n  verified\n  createdAt\n  productId\n  status\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ReviewModerateData {
  /** Say whether visitors see a review. */
  reviewModerate: ReviewChange;
}

export interface ReviewModerateVariables {
  id: string;
  status: ReviewStatus;
}

/** Say whether visitors see a review. */
export const reviewModerate: Mutation<ReviewModerateData, ReviewModerateVariables> = {
  kind: "mutation",
  name: "ReviewModerate",
  hash: "e9ee3bb9f5386850c392deb2ad1576be2be282a5970e7df7d5e97deada1d161d",
  text: "mutation ReviewModerate($id: ID!, $status: ReviewStatus!) {\n  reviewModerate(id: $id, status: $status) {\n    ...ReviewChangeFields\n  }\n}\n\nfragment ReviewChangeFields on ReviewChange {\n  review {\n    ...ReviewFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ReviewFields on Review {\n  __typename\n  id\n  author\n  rating\n  body\n  locale\n  verified\n  createdAt\n  productId\n  status\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ReviewDeleteData {
  /** Delete a review, for good. */
  reviewDelete: Deleted;
}

export interface ReviewDeleteVariables {
  id: string;
}

/** Delete a review, for good. */
export const reviewDelete: Mutation<ReviewDeleteData, ReviewDeleteVariables> = {
  kind: "mutation",
  name: "ReviewDelete",
  hash: "2c15ccea1620001f311876efc280db8d6d5b6cde37c022e73c1651d0ea9ae0ec",
  text: "mutation ReviewDelete($id: ID!) {\n  reviewDelete(id: $id) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface WebhookCreateData {
  /** Have a program told what happens on a site from now on: by POST to an https address, with what a subscription selects. */
  webhookCreate: WebhookChange;
}

export interface WebhookCreateVariables {
  siteId: string;
  url: string;
  query: string;
  clientMutationId?: string | null;
}

/** Have a program told what happens on a site from now on: by POST to an https address, with what a subscription selects. */
export const webhookCreate: Mutation<WebhookCreateData, WebhookCreateVariables> = {
  kind: "mutation",
  name: "WebhookCreate",
  hash: "d34e39866dc5b09c532ce171197380794bf1c2d953f341424d5dbf3685814c7e",
  text: "mutation WebhookCreate($siteId: ID!, $url: String!, $query: String!, $clientMutationId: String) {\n  webhookCreate(\n    siteId: $siteId\n    url: $url\n    query: $query\n    clientMutationId: $clientMutationId\n  ) {\n    ...WebhookChangeFields\n  }\n}\n\nfragment WebhookChangeFields on WebhookChange {\n  webhook {\n    ...WebhookFields\n  }\n  secret\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment WebhookFields on Webhook {\n  __typename\n  id\n  url\n  query\n  enabled\n  reason\n  failingSince\n  nextAttemptAt\n  createdAt\n  userId\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface WebhookUpdateData {
  /** Change a webhook's address or query, or enable or disable it. Enabled again it tells first what has happened meanwhile, unless `fromNow`. */
  webhookUpdate: WebhookChange;
}

export interface WebhookUpdateVariables {
  id: string;
  url?: string | null;
  query?: string | null;
  enabled?: boolean | null;
  fromNow?: boolean | null;
}

/** Change a webhook's address or query, or enable or disable it. Enabled again it tells first what has happened meanwhile, unless `fromNow`. */
export const webhookUpdate: Mutation<WebhookUpdateData, WebhookUpdateVariables> = {
  kind: "mutation",
  name: "WebhookUpdate",
  hash: "f2bb567e23705970663a85213523f45ca0305629a4a18de7e50b4b591dbf84aa",
  text: "mutation WebhookUpdate($id: ID!, $url: String, $query: String, $enabled: Boolean, $fromNow: Boolean) {\n  webhookUpdate(\n    id: $id\n    url: $url\n    query: $query\n    enabled: $enabled\n    fromNow: $fromNow\n  ) {\n    ...WebhookChangeFields\n  }\n}\n\nfragment WebhookChangeFields on WebhookChange {\n  webhook {\n    ...WebhookFields\n  }\n  secret\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment WebhookFields on Webhook {\n  __typename\n  id\n  url\n  query\n  enabled\n  reason\n  failingSince\n  nextAttemptAt\n  createdAt\n  userId\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface WebhookDeleteData {
  /** Delete a webhook. */
  webhookDelete: Deleted;
}

export interface WebhookDeleteVariables {
  id: string;
}

/** Delete a webhook. */
export const webhookDelete: Mutation<WebhookDeleteData, WebhookDeleteVariables> = {
  kind: "mutation",
  name: "WebhookDelete",
  hash: "228ce26d5a1c44f2e927cf104e90f3fae30d5b2b346a770df5f642e1ca1cb47b",
  text: "mutation WebhookDelete($id: ID!) {\n  webhookDelete(id: $id) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface WebhookRotateSecretData {
  /** Sign a webhook's messages with a new secret; for a day the old one signs them too. */
  webhookRotateSecret: WebhookChange;
}

export interface WebhookRotateSecretVariables {
  id: string;
}

/** Sign a webhook's messages with a new secret; for a day the old one signs them too. */
export const webhookRotateSecret: Mutation<WebhookRotateSecretData, WebhookRotateSecretVariables> = {
  kind: "mutation",
  name: "WebhookRotateSecret",
  hash: "b2e5a2453ce8323ea13122873e8f3f68b7e623917619a4a07c3a659b951decec",
  text: "mutation WebhookRotateSecret($id: ID!) {\n  webhookRotateSecret(id: $id) {\n    ...WebhookChangeFields\n  }\n}\n\nfragment WebhookChangeFields on WebhookChange {\n  webhook {\n    ...WebhookFields\n  }\n  secret\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment WebhookFields on Webhook {\n  __typename\n  id\n  url\n  query\n  enabled\n  reason\n  failingSince\n  nextAttemptAt\n  createdAt\n  userId\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface WebhookTestData {
  /** Send a message that tells of nothing, at once and once. */
  webhookTest: DeliveryChange;
}

export interface WebhookTestVariables {
  id: string;
}

/** Send a message that tells of nothing, at once and once. */
export const webhookTest: Mutation<WebhookTestData, WebhookTestVariables> = {
  kind: "mutation",
  name: "WebhookTest",
  hash: "4e89e331957f3031041d19f2cc08fba112203c8a22a5d9bcb9406fd9d00dee12",
  text: "mutation WebhookTest($id: ID!) {\n  webhookTest(id: $id) {\n    ...DeliveryChangeFields\n  }\n}\n\nfragment DeliveryChangeFields on DeliveryChange {\n  delivery {\n    ...WebhookDeliveryFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment WebhookDeliveryFields on WebhookDelivery {\n  __typename\n  id\n  seq\n  state\n  type\n  body\n  createdAt\n  attempts\n  attemptedAt\n  status\n  milliseconds\n  answer\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface WebhookRedeliverData {
  /** Send a message again, at once and once, whatever became of it. */
  webhookRedeliver: DeliveryChange;
}

export interface WebhookRedeliverVariables {
  deliveryId: string;
}

/** Send a message again, at once and once, whatever became of it. */
export const webhookRedeliver: Mutation<WebhookRedeliverData, WebhookRedeliverVariables> = {
  kind: "mutation",
  name: "WebhookRedeliver",
  hash: "e75478a9e26a8df5e43ef8131dd66841ea97d81d8a74e22860210d464b5877bf",
  text: "mutation WebhookRedeliver($deliveryId: ID!) {\n  webhookRedeliver(deliveryId: $deliveryId) {\n    ...DeliveryChangeFields\n  }\n}\n\nfragment DeliveryChangeFields on DeliveryChange {\n  delivery {\n    ...WebhookDeliveryFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment WebhookDeliveryFields on WebhookDelivery {\n  __typename\n  id\n  seq\n  state\n  type\n  body\n  createdAt\n  attempts\n  attemptedAt\n  status\n  milliseconds\n  answer\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface NotificationsReadData {
  /** Mark notifications of yours as read: those of `ids`, or all of them. */
  notificationsRead: NotificationsRead;
}

export interface NotificationsReadVariables {
  ids?: string[] | null;
  all?: boolean | null;
}

/** Mark notifications of yours as read: those of `ids`, or all of them. */
export const notificationsRead: Mutation<NotificationsReadData, NotificationsReadVariables> = {
  kind: "mutation",
  name: "NotificationsRead",
  hash: "e07c37db5bc9ee28413450b93ce14132f3773258be87aa1569402bd9f8d50953",
  text: "mutation NotificationsRead($ids: [ID!], $all: Boolean) {\n  notificationsRead(ids: $ids, all: $all) {\n    ...NotificationsReadFields\n  }\n}\n\nfragment NotificationsReadFields on NotificationsRead {\n  unread\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface MeUpdateData {
  /** Change one's name, or the language one is spoken to in. */
  meUpdate: MeChange;
}

export interface MeUpdateVariables {
  name?: string | null;
  language?: string | null;
}

/** Change one's name, or the language one is spoken to in. */
export const meUpdate: Mutation<MeUpdateData, MeUpdateVariables> = {
  kind: "mutation",
  name: "MeUpdate",
  hash: "a96fd0e82d94898206bbb4cea93d1b9be4e0326c2cf71005cbba18423895924c",
  text: "mutation MeUpdate($name: String, $language: String) {\n  meUpdate(name: $name, language: $language) {\n    ...MeChangeFields\n  }\n}\n\nfragment MeChangeFields on MeChange {\n  me {\n    ...UserFields\n  }\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ApiKeyCreateData {
  /** Make an API key, with some scopes or all; a key cannot make keys. */
  apiKeyCreate: ApiKeyCreated;
}

export interface ApiKeyCreateVariables {
  name: string;
  scopes?: string[] | null;
  clientMutationId?: string | null;
}

/** Make an API key, with some scopes or all; a key cannot make keys. */
export const apiKeyCreate: Mutation<ApiKeyCreateData, ApiKeyCreateVariables> = {
  kind: "mutation",
  name: "ApiKeyCreate",
  hash: "4cd66b651f1569a6f7739e99293107141c42aa7e80308c1951644ecdcfd6424a",
  text: "mutation ApiKeyCreate($name: String!, $scopes: [String!], $clientMutationId: String) {\n  apiKeyCreate(name: $name, scopes: $scopes, clientMutationId: $clientMutationId) {\n    ...ApiKeyCreatedFields\n  }\n}\n\nfragment ApiKeyCreatedFields on ApiKeyCreated {\n  apiKey {\n    ...ApiKeyFields\n  }\n  secret\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment ApiKeyFields on ApiKey {\n  id\n  name\n  scopes\n  createdAt\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface ApiKeyRevokeData {
  /** Revoke an API key: it is good for nothing from then on. */
  apiKeyRevoke: Deleted;
}

export interface ApiKeyRevokeVariables {
  id: string;
}

/** Revoke an API key: it is good for nothing from then on. */
export const apiKeyRevoke: Mutation<ApiKeyRevokeData, ApiKeyRevokeVariables> = {
  kind: "mutation",
  name: "ApiKeyRevoke",
  hash: "86773ddfd618a61fc7b103a8b226368b84fb0eb096deb6b570e49d7fa8b2e4b7",
  text: "mutation ApiKeyRevoke($id: ID!) {\n  apiKeyRevoke(id: $id) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface InvitationCreateData {
  /** Invite to a site: whoever opens the address gets the role; an e-mail address says whom it is for. */
  invitationCreate: InvitationCreated;
}

export interface InvitationCreateVariables {
  siteId: string;
  role: string;
  email?: string | null;
  clientMutationId?: string | null;
}

/** Invite to a site: whoever opens the address gets the role; an e-mail address says whom it is for. */
export const invitationCreate: Mutation<InvitationCreateData, InvitationCreateVariables> = {
  kind: "mutation",
  name: "InvitationCreate",
  hash: "854fcd631a8d5b16c424201e5a688c5316d91577a35974c903a8875753e055ca",
  text: "mutation InvitationCreate($siteId: ID!, $role: String!, $email: String, $clientMutationId: String) {\n  invitationCreate(\n    siteId: $siteId\n    role: $role\n    email: $email\n    clientMutationId: $clientMutationId\n  ) {\n    ...InvitationCreatedFields\n  }\n}\n\nfragment InvitationCreatedFields on InvitationCreated {\n  invitationId\n  url\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface InvitationRevokeData {
  /** Close an invitation; those who came by it lose the role that it gave. */
  invitationRevoke: Deleted;
}

export interface InvitationRevokeVariables {
  siteId: string;
  id: string;
}

/** Close an invitation; those who came by it lose the role that it gave. */
export const invitationRevoke: Mutation<InvitationRevokeData, InvitationRevokeVariables> = {
  kind: "mutation",
  name: "InvitationRevoke",
  hash: "ee4a4085995531960cbf78d45081713fde2074beb8f97f232849279c0ef4a32a",
  text: "mutation InvitationRevoke($siteId: ID!, $id: ID!) {\n  invitationRevoke(siteId: $siteId, id: $id) {\n    ...DeletedFields\n  }\n}\n\nfragment DeletedFields on Deleted {\n  deletedId\n  errors {\n    ...UserErrorFields\n  }\n}\n\nfragment UserErrorFields on UserError {\n  code\n  message\n  hint\n  path\n}",
};

export interface PageChangedData {
  /** Each time that a page has changed; at once if it has since `sinceSeq`. Changes that come quickly are told as one. */
  pageChanged: PageChanged;
}

export interface PageChangedVariables {
  pageId: string;
  sinceSeq?: number | null;
}

/** Each time that a page has changed; at once if it has since `sinceSeq`. Changes that come quickly are told as one. */
export const pageChanged: Subscription<PageChangedData, PageChangedVariables> = {
  kind: "subscription",
  name: "PageChanged",
  hash: "a4608bfc44e74281dd345d4bffed0160fba8ecaefbf75d0bd000eb10d7daa841",
  text: "subscription PageChanged($pageId: ID!, $sinceSeq: Int) {\n  pageChanged(pageId: $pageId, sinceSeq: $sinceSeq) {\n    ...PageChangedFields\n  }\n}\n\nfragment PageChangedFields on PageChanged {\n  seq\n  page {\n    ...PageFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}",
};

export interface ProductChangedData {
  /** Each product of a site that changes; at once those that have since `sinceSeq`. */
  productChanged: ProductChanged;
}

export interface ProductChangedVariables {
  siteId: string;
  sinceSeq?: number | null;
}

/** Each product of a site that changes; at once those that have since `sinceSeq`. */
export const productChanged: Subscription<ProductChangedData, ProductChangedVariables> = {
  kind: "subscription",
  name: "ProductChanged",
  hash: "a5ab9a415cb97fce48bbbb0df4f18286b04ad948811c9db1b3e3a3c5e39b8037",
  text: "subscription ProductChanged($siteId: ID!, $sinceSeq: Int) {\n  productChanged(siteId: $siteId, sinceSeq: $sinceSeq) {\n    ...ProductChangedFields\n  }\n}\n\nfragment ProductChangedFields on ProductChanged {\n  seq\n  product {\n    ...ProductFields\n  }\n  deletedId\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}",
};

export interface SiteEventsData {
  /** What happens on a site: what was published, edited, sold or written; at once what has since `sinceSeq`. */
  siteEvents: SiteEvents;
}

export interface SiteEventsVariables {
  siteId: string;
  only?: SiteEventKind[] | null;
  sinceSeq?: number | null;
}

/** What happens on a site: what was published, edited, sold or written; at once what has since `sinceSeq`. */
export const siteEvents: Subscription<SiteEventsData, SiteEventsVariables> = {
  kind: "subscription",
  name: "SiteEvents",
  hash: "e8325b5eb269b74b83a817f68cc1c02ea5a0feef55598a3c740dce2f8599a7f7",
  text: "subscription SiteEvents($siteId: ID!, $only: [SiteEventKind!], $sinceSeq: Int) {\n  siteEvents(siteId: $siteId, only: $only, sinceSeq: $sinceSeq) {\n    __typename\n    seq\n    at\n    entityId\n    ...CommentEventFields\n    ...DeploymentEventFields\n    ...MessageEventFields\n    ...OrderEventFields\n    ...PageEventFields\n    ...ProductEventFields\n    ...ReviewEventFields\n  }\n}\n\nfragment CommentEventFields on CommentEvent {\n  __typename\n  seq\n  at\n  entityId\n  comment {\n    ...CommentFields\n  }\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment DeploymentEventFields on DeploymentEvent {\n  __typename\n  seq\n  at\n  entityId\n  deployment {\n    ...DeploymentFields\n  }\n}\n\nfragment DeploymentFields on Deployment {\n  __typename\n  id\n  createdAt\n  pages\n  bytes\n  live\n}\n\nfragment MessageEventFields on MessageEvent {\n  __typename\n  seq\n  at\n  entityId\n  message {\n    ...MessageFields\n  }\n}\n\nfragment MessageFields on Message {\n  __typename\n  id\n  pageId\n  locale\n  fields\n  createdAt\n}\n\nfragment OrderEventFields on OrderEvent {\n  __typename\n  seq\n  at\n  entityId\n  order {\n    ...OrderFactFields\n  }\n}\n\nfragment OrderFactFields on OrderFact {\n  __typename\n  id\n  externalId\n  source\n  total {\n    ...MoneyFields\n  }\n  refunded {\n    ...MoneyFields\n  }\n  units\n  lines {\n    ...OrderLineFields\n  }\n  refunds {\n    ...RefundFactFields\n  }\n  placedAt\n}\n\nfragment MoneyFields on Money {\n  amount\n  currency\n}\n\nfragment OrderLineFields on OrderLine {\n  name\n  quantity\n  unitPrice {\n    ...MoneyFields\n  }\n  productId\n  variantId\n}\n\nfragment RefundFactFields on RefundFact {\n  externalId\n  amount {\n    ...MoneyFields\n  }\n  reason\n  refundedAt\n}\n\nfragment PageEventFields on PageEvent {\n  __typename\n  seq\n  at\n  entityId\n  page {\n    ...PageFields\n  }\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment ProductEventFields on ProductEvent {\n  __typename\n  seq\n  at\n  entityId\n  product {\n    ...ProductFields\n  }\n}\n\nfragment ProductFields on Product {\n  __typename\n  id\n  slug\n  status\n  names\n  descriptions\n  tags\n  options {\n    ...ProductOptionFields\n  }\n  images {\n    ...ProductImageFields\n  }\n  affiliateLinks {\n    ...AffiliateLinkFields\n  }\n  category\n  merchant {\n    ...MerchantFields\n  }\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  inStock\n  rating\n  reviewCount\n  createdAt\n  updatedAt\n  revision\n  variants {\n    ...VariantFields\n  }\n}\n\nfragment ProductOptionFields on ProductOption {\n  name\n  values\n}\n\nfragment ProductImageFields on ProductImage {\n  imageId\n  url\n  alt\n}\n\nfragment AffiliateLinkFields on AffiliateLink {\n  network\n  url\n  commission\n}\n\nfragment MerchantFields on Merchant {\n  __typename\n  id\n  slug\n  name\n  country\n  url\n  revision\n}\n\nfragment PriceFields on Price {\n  amount\n  currency\n  compareAt\n}\n\nfragment StockFields on Stock {\n  available\n  reserved\n  policy\n  availableOn\n}\n\nfragment VariantFields on Variant {\n  __typename\n  id\n  sku\n  options\n  prices {\n    ...PriceFields\n  }\n  stock {\n    ...StockFields\n  }\n  revision\n}\n\nfragment ReviewEventFields on ReviewEvent {\n  __typename\n  seq\n  at\n  entityId\n  review {\n    ...ReviewFields\n  }\n}\n\nfragment ReviewFields on Review {\n  __typename\n  id\n  author\n  rating\n  body\n  locale\n  verified\n  createdAt\n  productId\n  status\n}",
};

export interface NotificationsSubscriptionData {
  /** Each thing that you are told; at once what you were since `sinceSeq`. */
  notifications: Notification;
}

export interface NotificationsSubscriptionVariables {
  sinceSeq?: number | null;
}

/** Each thing that you are told; at once what you were since `sinceSeq`. */
export const notificationsSubscription: Subscription<NotificationsSubscriptionData, NotificationsSubscriptionVariables> = {
  kind: "subscription",
  name: "NotificationsSubscription",
  hash: "ff926eac2aa04afb1d05a5f5f3e3e1c7ffa7df27019f5172d6d48600e9c35c5c",
  text: "subscription NotificationsSubscription($sinceSeq: Int) {\n  notifications(sinceSeq: $sinceSeq) {\n    ...NotificationFields\n  }\n}\n\nfragment NotificationFields on Notification {\n  __typename\n  id\n  seq\n  kind\n  createdAt\n  readAt\n  actor {\n    ...UserFields\n  }\n  siteId\n  siteName\n  pageId\n  page {\n    ...PageFields\n  }\n  comment {\n    ...CommentFields\n  }\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}\n\nfragment PageFields on Page {\n  __typename\n  id\n  title\n  slug\n  path\n  titles\n  parent\n  revision\n}\n\nfragment CommentFields on Comment {\n  __typename\n  id\n  pageId\n  threadId\n  author {\n    ...UserFields\n  }\n  body\n  createdAt\n  editedAt\n  deletedAt\n  nodeId\n  quote\n  resolvedAt\n  resolvedBy {\n    ...UserFields\n  }\n  nodeRemoved\n}",
};

export interface PresenceData {
  /** Who has a page open, on all nodes: at once, and each time that it changes, at most a few times a second. */
  presence: Presence[];
}

export interface PresenceVariables {
  pageId: string;
}

/** Who has a page open, on all nodes: at once, and each time that it changes, at most a few times a second. */
export const presence: Subscription<PresenceData, PresenceVariables> = {
  kind: "subscription",
  name: "Presence",
  hash: "ff08b2437224ce17b7dad1276a5bc06492dd11a4f7e4b17f13c096a645c63eb9",
  text: "subscription Presence($pageId: ID!) {\n  presence(pageId: $pageId) {\n    ...PresenceFields\n  }\n}\n\nfragment PresenceFields on Presence {\n  user {\n    ...UserFields\n  }\n  nodeId\n}\n\nfragment UserFields on User {\n  __typename\n  id\n  name\n  color\n}",
};
