import { createUniqueId, type JSX, onMount } from "solid-js";
import { t } from "../i18n/i18n";
import { IconButton } from "./button";

/** A native modal dialog, open as long as it is in the tree. */
export function Dialog(props: {
  title: string;
  wide?: boolean;
  onClose: () => void;
  children: JSX.Element;
}): JSX.Element {
  let element: HTMLDialogElement | undefined;
  const id = createUniqueId();
  onMount(() => element?.showModal());
  return (
    <dialog
      ref={element}
      class="dialog"
      classList={{ wide: props.wide === true }}
      aria-labelledby={id}
      onClose={() => props.onClose()}
      onPointerDown={(event) => event.target === element && element?.close()}
    >
      <div class="dialog-head">
        <h2 id={id}>{props.title}</h2>
        <IconButton icon="x" label={t("action.close")} onPress={() => element?.close()} />
      </div>
      <div class="dialog-body">{props.children}</div>
    </dialog>
  );
}
