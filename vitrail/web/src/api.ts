/** The HTTP interface; see docs/http-api.md. */

export type Role = "owner" | "admin" | "designer" | "editor" | "commenter" | "analyst" | "viewer";

export interface Me {
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly color: string;
    readonly language: string;
  };
  readonly csrf: string;
  /** Whether this person runs the server, and may see its page. */
  readonly runs_server: boolean;
  readonly organisations: readonly { id: string; name: string; role: Role }[];
}

export interface SiteSummary {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: Role;
  readonly pages: number;
  readonly updated_at: string;
  readonly published_at: string | null;
  readonly url?: string | null;
  readonly thumbnail: string | null;
}

export interface PageSummary {
  readonly id: string;
  readonly title: string;
  readonly slug: string;
  readonly path: string;
}

export interface PageInfo extends PageSummary {
  readonly site: SiteSummary;
  readonly role: Role;
  readonly locales: readonly string[];
  /** Why the page opens to nobody for now; null if it does. */
  readonly set_apart: string | null;
  readonly can: Readonly<
    Record<"edit" | "content" | "comment" | "publish" | "share" | "history", boolean>
  >;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  readonly color?: string;
  /** Whether the role comes with the organisation, not with the site. */
  readonly inherited?: boolean;
  readonly role: Role;
}

export interface OpenLink {
  readonly id: string;
  readonly role: Role;
  readonly url?: string;
  readonly email?: string | null;
  readonly expires_at: string | null;
}

export interface Asset {
  readonly id: string;
  readonly name: string;
  readonly alt: Readonly<Record<string, string>>;
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly kind: string;
  readonly url: string;
  readonly thumb: string;
  readonly variants: readonly { width: number; format: string; url: string }[];
}

export interface Deployment {
  readonly id: string;
  readonly created_at: string;
  readonly pages: number;
  readonly size: number;
  readonly live: boolean;
}

/** Who stands behind a change; without a name it is Vitrail itself, or several people. */
export interface Actor {
  readonly id: string | null;
  readonly name: string | null;
  readonly color: string | null;
  readonly kind: string;
}

/** What one person did to a page without a pause. */
export interface WorkSession {
  readonly from: number;
  readonly to: number;
  readonly began_at: string;
  readonly ended_at: string;
  readonly edits: number;
  readonly actor: Actor;
}

/** A moment of a page that somebody named, or that was kept before much changed. */
export interface PageVersion {
  readonly id: string;
  readonly seq: number;
  readonly at: string;
  readonly kind: "named" | "publish" | "import" | "restore" | "run";
  readonly label: string;
  readonly actor: Actor;
}

/** What a visitor sent through a form of a published page. */
export interface FormMessage {
  readonly id: string;
  readonly page_id: string;
  readonly locale: string;
  readonly fields: readonly { name: string; label: string; value: string }[];
  readonly created_at: string;
}

/** Something of the shop that a node can show. */
export interface Choice {
  readonly id: string;
  readonly name: Readonly<Record<string, string>>;
  /** Of a product. */
  readonly status?: "draft" | "active" | "archived";
  /** The id of the first image of a product, or its address. */
  readonly image?: string;
  /** How many products have a tag. */
  readonly count?: number;
}

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: unknown;
  readonly created_at: string;
}

export interface Template {
  readonly id: string;
  readonly label: Readonly<Record<string, string>>;
  readonly description: Readonly<Record<string, string>>;
  readonly pages: number;
}

/** What the server answered instead of what was asked for. */
export class ApiError extends Error {
  readonly status: number;
  readonly hint: string;
  /** The seconds to wait before it is worth trying again; 0 when nobody knows. */
  readonly after: number;

  constructor(status: number, message: string, hint = "", after = 0) {
    super(message);
    this.status = status;
    this.hint = hint;
    this.after = after;
  }
}

let csrf = "";

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      body: body === undefined ? null : isForm ? body : JSON.stringify(body),
    });
  } catch {
    throw new ApiError(0, "");
  }
  if (response.status === 204) return undefined as T;
  const content: unknown = await response.json().catch(() => null);
  if (!response.ok) throw readError(response, content);
  return content as T;
}

/** What the server says is wrong: all routes say it alike, but for GraphQL. */
interface Refusal {
  readonly error?: { readonly message?: string; readonly hint?: string };
  readonly errors?: readonly Problem[];
}

/** What GraphQL says is wrong. */
export interface Problem {
  readonly message: string;
  readonly extensions?: { readonly hint?: string };
}

function readError({ status, headers }: Response, content: unknown): ApiError {
  const { error, errors } = (content ?? {}) as Refusal;
  const hint = error?.hint ?? errors?.[0]?.extensions?.hint;
  const after = Number(headers.get("Retry-After")) || 0; // others may write a date there
  return new ApiError(status, error?.message ?? errors?.[0]?.message ?? "", hint, after);
}

/** What the server put into the editor's page, so that nothing has to be asked for first. */
export function readStart(): { me?: Me; page?: PageInfo } {
  const start: { me?: Me; page?: PageInfo } = JSON.parse(
    document.getElementById("start")?.textContent ?? "{}",
  );
  if (start.me) csrf = start.me.csrf;
  return start;
}

