import { createSignal, For, type JSX, Show } from "solid-js";
import { told } from "../i18n/errors";
import { ago } from "../i18n/i18n";
import { Icon } from "../ui/icon";
import { MenuItem, Popover } from "../ui/menu";
import { attempt, notify } from "../ui/toast";
import { recipeOf } from "./webhook-recipes";
import { w } from "./webhook-words";
import { type Delivery, type Webhook, webhooks } from "./webhooks-api";

interface Props {
  readonly webhook: Webhook;
  readonly onChange: () => void;
  readonly onSecret: (secret: string) => void;
}

function say(sent: Delivery): void {
  const isWell = sent.state === "DONE";
  const why = () =>
    sent.status === null ? told(sent.answer ?? "") : w("answered", { status: sent.status });
  notify(() =>
    isWell ? w("sentWell", { status: sent.status ?? "" }) : w("sentBadly", { why: why() }),
  );
}

/** One webhook: whether it works, what may be done with it, and its last messages. */
export function WebhookItem(props: Props): JSX.Element {
  const [isRemoving, setRemoving] = createSignal(false);
  const run = async (work: () => Promise<unknown>): Promise<void> => {
    await attempt(work);
    props.onChange();
  };
  const rotate = async (): Promise<void> => {
    await attempt(async () => {
      props.onSecret(await webhooks.rotate(props.webhook.id));
      notify(w("rotated"));
    });
  };
  const isFailing = () => props.webhook.enabled && props.webhook.failingSince !== null;
  return (
    <li class="webhook">
      <div class="webhook-head">
        <span
          class="badge"
          classList={{ live: props.webhook.enabled && !isFailing(), bad: isFailing() }}
        >
          {w(isFailing() ? "failing" : props.webhook.enabled ? "on" : "off")}
        </span>
        <b class="webhook-url">{props.webhook.url}</b>
        <button
          type="button"
          class="button small"
          aria-label={w(props.webhook.enabled ? "disableOf" : "enableOf", {
            url: props.webhook.url,
          })}
          onClick={() => void run(() => webhooks.enable(props.webhook.id, !props.webhook.enabled))}
        >
          {w(props.webhook.enabled ? "disable" : "enable")}
        </button>
        <Popover
          label={w("moreOf", { url: props.webhook.url })}
          placement="bottom-end"
          trigger={(attributes) => (
            <button
              type="button"
              class="icon-button"
              aria-label={w("moreOf", { url: props.webhook.url })}
              {...attributes}
            >
              <Icon name="ellipsis" />
            </button>
          )}
        >
          {() => (
            <>
              <MenuItem
                icon="play"
                label={w("test")}
                onChoose={() => void run(async () => say(await webhooks.test(props.webhook.id)))}
              />
              <MenuItem icon="key-round" label={w("rotate")} onChoose={() => void rotate()} />
              <MenuItem
                icon="trash-2"
                danger
                label={w("remove")}
                onChoose={() => setRemoving(true)}
              />
            </>
          )}
        </Popover>
      </div>
      <p class="note">
        {w(recipeOf(props.webhook.query))}
        <Show when={props.webhook.reason}>{(reason) => <> · {w(reason())}</>}</Show>
        <Show when={isFailing() && props.webhook.failingSince}>
          {(since) => <> · {w("failingSince", { when: ago(since()) })}</>}
        </Show>
        <Show when={isFailing() && props.webhook.nextAttemptAt}>
          {(next) => <> {w("nextAt", { when: ago(next()) })}</>}
        </Show>
      </p>
      <Show when={isRemoving()}>
        <div class="webhook-ask" role="alert">
          <p>{w("removeAsk", { url: props.webhook.url })}</p>
          <button
            type="button"
            class="button"
            ref={(button) => queueMicrotask(() => button.focus())}
            onClick={() => setRemoving(false)}
          >
            {w("cancel")}
          </button>
          <button
            type="button"
            class="button danger"
            onClick={() => void run(() => webhooks.remove(props.webhook.id))}
          >
            {w("remove")}
          </button>
        </div>
      </Show>
      <details>
        <summary>
          {w("deliveries")} ({props.webhook.deliveries.nodes.length})
        </summary>
        <ul class="rows">
          <For
            each={props.webhook.deliveries.nodes}
            fallback={<li class="note">{w("noDeliveries")}</li>}
          >
            {(delivery) => (
              <DeliveryRow
                delivery={delivery}
                onAgain={() => run(async () => say(await webhooks.redeliver(delivery.id)))}
              />
            )}
          </For>
        </ul>
      </details>
    </li>
  );
}

function DeliveryRow(props: { delivery: Delivery; onAgain: () => Promise<void> }): JSX.Element {
  const outcome = (): string => {
    const { status, milliseconds, attempts } = props.delivery;
    if (attempts === 0) return w("waiting");
    if (status === null) return w("unanswered");
    return `${w("answered", { status })} ${w("took", { ms: milliseconds ?? 0 })}`;
  };
  // Without a status it is what our server says of theirs.
  const answer = (): string => {
    const { status, answer: text } = props.delivery;
    return status === null ? told(text ?? "") : (text ?? "");
  };
  const when = () => ago(props.delivery.attemptedAt ?? props.delivery.createdAt);
  return (
    <li class="delivery">
      <details>
        <summary>
          <Icon name={props.delivery.state === "DONE" ? "circle-check" : "triangle-alert"} small />
          <span>{outcome()}</span>
          <span class="note">
            {when()} · {w("attempts", { n: props.delivery.attempts })}
            {props.delivery.type === "test" ? ` · ${w("kindTest")}` : ""}
          </span>
        </summary>
        <pre tabindex="0" aria-label={w("content")}>
          {props.delivery.body}
          {"\n\n"}
          {answer()}
        </pre>
      </details>
      <button
        type="button"
        class="button small"
        aria-label={w("againOf", { when: when() })}
        onClick={() => void props.onAgain()}
      >
        {w("again")}
      </button>
    </li>
  );
}
