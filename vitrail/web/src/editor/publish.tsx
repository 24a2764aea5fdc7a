import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api } from "../api";
import { ago, moment } from "../i18n/i18n";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { attempt, explain, notify } from "../ui/toast";
import { useEditor } from "./context";
import { w } from "./publish-words";

export function PublishDialog(props: { onClose: () => void }): JSX.Element {
  const { session } = useEditor();
  const site = session.info.site.id;
  const [past, { refetch }] = createResource(() => site, api.deployments);
  const [isBusy, setBusy] = createSignal(false);
  const [done, setDone] = createSignal<{ url: string; pages: number; bytes: number } | null>(null);
  const [error, setError] = createSignal<unknown>(null);
  const publish = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      setDone(await api.publish(site));
      void refetch();
    } catch (reason) {
      setError(reason);
    } finally {
      setBusy(false);
    }
  };
  const rollBack = async (id: string): Promise<void> => {
    await attempt(async () => {
      await api.rollback(site, id);
      await refetch();
      notify(w("rolledBack"));
    });
  };
  const listed = () => (past.error ? [] : (past.latest ?? []));
  return (
    <Dialog title={w("title")} onClose={props.onClose}>
      <p class="note">{w("lead")}</p>
      <Show when={done()}>
        {(result) => (
          <div class="published" role="status">
            <Icon name="circle-check" />
            <span>
              <b>{w("done")}</b>
              <span class="note">
                {w("pages", { n: result().pages })} · {Math.round(result().bytes / 1024)} kB
              </span>
            </span>
            <span class="grow" />
            <a class="button" href={result().url} target="_blank" rel="noopener">
              {w("see")}
              <Icon name="external-link" small />
            </a>
          </div>
        )}
      </Show>
      <Show when={error()}>
        <p class="error" role="alert">
          <Icon name="triangle-alert" small />
          {explain(error())}
        </p>
      </Show>
      <button
        type="button"
        class="button primary large"
        disabled={isBusy() || session.save().kind === "offline"}
        onClick={() => void publish()}
      >
        <Show when={isBusy()} fallback={<Icon name="rocket" small />}>
          <span class="spinner" />
        </Show>
        {w(isBusy() ? "busy" : "button")}
      </button>
      <section>
        <h3>{w("history")}</h3>
        <ul class="rows">
          <For each={listed()} fallback={<li class="note">{w("none")}</li>}>
            {(each) => (
              <li>
                <Icon name="history" small />
                <span class="who">
                  <b>{moment(each.created_at)}</b>
                  <span class="note">
                    {ago(each.created_at)} · {w("pages", { n: each.pages })}
                  </span>
                </span>
                <span class="grow" />
                <Show when={!each.live} fallback={<span class="badge live">{w("current")}</span>}>
                  <button type="button" class="button small" onClick={() => void rollBack(each.id)}>
                    {w("rollback")}
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Dialog>
  );
}
