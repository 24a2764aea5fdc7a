/** The HTTP interface, as docs/http-api.md says. */

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly hint: string,
  ) {
    super(message);
  }
}

let csrf = "";

export async function api<T>(method: string, path: string, body?: unknown): Promise<T> {
  const isForm = body instanceof FormData;
  const headers: Record<string, string> = {};
  if (method !== "GET") headers["X-CSRF-Token"] = csrf;
  if (body !== undefined && !isForm) headers["Content-Type"] = "application/json";
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) init.body = isForm ? body : JSON.stringify(body);
  const response = await fetch(path, init);
  const text = await response.text();
  const value: unknown = text ? JSON.parse(text) : null;
  if (!response.ok) {
    const error = (value as { error?: Record<string, string> } | null)?.error ?? {};
    throw new ApiError(
      response.status,
      error["code"] ?? "error",
      error["message"] ?? response.statusText,
      error["hint"] ?? "",
    );
  }
  return value as T;
}

export interface Me {
  readonly user: { id: string; name: string; email: string | null; color: string; language: string };
  readonly csrf: string;
  readonly organisations: readonly { id: string; name: string; role: string }[];
}

/** Who is signed in, or null. */
export async function whoAmI(): Promise<Me | null> {
  try {
    const me = await api<Me>("GET", "/api/me");
    csrf = me.csrf;
    return me;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}
