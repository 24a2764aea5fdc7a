import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api, type Template } from "../api";
import { pick, t } from "../i18n/i18n";
import { EmptyWindow } from "../ui/art";
import { Dialog } from "../ui/dialog";
import { SiteThumbnail } from "../ui/site-thumbnail";
import { attempt } from "../ui/toast";
import { w } from "./words";

const BLANK = "blank";

export function NewSite(props: { onClose: () => void }): JSX.Element {
  const [templates] = createResource(() => api.templates().catch((): Template[] => []));
  const [name, setName] = createSignal("");
  const [template, setTemplate] = createSignal("");
  const [isBusy, setBusy] = createSignal(false);
  const listed = () => {
    const others = (templates() ?? []).filter((item) => item.id !== BLANK);
    const blank = {
      id: BLANK,
      label: w("newBlank"),
      text: w("newBlankText"),
    };
    return [
      ...others.map((item) => ({
        id: item.id,
        label: pick(item.label, item.id),
        text: pick(item.description),
      })),
      blank,
    ];
  };
  const chosen = () => template() || listed()[0]?.id || BLANK;
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const made = await attempt(async () => {
      const site = await api.createSite(name().trim(), chosen());
      return api.pages(site.id);
    });
    if (made?.[0]) location.assign(`/edit/${made[0].id}`);
    else setBusy(false);
  };
  return (
    <Dialog title={w("newSite")} wide onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="site-name">{w("siteName")}</label>
          <input
            id="site-name"
            class="input"
            required
            maxlength="100"
            autofocus
            placeholder={w("siteNameExample")}
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <fieldset class="templates">
          <legend>{w("newFrom")}</legend>
          <For each={listed()}>
            {(item) => (
              <label class="template">
                <input
                  type="radio"
                  name="template"
                  value={item.id}
                  checked={chosen() === item.id}
                  onChange={() => setTemplate(item.id)}
                />
                <Show when={item.id !== BLANK} fallback={<EmptyWindow />}>
                  <SiteThumbnail seed={item.id} name={item.label} />
                </Show>
                <b>{item.label}</b>
                <span class="note">{item.text}</span>
              </label>
            )}
          </For>
        </fieldset>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t("action.cancel")}
          </button>
          <button type="submit" class="button primary" disabled={isBusy()}>
            {t("action.create")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
