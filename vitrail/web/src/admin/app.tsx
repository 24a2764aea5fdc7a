import { createEffect, createSignal, type JSX, on, onMount, Show } from "solid-js";
import { ApiError, api } from "../api";
import { setLanguage, t } from "../i18n/i18n";
import { Brand } from "../ui/button";
import { Icon } from "../ui/icon";
import { explain, Toasts } from "../ui/toast";
import { Documents } from "./documents";
import { KeptOutUpdates } from "./kept-out";
import { type LiveInstance, watchInstance } from "./live";
import { Nodes } from "./nodes";
import { Quarantined } from "./quarantine";
import { Tiles } from "./tiles";
import { w } from "./words";

export function App(): JSX.Element {
  const [isKnown, setKnown] = createSignal(false);
  const [failure, setFailure] = createSignal<unknown>(null);
  const fail = (error: unknown): void => {
    if (error instanceof ApiError && error.status === 401) location.assign("/");
    else setFailure(error);
  };
  onMount(async () => {
    try {
      const me = await api.me();
      await setLanguage(me.user.language || document.documentElement.lang);
      setKnown(true);
    } catch (error) {
      fail(error);
    }
  });
  createEffect(() => {
    document.title = `${w("title")} · Vitrail`;
  });
  return (
    <div class="home">
      <header class="home-top">
        <Brand />
        <span class="grow" />
        <a class="button plain" href="/">
          {w("sites")}
        </a>
      </header>
      <Show
        when={isKnown()}
        fallback={
          <Show when={failure()}>
            <main class="empty">
              <strong>{explain(failure())}</strong>
              <button type="button" class="button" onClick={() => location.reload()}>
                {t("action.retry")}
              </button>
            </main>
          </Show>
        }
      >
        <Watch />
      </Show>
      <Toasts />
    </div>
  );
}

function Watch(): JSX.Element {
  const live = watchInstance();
  const isForbidden = () => {
    const error = live.error();
    return error instanceof ApiError && [401, 403, 404].includes(error.status);
  };
  createEffect(
    on(live.error, (error) => {
      if (error instanceof ApiError && error.status === 401) location.assign("/");
    }),
  );
  return (
    <main>
      <div class="home-head admin-head">
        <h1>{w("title")}</h1>
        <Show when={live.state.value}>{(value) => <Verdict of={value()} />}</Show>
        <span class="grow" />
        <Show when={live.state.value}>
          {(value) => <span class="note wide-only">Vitrail {value().version}</span>}
        </Show>
        <button
          type="button"
          class="button"
          disabled={isForbidden()}
          onClick={() => live.setPaused(!live.isPaused())}
        >
          <span class="pulse" classList={{ still: live.isPaused() }} aria-hidden="true" />
          {live.isPaused() ? w("resume") : w("pause")}
        </button>
      </div>
      <Show when={isForbidden()}>
        <div class="empty tall">
          <strong>{w("notYours")}</strong>
          <a class="button" href="/">
            {w("home")}
          </a>
        </div>
      </Show>
      <Show when={live.error() && !isForbidden()}>
        <p class="error admin-error" role="alert">
          <Icon name="triangle-alert" small />
          {explain(live.error())}
        </p>
      </Show>
      <Show when={!isForbidden() && live.state.value}>
        {(value) => (
          <>
            <Tiles of={value()} />
            <Nodes of={value().nodes} />
            <Quarantined of={value().quarantined} onChange={live.refresh} />
            <KeptOutUpdates of={value().kept_out} />
            <Documents of={value()} onChange={live.refresh} />
          </>
        )}
      </Show>
    </main>
  );
}

/** What is wrong, worst first, in a few words; it is read out only when it changes. */
function Verdict(props: { of: LiveInstance }): JSX.Element {
  const trouble = (): string => {
    const { nodes, silent_nodes } = props.of;
    if (nodes.some((node) => !node.log_is_up)) return w("logDown");
    if (nodes.some((node) => node.unacknowledged_seconds > 1)) return w("slow");
    if (silent_nodes > 0) return w("silent", { n: silent_nodes });
    if (nodes.some((node) => !node.bus_is_up)) return w("busDown");
    return nodes.some((node) => node.is_draining) ? w("draining") : "";
  };
  return (
    <span class="badge verdict" classList={{ live: !trouble(), bad: !!trouble() }} role="status">
      {trouble() || w("well")}
    </span>
  );
}
