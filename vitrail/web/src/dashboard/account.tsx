import { createSignal, type JSX, Show } from "solid-js";
import { api, type Me } from "../api";
import { t } from "../i18n/i18n";
import { Dialog } from "../ui/dialog";
import { explain, notify } from "../ui/toast";
import { w } from "./words";

const SHORTEST_PASSWORD = 10;

/** One's name, address and password. */
export function Account(props: { me: Me; onClose: () => void; onDone: () => void }): JSX.Element {
  const [name, setName] = createSignal(props.me.user.name);
  const [email, setEmail] = createSignal(props.me.user.email);
  const [password, setPassword] = createSignal("");
  const [failure, setFailure] = createSignal<unknown>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    try {
      await api.changeMe({
        name: name().trim(),
        ...(email().trim() === props.me.user.email ? {} : { email: email().trim() }),
        ...(password() ? { password: password() } : {}),
      });
    } catch (error) {
      setFailure(error);
      return;
    }
    notify(w("accountSaved"));
    props.onDone();
    props.onClose();
  };
  return (
    <Dialog title={w("accountTitle")} onClose={props.onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <div class="field">
          <label for="account-name">{w("accountName")}</label>
          <input
            id="account-name"
            class="input"
            required
            maxlength="200"
            autocomplete="name"
            value={name()}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="account-email">{w("accountEmail")}</label>
          <input
            id="account-email"
            class="input"
            type="text"
            inputmode="email"
            required
            maxlength="320"
            autocomplete="username"
            value={email()}
            onInput={(event) => setEmail(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="account-password">{w("accountPassword")}</label>
          <input
            id="account-password"
            class="input"
            type="password"
            minlength={SHORTEST_PASSWORD}
            autocomplete="new-password"
            aria-describedby="account-password-hint"
            value={password()}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          <p class="note" id="account-password-hint">
            {w("accountPasswordHint")}
          </p>
        </div>
        <Show when={failure()}>
          <p class="error" role="alert">
            {explain(failure())}
          </p>
        </Show>
        <div class="dialog-foot">
          <button type="button" class="button" onClick={() => props.onClose()}>
            {t("action.cancel")}
          </button>
          <button type="submit" class="button primary">
            {t("action.save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
