import { type Component, createSignal, onMount, Show } from "solid-js";

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 60_000;

/**
 * A part that comes after the page, by itself, and that the page does without: if it cannot be
 * fetched, as while a server restarts, nothing is shown in its place until it can.
 */
export function aside<P extends object>(fetch: () => Promise<Component<P>>): Component<P> {
  const [found, setFound] = createSignal<Component<P>>();
  let wait = FIRST_WAIT;
  let isAsked = false;
  const ask = (): void => {
    fetch().then(
      (part) => setFound(() => part),
      () => {
        window.setTimeout(ask, wait);
        wait = Math.min(wait * 2, LONGEST_WAIT);
      },
    );
  };
  return (props) => {
    onMount(() => {
      if (!isAsked) ask();
      isAsked = true;
    });
    return (
      <Show keyed when={found()}>
        {(Part) => <Part {...props} />}
      </Show>
    );
  };
}