const pageOf = (id: string) => `/api/pages/${encodeURIComponent(id)}`;

/** Where a page is shown as it was. */
export const momentAddress = (id: string, seq: number, locale: string): string =>
  `${pageOf(id)}/history/${seq}?locale=${encodeURIComponent(locale)}`;

const site = (id: string) => `/api/sites/${encodeURIComponent(id)}`;

export const api = {
  async me(): Promise<Me> {
    const me = await call<Me>("GET", "/api/me");
    csrf = me.csrf;
    return me;
  },
  changeMe: (change: { name?: string; email?: string; language?: string; password?: string }) =>
    call<Me>("PATCH", "/api/me", change),
  signIn: (email: string, password: string) =>
    call<void>("POST", "/api/sign-in", { email, password }),
  signOut: () => call<void>("POST", "/api/sign-out"),
  sites: () => call<SiteSummary[]>("GET", "/api/sites"),
  createSite: (name: string, template: string) =>
    call<SiteSummary>("POST", "/api/sites", { name, template }),
  renameSite: (id: string, name: string) => call<SiteSummary>("PATCH", site(id), { name }),
  deleteSite: (id: string) => call<void>("DELETE", site(id)),
  pages: (id: string) => call<PageSummary[]>("GET", `${site(id)}/pages`),
  page: (id: string) => call<PageInfo>("GET", `/api/pages/${encodeURIComponent(id)}`),
  createPage: (id: string, title: string) =>
    call<PageSummary>("POST", `${site(id)}/pages`, { title }),
  deletePage: (id: string) => call<void>("DELETE", `/api/pages/${encodeURIComponent(id)}`),
  members: (id: string) =>
    call<{ members: Member[]; links: OpenLink[] }>("GET", `${site(id)}/members`),
  createLink: (id: string, role: Role) =>
    call<{ id: string; url: string; role: Role }>("POST", `${site(id)}/links`, { role }),
  deleteLink: (id: string, link: string) => call<void>("DELETE", `${site(id)}/links/${link}`),
  changeMember: (id: string, user: string, role: Role) =>
    call<unknown>("PATCH", `${site(id)}/members/${user}`, { role }),
  deleteMember: (id: string, user: string) => call<void>("DELETE", `${site(id)}/members/${user}`),
  assets: (id: string) => call<Asset[]>("GET", `${site(id)}/assets`),
  upload: (id: string, file: File) => {
    const form = new FormData();
    form.set("file", file);
    return call<Asset>("POST", `${site(id)}/assets`, form);
  },
  changeAsset: (id: string, asset: string, change: { alt?: Record<string, string> }) =>
    call<Asset>("PATCH", `${site(id)}/assets/${asset}`, change),
  deleteAsset: (id: string, asset: string) => call<void>("DELETE", `${site(id)}/assets/${asset}`),
  /** What answers the wants of a page's nodes: products or reviews by want. */
  shop: (id: string, wants: readonly string[]) =>
    call<Record<string, readonly unknown[]>>("POST", `${site(id)}/shop`, { wants }),
  /** Where it is told that the shop has changed. */
  shopNews: (id: string) => `${location.origin.replace(/^http/, "ws")}${site(id)}/shop/live`,
  choices: (id: string, query: { kind: string; search?: string; ids?: string }) =>
    call<Choice[]>("GET", `${site(id)}/shop/choices?${new URLSearchParams(query)}`),
  publish: (id: string) =>
    call<{ deployment: string; url: string; pages: number; bytes: number }>(
      "POST",
      `${site(id)}/publish`,
    ),
  deployments: (id: string) => call<Deployment[]>("GET", `${site(id)}/deployments`),
  rollback: (id: string, deployment: string) =>
    call<unknown>("POST", `${site(id)}/rollback`, { deployment }),
  history: (id: string, before?: number) =>
    call<{ sessions: WorkSession[]; next: number | null }>(
      "GET",
      `${pageOf(id)}/history${before === undefined ? "" : `?before=${before}`}`,
    ),
  versions: (id: string) => call<PageVersion[]>("GET", `${pageOf(id)}/versions`),
  nameVersion: (id: string, label: string, seq?: number) =>
    call<PageVersion>("POST", `${pageOf(id)}/versions`, { label, seq }),
  restore: (id: string, seq: number) =>
    call<{ run: string }>("POST", `${pageOf(id)}/restore`, { seq }),
  undoRun: (id: string, run: string) =>
    call<{ run: string; results: { status: string; error?: unknown }[] }>(
      "POST",
      `${pageOf(id)}/commands`,
      { ops: [{ op: "undo", run }] },
    ),
  messages: (id: string) => call<FormMessage[]>("GET", `${site(id)}/messages`),
  deleteMessage: (id: string, message: string) =>
    call<FormMessage[]>("DELETE", `${site(id)}/messages/${message}`),
  tokens: () => call<ApiToken[]>("GET", "/api/tokens"),
  createToken: (name: string) =>
    call<{ id: string; token: string }>("POST", "/api/tokens", { name }),
  deleteToken: (id: string) => call<void>("DELETE", `/api/tokens/${id}`),
  templates: () => call<Template[]>("GET", "/api/templates"),
};
