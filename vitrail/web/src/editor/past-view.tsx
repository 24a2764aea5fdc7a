import { type JSX, onCleanup, onMount, Show } from "solid-js";
import { Portal } from "solid-js/web";
import { momentAddress } from "../api";
import { moment } from "../i18n/i18n";
import { IconButton } from "../ui/button";
import { useEditor } from "./context";
import { w } from "./history-words";
import { NameForm } from "./name-form";
import type { Line } from "./timeline";

/** The page as it was, read-only, in the place of the canvas and the inspector. */
export function PastView(props: {
  line: Line;
  page: string;
  onName: (label: string) => void;
  onRestore: () => void;
  onClose: () => void;
}): JSX.Element {
  const { session } = useEditor();
  onMount(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      props.onClose();
    };
    document.addEventListener("keydown", leave, { capture: true });
    onCleanup(() => document.removeEventListener("keydown", leave, { capture: true }));
  });
  return (
    <Portal mount={document.querySelector(".editor") ?? document.body}>
      <section class="past" aria-label={w("past")}>
        <header>
          <span class="past-when">
            <b>{moment(props.line.at)}</b>
            <span class="note">
              {props.line.who} · {w("readOnly")}
            </span>
          </span>
          <span class="grow" />
          <Show when={session.canWrite}>
            <NameForm label={w("nameThis")} onName={props.onName} />
          </Show>
          <Show when={session.canEdit}>
            <button type="button" class="button primary" onClick={() => props.onRestore()}>
              {w("restore")}
            </button>
          </Show>
          <IconButton icon="x" label={w("leave")} onPress={() => props.onClose()} />
        </header>
        <iframe
          title={w("shown", { when: moment(props.line.at) })}
          src={momentAddress(props.page, props.line.seq, session.locale())}
        />
      </section>
    </Portal>
  );
}
