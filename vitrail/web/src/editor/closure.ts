import { ApiError, api } from "../api";
import { sentences } from "../i18n/errors";
import { t } from "../i18n/i18n";

/** Why a page does not open to whoever asks, or not any more. */
export type Closure =
  | { readonly kind: "apart"; readonly reason: string }
  | { readonly kind: "signedOut" | "revoked" | "missing" }
  | { readonly kind: "other"; readonly text: () => string };

const other = (said: string): Closure => ({ kind: "other", text: () => sentences(said) });

/** Ask the server why it does not let a page be opened; `said` is what it said over the socket. */
export async function whyClosed(page: string, said: string): Promise<Closure> {
  try {
    const { set_apart } = await api.page(page);
    return set_apart === null ? other(said) : { kind: "apart", reason: set_apart };
  } catch (error) {
    return closureOf(error) ?? other(said);
  }
}

/** What an answer over HTTP says of a page that does not open; null if it is about something else. */
export function closureOf(error: unknown): Closure | null {
  switch (error instanceof ApiError ? error.status : 0) {
    case 401:
      return { kind: "signedOut" };
    case 403:
      return { kind: "revoked" };
    case 404:
      return { kind: "missing" };
    case 423:
      return { kind: "apart", reason: "" };
    default:
      return null;
  }
}

export function titleOf(closure: Closure): string {
  return closure.kind === "apart" ? t("apart.title") : t("gone.title");
}

/** What has happened, and what to do about it. */
export function textsOf(closure: Closure): readonly string[] {
  if (closure.kind === "other") return [closure.text()];
  if (closure.kind !== "apart") return [t(`gone.${closure.kind}`)];
  const { reason } = closure;
  return [reason ? t("apart.reason", { reason }) : t("apart.text"), t("apart.safe"), t("apart.do")];
}
