import { createSignal, type JSX, onMount, Show, Suspense } from "solid-js";
import { aside } from "./aside";
import { quietly } from "./quietly";

const Bell = aside(
  () => import("./bell"),
  (module) => module.Bell,
);

/** Where the bell comes when nothing else is waited for. */
export function BellPlace(): JSX.Element {
  const [isQuiet, setQuiet] = createSignal(false);
  onMount(() => quietly(() => setQuiet(true)));
  return (
    <span class="bell-place">
      <Suspense>
        <Show when={isQuiet()}>
          <Bell />
        </Show>
      </Suspense>
    </span>
  );
}
