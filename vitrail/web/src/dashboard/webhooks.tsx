import { createResource, createSignal, For, type JSX, Show, type Signal } from "solid-js";
import { createStore, reconcile, unwrap } from "solid-js/store";
import type { SiteSummary } from "../api";
import { CopyField } from "../ui/copy-field";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { explain } from "../ui/toast";
import { NewWebhook } from "./new-webhook";
import { WebhookItem } from "./webhook-item";
import { w } from "./webhook-words";
import { webhooks } from "./webhooks-api";
import "./webhooks.css";

/** Holds a list whose rows stay what they are when it is read anew, so that what is open stays so. */
function keepInPlace<T>(value: T): Signal<T> {
  const [store, setStore] = createStore({ value });
  const set = (next: unknown): T => {
    const found = typeof next === "function" ? next(unwrap(store.value)) : next;
    setStore("value", reconcile(found));
    return store.value;
  };
  return [() => store.value, set as Signal<T>[1]];
}

/** Which servers are told what happens on a site, and what became of it. */
export function Webhooks(props: { site: SiteSummary; onClose: () => void }): JSX.Element {
  const [list, { refetch }] = createResource(() => props.site.id, webhooks.list, {
    storage: keepInPlace,
  });
  const [isAdding, setAdding] = createSignal(false);
  const [secret, setSecret] = createSignal("");
  const show = (made: string): void => {
    setSecret(made);
    setAdding(false);
    void refetch();
  };
  return (
    <Dialog title={`${w("title")} · ${props.site.name}`} wide onClose={props.onClose}>
      <p class="note">{w("lead")}</p>
      <Show when={secret()}>
        <div class="webhook-secret" role="status">
          <CopyField label={w("secret")} value={secret()} />
          <p class="note">{w("secretHint")}</p>
        </div>
      </Show>
      <Show when={list.error}>
        <p class="error">{explain(list.error)}</p>
      </Show>
      <Show
        when={isAdding()}
        fallback={
          <>
            <ul class="webhooks">
              <For
                each={list.error ? [] : list.latest}
                fallback={
                  <Show when={!list.loading}>
                    <li class="empty">{w("empty")}</li>
                  </Show>
                }
              >
                {(webhook) => (
                  <WebhookItem webhook={webhook} onChange={() => void refetch()} onSecret={show} />
                )}
              </For>
            </ul>
            <div class="dialog-foot">
              <button type="button" class="button primary" onClick={() => setAdding(true)}>
                <Icon name="plus" small />
                {w("add")}
              </button>
            </div>
          </>
        }
      >
        <NewWebhook site={props.site.id} onBack={() => setAdding(false)} onDone={show} />
      </Show>
    </Dialog>
  );
}
