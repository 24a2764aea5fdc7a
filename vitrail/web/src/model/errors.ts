export type ErrorCode = "invalid" | "not_found";

/** Why an operation cannot be done, for the one who asked. */
export class EditError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export function invalid(message: string, hint?: string): EditError {
  return new EditError("invalid", message, hint);
}

export function notFound(message: string, hint?: string): EditError {
  return new EditError("not_found", message, hint);
}
