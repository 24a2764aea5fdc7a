import { createSignal, type JSX, Match, onMount, Switch } from "solid-js";
import { ApiError, api, type Me } from "../api";
import { setLanguage, t } from "../i18n/i18n";
import { explain, Toasts } from "../ui/toast";
import { Home } from "./home";
import { SignIn } from "./sign-in";

type View = { kind: "wait" } | { kind: "signed-out" } | { kind: "failed"; error: unknown } | Signed;
interface Signed {
  readonly kind: "in";
  readonly me: Me;
}

export function App(): JSX.Element {
  const [view, setView] = createSignal<View>({ kind: "wait" });
  const load = async (): Promise<void> => {
    try {
      const me = await api.me();
      await setLanguage(me.user.language || document.documentElement.lang);
      setView({ kind: "in", me });
    } catch (error) {
      const isSignedOut = error instanceof ApiError && error.status === 401;
      setView(isSignedOut ? { kind: "signed-out" } : { kind: "failed", error });
    }
  };
  onMount(() => void load());
  const signed = () => {
    const now = view();
    return now.kind === "in" ? now.me : null;
  };
  const failure = () => {
    const now = view();
    return now.kind === "failed" ? now : null;
  };
  return (
    <>
      <Switch>
        <Match when={signed()}>{(me) => <Home me={me()} onMe={() => void load()} />}</Match>
        <Match when={view().kind === "signed-out"}>
          <SignIn onDone={() => void load()} />
        </Match>
        <Match when={failure()}>
          {(failed) => (
            <main class="empty full">
              <strong>{explain(failed().error)}</strong>
              <button type="button" class="button" onClick={() => void load()}>
                {t("action.retry")}
              </button>
            </main>
          )}
        </Match>
      </Switch>
      <Toasts />
    </>
  );
}
