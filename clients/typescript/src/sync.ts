import type { Client } from "./client.ts";
import { RequestFailed } from "./errors.ts";
import { type SyncPageChanged, type SyncVariables, sync } from "./generated/operations.ts";

/** What to do with what one has: in one transaction, with keeping the cursor. */
export interface Step {
  /** Whether to drop everything first: the server no longer knows what has changed since. */
  isReset: boolean;
  changed: SyncPageChanged[];
  deleted: string[];
  /** Where to go on the next time, as `since`. */
  cursor: string | null;
}

/** Yield what has changed on a site, page by page, until there is no more. */
export async function* steps(
  client: Client,
  variables: SyncVariables,
): AsyncGenerator<Step, void, void> {
  let since = variables.since ?? null;
  while (true) {
    const { sync: page } = await client.run(sync, { ...variables, since });
    if (page.reset) {
      if (since === null)
        throw new RequestFailed([{ message: "the server cannot tell all of the site" }]);
      since = null;
      yield { isReset: true, changed: [], deleted: [], cursor: null };
      continue;
    }
    since = page.cursor;
    yield { isReset: false, changed: page.changed, deleted: page.deleted, cursor: since };
    if (!page.hasMore) return;
  }
}

/** Do to a map of things by their ids what a step says. */
export function apply(step: Step, things: Map<string, SyncPageChanged>): void {
  if (step.isReset) things.clear();
  for (const thing of step.changed) things.set(thing.id, thing);
  for (const id of step.deleted) things.delete(id);
}
