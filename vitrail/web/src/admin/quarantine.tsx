import { createSignal, For, type JSX, Show } from "solid-js";
import { ago, t } from "../i18n/i18n";
import { Dialog } from "../ui/dialog";
import { attempt, notify } from "../ui/toast";
import { title } from "./format";
import { instance, type OpenDocument, type SetApart } from "./instance";
import { w } from "./words";

/** The documents that open to nobody, each with a button that releases it. */
export function Quarantined(props: {
  of: readonly SetApart[];
  onChange: () => Promise<void>;
}): JSX.Element {
  const release = async (found: SetApart): Promise<void> => {
    await attempt(async () => {
      await instance.release(found.name);
      notify(w("released", { name: title(found) }));
    });
    await props.onChange();
  };
  return (
    <Show when={props.of.length > 0}>
      <section class="sheet apart">
        <h2>{w("quarantine")}</h2>
        <p class="note">{w("quarantineText")}</p>
        <ul>
          <For each={props.of}>
            {(found) => (
              <li>
                <div class="grow">
                  <b>{title(found)}</b>
                  <code>{found.name}</code>
                  <p>{found.reason}</p>
                </div>
                <span class="note">
                  {found.by
                    ? w("sinceBy", { when: ago(found.since), name: found.by })
                    : w("sinceAlone", { when: ago(found.since) })}
                </span>
                <button
                  type="button"
                  class="button"
                  aria-label={w("releaseOf", { name: title(found) })}
                  onClick={() => void release(found)}
                >
                  {w("release")}
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

/** Asks why a document is to be set apart, and does it. */
export function SetApartDialog(props: {
  document: OpenDocument;
  onClose: () => void;
  onDone: () => Promise<void>;
}): JSX.Element {
  const [reason, setReason] = createSignal("");
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    await attempt(async () => {
      await instance.setApart(props.document.name, reason().trim());
      notify(w("apartDone", { name: title(props.document) }));
      props.onClose();
      await props.onDone();
    });
  };
  return (
    <Dialog title={w("apartTitle", { name: title(props.document) })} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p>{w("apartText")}</p>
        <div class="field">
          <label for="reason">{w("reason")}</label>
          <input
            id="reason"
            class="input"
            required
            maxlength="300"
            autocomplete="off"
            autofocus
            value={reason()}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </div>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t("action.cancel")}
          </button>
          <button type="submit" class="button danger">
            {w("apart")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
