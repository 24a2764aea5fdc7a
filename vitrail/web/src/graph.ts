/** The GraphQL interface; see docs/graphql.md. */

import { ApiError, call } from "./api";

interface Problem {
  readonly message: string;
  readonly extensions?: { readonly hint?: string };
}

interface UserError {
  readonly message: string;
  readonly hint: string | null;
}

type Variables = Readonly<Record<string, unknown>>;

const REFUSED = 400;

/** What a query selects. */
export async function ask<T>(query: string, variables: Variables): Promise<T> {
  const answer = await call<{ data: T | null; errors?: readonly Problem[] }>("POST", "/graphql", {
    query,
    variables,
  });
  const [problem] = answer.errors ?? [];
  if (problem || !answer.data) {
    throw new ApiError(REFUSED, problem?.message ?? "", problem?.extensions?.hint);
  }
  return answer.data;
}

/** What a mutation, called `it` in the document, has made. */
export async function change<T>(mutation: string, variables: Variables): Promise<T> {
  const { it } = await ask<{ it: T & { errors: readonly UserError[] } }>(mutation, variables);
  const [problem] = it.errors;
  if (problem) throw new ApiError(REFUSED, problem.message, problem.hint ?? "");
  return it;
}
