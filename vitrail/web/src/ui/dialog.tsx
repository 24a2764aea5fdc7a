import { type JSX, onMount } from "solid-js";
import { t } from "../i18n/words";
import { Icon } from "./icon";

/** A modal dialog: Escape and a click beside it close it, focus returns where it was. */
export function Dialog(props: {
  title: string;
  onClose: () => void;
  children: JSX.Element;
}): JSX.Element {
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  return (
    <dialog
      class="dialog"
      ref={dialog}
      onClose={() => props.onClose()}
      onClick={(event) => event.target === dialog && dialog?.close()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <h2>
        {props.title}
        <button type="button" class="ghost" aria-label={t("close")} onClick={() => dialog?.close()}>
          <Icon name="close" />
        </button>
      </h2>
      {props.children}
    </dialog>
  );
}
