import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api, type SiteSummary } from "../api";
import { t } from "../i18n/i18n";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { attempt, explain } from "../ui/toast";
import { w } from "./words";

interface Props {
  readonly site: SiteSummary;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

export function RenameSite(props: Props): JSX.Element {
  const [name, setName] = createSignal(props.site.name);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const done = await attempt(() => api.renameSite(props.site.id, name().trim()));
    if (done) props.onDone();
  };
  return (
    <Dialog title={w("renameTitle")} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="rename">{w("siteName")}</label>
          <input
            id="rename"
            class="input"
            required
            maxlength="100"
            autofocus
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div class="dialog-foot">
          <button type="submit" class="button primary">
            {t("action.rename")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function RemoveSite(props: Props): JSX.Element {
  const [typed, setTyped] = createSignal("");
  const isSure = () => typed().trim() === props.site.name.trim();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (!isSure()) return;
    await attempt(async () => {
      await api.deleteSite(props.site.id);
      props.onDone();
    });
  };
  return (
    <Dialog title={w("deleteTitle", { name: props.site.name })} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p>{w("deleteText")}</p>
        <input
          class="input"
          autofocus
          autocomplete="off"
          aria-label={w("siteName")}
          placeholder={props.site.name}
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <div class="dialog-foot">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t("action.cancel")}
          </button>
          <button type="submit" class="button danger" disabled={!isSure()}>
            {w("deleteButton")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

export function PagesList(props: { site: SiteSummary; onClose: () => void }): JSX.Element {
  const [pages] = createResource(() => props.site.id, api.pages);
  return (
    <Dialog title={props.site.name} onClose={props.onClose}>
      <Show when={pages.error}>
        <p class="error">{explain(pages.error)}</p>
      </Show>
      <ul class="rows">
        <For each={pages.error ? [] : pages()}>
          {(page) => (
            <li>
              <a href={`/edit/${page.id}`}>
                <Icon name="file" small />
                <b>{page.title || t("pages.untitled")}</b>
                <span class="note">{page.path}</span>
              </a>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}
