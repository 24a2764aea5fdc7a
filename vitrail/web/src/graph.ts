/** The GraphQL interface; see docs/graphql.md. */

import { ApiError, call, type Problem } from "./api";

interface UserError {
  readonly message: string;
  readonly hint: string | null;
}

type Variables = Readonly<Record<string, unknown>>;

interface Answer<T> {
  readonly data: T | null;
  readonly errors?: readonly Problem[];
}

const REFUSED = 400;
const TOO_MANY = 429;
const TRIES = 5;

/** What a query selects. */
export async function ask<T>(query: string, variables: Variables): Promise<T> {
  const answer = await patiently(() => call<Answer<T>>("POST", "/graphql", { query, variables }));
  const [problem] = answer.errors ?? [];
  if (problem || !answer.data) {
    throw new ApiError(REFUSED, problem?.message ?? "", problem?.extensions?.hint);
  }
  return answer.data;
}

/** What was refused because of many others was not begun: it is asked again when the server says. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await work();
    } catch (error) {
      const isDue = error instanceof ApiError && error.status === TOO_MANY && error.after > 0;
      if (!isDue || left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, error.after * 1000));
    }
  }
}

/** What a mutation, called `it` in the document, has made. */
export async function change<T>(mutation: string, variables: Variables): Promise<T> {
  const { it } = await ask<{ it: T & { errors: readonly UserError[] } }>(mutation, variables);
  const [problem] = it.errors;
  if (problem) throw new ApiError(REFUSED, problem.message, problem.hint ?? "");
  return it;
}
