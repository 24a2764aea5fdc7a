import { createResource, For, type JSX, Show } from "solid-js";
import { api, type SiteSummary } from "../api";
import { ago } from "../i18n/i18n";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { attempt, explain } from "../ui/toast";
import { w } from "./words";

/** What visitors sent through the forms of a site. */
export function Messages(props: { site: SiteSummary; onClose: () => void }): JSX.Element {
  const [messages, { mutate }] = createResource(() => props.site.id, api.messages);
  const remove = async (id: string): Promise<void> => {
    await attempt(async () => mutate(await api.deleteMessage(props.site.id, id)));
  };
  return (
    <Dialog title={`${w("messagesTitle")} · ${props.site.name}`} onClose={props.onClose}>
      <p class="note">{w("messagesLead")}</p>
      <Show when={messages.error}>
        <p class="error">{explain(messages.error)}</p>
      </Show>
      <ul class="messages">
        <For
          each={messages.error ? [] : messages()}
          fallback={
            <Show when={!messages.loading}>
              <li class="empty">{w("messagesEmpty")}</li>
            </Show>
          }
        >
          {(message) => (
            <li>
              <div class="message-head">
                <time datetime={message.created_at}>{ago(message.created_at)}</time>
                <span class="grow" />
                <button
                  type="button"
                  class="icon-button"
                  aria-label={w("messagesRemove", { when: ago(message.created_at) })}
                  onClick={() => void remove(message.id)}
                >
                  <Icon name="trash-2" small />
                </button>
              </div>
              <dl>
                <For each={message.fields}>
                  {(field) => (
                    <>
                      <dt>{field.label}</dt>
                      <dd>{field.value}</dd>
                    </>
                  )}
                </For>
              </dl>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}
