import { createEffect, createSignal, For, type JSX, Show } from "solid-js";
import { ApiError } from "../api";
import { sentences } from "../i18n/errors";
import { t } from "../i18n/i18n";

interface Toast {
  readonly id: number;
  readonly text: () => string;
  readonly isBad: boolean;
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

const [toasts, setToasts] = createSignal<readonly Toast[]>([]);
let counter = 0;

function dismiss(id: number): void {
  setToasts((all) => all.filter((toast) => toast.id !== id));
}

export function notify(text: string | (() => string), action?: Toast["action"]): void {
  show({
    id: ++counter,
    text: typeof text === "string" ? () => text : text,
    isBad: false,
    action,
  });
}

function show(toast: Toast): void {
  setToasts((all) => [...all.slice(-2), toast]);
  setTimeout(dismiss, toast.isBad ? 9000 : 5000, toast.id);
}

/** What to tell a person of an error; reactive, as its words may have to be fetched. */
export function explain(error: unknown): string {
  if (!(error instanceof ApiError)) return t("error.unknown");
  if (error.status === 0) return t("error.network");
  if (!error.message) return t("error.unknown");
  return sentences(error.message, error.hint);
}

export function notifyError(error: unknown): void {
  show({ id: ++counter, text: () => explain(error), isBad: true });
}

/** Run something that may fail, and say so if it does. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    notifyError(error);
    return undefined;
  }
}

export function Toasts(): JSX.Element {
  let element: HTMLDivElement | undefined;
  // A manual popover lies in the top layer, so that dialogs do not cover what is said.
  createEffect(() => {
    if (toasts().length === 0) return;
    if (element?.matches(":popover-open")) element.hidePopover();
    element?.showPopover();
  });
  return (
    <div ref={element} class="toasts" popover="manual" role="status" aria-live="polite">
      <For each={toasts()}>
        {(toast) => (
          <div class="toast" classList={{ bad: toast.isBad }}>
            <span>{toast.text()}</span>
            <Show when={toast.action}>
              {(action) => (
                <button
                  type="button"
                  onClick={() => {
                    dismiss(toast.id);
                    action().run();
                  }}
                >
                  {action().label}
                </button>
              )}
            </Show>
            <button
              type="button"
              aria-label={t("action.dismiss")}
              onClick={() => dismiss(toast.id)}
            >
              ×
            </button>
          </div>
        )}
      </For>
    </div>
  );
}
