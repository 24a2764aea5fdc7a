import type { UserError } from "./generated/operations.ts";

/** One error of an answer, as GraphQL writes it. */
export interface AnswerError {
  message: string;
  path?: (string | number)[];
  extensions?: { code?: string; hint?: string; trace?: string };
}

/** The server could not be reached, or what it said is no answer. */
export class Unreachable extends Error {
  override name = "Unreachable";
}

/** The server refused a request, or could not answer all of it. */
export class RequestFailed extends Error {
  override name = "RequestFailed";
  readonly errors: AnswerError[];
  /** HTTP status; 0 of an operation on a socket. */
  readonly status: number;
  /** What could be answered. */
  readonly data: unknown;
  /** In how many seconds it may be tried again, if the server says so. */
  readonly retryAfter: number | null;

  constructor(
    errors: AnswerError[],
    status = 0,
    data: unknown = null,
    retryAfter: number | null = null,
  ) {
    super(errors[0]?.message ?? `the server answered ${status}`);
    this.errors = errors;
    this.status = status;
    this.data = data;
    this.retryAfter = retryAfter;
  }

  /** What programs go by: `not_signed_in`, `not_allowed`, `not_found`, `too_many_requests`, … */
  get code(): string {
    return this.errors[0]?.extensions?.code ?? "unknown";
  }

  get hint(): string | null {
    return this.errors[0]?.extensions?.hint ?? null;
  }
}

/** A mutation did nothing, and its answer says why. */
export class Refused extends Error {
  override name = "Refused";
  readonly errors: UserError[];

  constructor(errors: UserError[]) {
    super(errors.map(({ message }) => message).join("; "));
    this.errors = errors;
  }

  get code(): string {
    return this.errors[0]?.code ?? "unknown";
  }

  get hint(): string | null {
    return this.errors[0]?.hint ?? null;
  }
}
