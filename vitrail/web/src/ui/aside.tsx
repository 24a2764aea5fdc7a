import { type Component, createSignal, onMount, Show } from "solid-js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 10_000;

/**
 * A part that comes after the page, by itself, and that the page does without: if it cannot be
 * fetched, as while a server restarts, nothing is shown in its place until it can.
 */
export function aside<M, P extends object>(
  fetch: () => Promise<M>,
  choose: (module: M) => Component<P>,
): Component<P> {
  const [found, setFound] = createSignal<Component<P>>();
  let wait = FIRST_WAIT;
  let isAsked = false;
  const ask = (get: () => Promise<M>): void => {
    get().then(
      (module) => setFound(() => choose(module)),
      (error: unknown) => {
        window.setTimeout(ask, wait, anew(error) ?? fetch);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      },
    );
  };
  return (props) => {
    onMount(() => {
      if (!isAsked) ask(fetch);
      isAsked = true;
    });
    return (
      <Show keyed when={found()}>
        {(Part) => <Part {...props} />}
      </Show>
    );
  };
}

/**
 * How to fetch a module that an error tells of: a browser that could not fetch it does not try again
 * by that address (whatwg/html#6768), but by another it does.
 */
function anew<M>(error: unknown): (() => Promise<M>) | undefined {
  const [address] = /https?:\S+?\.js/.exec(String(error)) ?? [];
  return address ? () => import(/* @vite-ignore */ `${address}?${Date.now()}`) : undefined;
}
