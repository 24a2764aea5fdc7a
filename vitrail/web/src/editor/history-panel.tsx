import { createMemo, createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api, type WorkSession } from "../api";
import { ago, moment, t } from "../i18n/i18n";
import { Icon } from "../ui/icon";
import { attempt, notify } from "../ui/toast";
import { useEditor } from "./context";
import "./history.css";
import { w } from "./history-words";
import { NameForm } from "./name-form";
import { PastView } from "./past-view";
import { type Line, timeline } from "./timeline";

export function HistoryPanel(): JSX.Element {
  const { session } = useEditor();
  const page = session.info.id;
  const [shown, setShown] = createSignal<Line | null>(null);
  const [older, setOlder] = createSignal<readonly WorkSession[]>([]);
  const [following, setFollowing] = createSignal<number | null>(null);
  const [latest, { refetch }] = createResource(async () => {
    const [sessions, versions] = await Promise.all([api.history(page), api.versions(page)]);
    setOlder([]);
    setFollowing(sessions.next);
    return { sessions: sessions.sessions, versions };
  });
  const more = async (): Promise<void> => {
    const found = await attempt(() => api.history(page, following() ?? undefined));
    if (!found) return;
    setOlder((all) => [...all, ...found.sessions]);
    setFollowing(found.next);
  };
  const lines = createMemo(() => {
    const known = latest.error ? undefined : latest.latest;
    return known ? timeline([...known.sessions, ...older()], known.versions, following()) : [];
  });
  const look = (line: Line): void => {
    setShown(line);
    session.setAnnounced(w("shown", { when: moment(line.at) }));
  };
  const name = async (label: string): Promise<void> => {
    const line = shown();
    await attempt(async () => {
      await api.nameVersion(page, label, line?.seq);
      await refetch();
      notify(w("named", { name: label }));
    });
  };
  const restore = async (): Promise<void> => {
    const line = shown();
    if (!line) return;
    await attempt(async () => {
      const restored = api.restore(page, line.seq);
      session.runs.keep(
        restored.then(
          ({ run }) => run,
          () => null,
        ),
      );
      await restored;
      setShown(null);
      notify(w("restored", { when: moment(line.at) }), {
        label: t("action.undo"),
        run: () => session.turn("undo"),
      });
      await refetch();
    });
  };
  return (
    <>
      <div class="panel-tools">
        <p class="note">{w("lead")}</p>
        <Show when={session.canWrite}>
          <NameForm label={w("nameNow")} onName={(label) => void name(label)} />
        </Show>
      </div>
      <div class="panel-scroll">
        <ol class="timeline">
          <For each={lines()} fallback={<li class="empty">{w("none")}</li>}>
            {(line) => (
              <li>
                <button
                  type="button"
                  classList={{ kept: line.kind !== "session" }}
                  aria-pressed={shown()?.seq === line.seq && shown()?.kind === line.kind}
                  onClick={() => look(line)}
                >
                  <Show
                    when={line.kind === "session"}
                    fallback={<Icon name={line.kind === "named" ? "star" : "history"} small />}
                  >
                    <i style={{ background: line.color ?? "var(--faint)" }} aria-hidden="true" />
                  </Show>
                  <span>
                    <b>{line.title}</b>
                    <span class="note" data-tip={moment(line.at)}>
                      {ago(line.at)} ·{" "}
                      {line.kind === "session" ? w("edits", { n: line.edits }) : line.who}
                    </span>
                  </span>
                </button>
              </li>
            )}
          </For>
        </ol>
        <Show when={following() !== null}>
          <button type="button" class="button small older" onClick={() => void more()}>
            {w("older")}
          </button>
        </Show>
      </div>
      <Show when={shown()}>
        {(line) => (
          <PastView
            line={line()}
            page={page}
            onName={(label) => void name(label)}
            onRestore={() => void restore()}
            onClose={() => setShown(null)}
          />
        )}
      </Show>
    </>
  );
}
