import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api } from "../api";
import { ago, t } from "../i18n/i18n";
import { CopyField } from "../ui/copy-field";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { once } from "../ui/once";
import { attempt, explain } from "../ui/toast";
import { w } from "./words";

export function Tokens(props: { onClose: () => void }): JSX.Element {
  const [tokens, { refetch }] = createResource(api.tokens);
  const [name, setName] = createSignal("");
  const [secret, setSecret] = createSignal("");
  const create = once(() =>
    attempt(async () => {
      setSecret((await api.createToken(name().trim())).token);
      setName("");
      await refetch();
    }),
  );
  const revoke = async (id: string): Promise<void> => {
    await attempt(async () => {
      await api.deleteToken(id);
      await refetch();
    });
  };
  return (
    <Dialog title={w("tokensTitle")} onClose={props.onClose}>
      <p class="note">
        {w("tokensLead")} <a href="/graphiql">{w("tokensTry")}</a>
      </p>
      <form class="line" onSubmit={create}>
        <input
          class="input"
          required
          maxlength="100"
          aria-label={w("tokensName")}
          placeholder={w("tokensName")}
          value={name()}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button primary">
          {w("tokensCreate")}
        </button>
      </form>
      <Show when={secret()}>
        <CopyField label={w("tokensOnce")} value={secret()} />
      </Show>
      <Show when={tokens.error}>
        <p class="error">{explain(tokens.error)}</p>
      </Show>
      <ul class="rows">
        <For
          each={tokens.error ? [] : tokens.latest}
          fallback={<li class="note">{w("tokensEmpty")}</li>}
        >
          {(token) => (
            <li>
              <Icon name="key-round" small />
              <b>{token.name}</b>
              <span class="note">{w("tokensMade", { when: ago(token.created_at) })}</span>
              <span class="grow" />
              <button type="button" class="button small" onClick={() => void revoke(token.id)}>
                {t("action.revoke")}
              </button>
            </li>
          )}
        </For>
      </ul>
    </Dialog>
  );
}
