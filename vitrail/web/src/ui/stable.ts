import { createComputed } from "solid-js";
import { createStore, reconcile } from "solid-js/store";

/**
 * A list whose items stay the same objects by their id when the list is made anew, so that `For`
 * keeps their elements: a name that is being written, a menu that is open.
 */
export function stable<T extends { readonly id: string }>(
  list: () => readonly T[],
): () => readonly T[] {
  const [kept, setKept] = createStore<{ list: readonly T[] }>({ list: [] });
  createComputed(() => setKept("list", reconcile(list(), { key: "id" })));
  return () => kept.list;
}
