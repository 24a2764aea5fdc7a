import * as Y from "yjs";
import type { Operation, OperationName } from "./commands";
import { EditError, type ErrorCode } from "./errors";
import { applyOperation } from "./operations";
import { type Context, type PageRequest, randomId, Workbench } from "./workbench";

export interface Result {
  readonly op: OperationName;
  readonly status: "ok" | "error" | "skipped";
  /** The tops that it made. */
  readonly created?: readonly string[];
  readonly error?: { readonly code: ErrorCode; readonly message: string; readonly hint?: string };
}

/** What a run did. */
export interface Outcome {
  readonly isOk: boolean;
  /** One for each operation, in order. */
  readonly results: readonly Result[];
  /** What the last operation made or changed, for the context of the next run. */
  readonly last: readonly string[];
  /** Operations that only the server can do. */
  readonly requests: readonly PageRequest[];
}

/**
 * Run operations in order, all or none. Several are rehearsed on copies first, because later ones
 * may refer to what earlier ones made; the documents change only if all succeed.
 */
export function execute(
  page: Y.Doc,
  site: Y.Doc,
  operations: readonly Operation[],
  context: Context,
  { partial = false }: { partial?: boolean } = {},
): Outcome {
  if (partial || operations.length <= 1) return perform(page, site, operations, context, partial);
  const ids: string[] = [];
  const draws: number[] = [];
  const keep = <T>(kept: T[], value: T): T => {
    kept.push(value);
    return value;
  };
  const { newId = randomId, random = Math.random } = context;
  const recording = {
    ...context,
    newId: () => keep(ids, newId()),
    random: () => keep(draws, random()),
  };
  const copies = [copyOf(page), copyOf(site)] as const;
  const rehearsal = perform(...copies, operations, recording, false);
  for (const copy of copies) copy.destroy();
  if (!rehearsal.isOk) return rehearsal;
  // The performance repeats the draws of the rehearsal, so that both make the same ids.
  const replaying = {
    ...context,
    newId: () => ids.shift() ?? newId(),
    random: () => draws.shift() ?? random(),
  };
  return perform(page, site, operations, replaying, false);
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function perform(
  page: Y.Doc,
  site: Y.Doc,
  operations: readonly Operation[],
  context: Context,
  partial: boolean,
): Outcome {
  const bench = new Workbench(page, site, context);
  let isOk = true;
  const results = operations.map((operation, place): Result => {
    if (!isOk && !partial) return { op: operation.op, status: "skipped" };
    bench.place = place;
    try {
      const created = applyOperation(bench, operation);
      return { op: operation.op, status: "ok", ...(created.length > 0 && { created }) };
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      isOk = false;
      return { op: operation.op, status: "error", error: describe(error) };
    }
  });
  if (isOk || partial) return { isOk, results, last: bench.last, requests: bench.requests };
  const undone = results.map(
    (result): Result => (result.status === "ok" ? { op: result.op, status: "skipped" } : result),
  );
  return { isOk, results: undone, last: context.last ?? [], requests: [] };
}

function describe({ code, message, hint }: EditError): NonNullable<Result["error"]> {
  return { code, message, ...(hint !== undefined && { hint }) };
}
