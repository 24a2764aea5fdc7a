import { createSignal, type JSX, Show } from "solid-js";
import { ApiError, api } from "../api";
import { language, setLanguage } from "../i18n/i18n";
import { Logo, Segmented } from "../ui/button";
import { Icon } from "../ui/icon";
import { explain } from "../ui/toast";
import { LeadedWindow } from "./leaded-window";
import { w } from "./words";

export function SignIn(props: { onDone: () => void }): JSX.Element {
  const [email, setEmail] = createSignal("");
  const [password, setPassword] = createSignal("");
  const [error, setError] = createSignal<unknown>(null);
  const [isBusy, setBusy] = createSignal(false);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await api.signIn(email(), password());
      props.onDone();
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };
  const isWrong = () => {
    const reason = error();
    return reason instanceof ApiError && [400, 401, 403].includes(reason.status);
  };
  return (
    <div class="sign-in">
      <main>
        <div class="sign-in-top">
          <Logo />
          <b>Vitrail</b>
          <Segmented
            label={w("language")}
            value={language()}
            choices={[
              { value: "fr", label: "Français", text: "FR" },
              { value: "en", label: "English", text: "EN" },
            ]}
            onChoose={(name) => void setLanguage(name)}
          />
        </div>
        <form onSubmit={(event) => void submit(event)}>
          <h1>{w("signInTitle")}</h1>
          <p class="lead">{w("signInLead")}</p>
          <div class="field">
            <label for="email">{w("signInEmail")}</label>
            <input
              id="email"
              class="input"
              type="email"
              autocomplete="username"
              required
              value={email()}
              onInput={(event) => setEmail(event.currentTarget.value)}
            />
          </div>
          <div class="field">
            <label for="password">{w("signInPassword")}</label>
            <input
              id="password"
              class="input"
              type="password"
              autocomplete="current-password"
              required
              aria-invalid={error() !== null}
              aria-describedby="sign-in-error"
              value={password()}
              onInput={(event) => setPassword(event.currentTarget.value)}
            />
          </div>
          <p id="sign-in-error" role="alert" class="error">
            <Show when={error()}>
              <Icon name="triangle-alert" small />
              {isWrong() ? w("signInBad") : explain(error())}
            </Show>
          </p>
          <button type="submit" class="button primary large" disabled={isBusy()}>
            {w("signInButton")}
          </button>
          <p class="note">
            {w("signInHint")} <code>vitrail login-link</code> {w("signInHint2")}
          </p>
        </form>
      </main>
      <LeadedWindow />
    </div>
  );
}
