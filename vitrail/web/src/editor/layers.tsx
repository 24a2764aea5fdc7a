import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { t } from "../i18n/words";
import { flatten } from "../model/nodes";
import { Icon, type IconName } from "../ui/icon";
import type { Session } from "./session";
import { labelOf } from "./stage";

const ROW = 28;
const SPARE = 8;
const ICONS: Readonly<Record<string, IconName>> = {
  text: "text",
  image: "image",
  picture: "image",
  button: "button",
  section: "layers",
};

/** The tree of the page: only the rows in view are in the DOM. */
export function Layers(props: { session: Session }): JSX.Element {
  const session = props.session;
  const [search, setSearch] = createSignal("");
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(600);
  const [closed, setClosed] = createSignal<ReadonlySet<string>>(new Set());
  const rows = createMemo(() => {
    session.changed();
    const tree = session.canvas?.tree;
    if (!tree) return [];
    const wanted = search().toLowerCase();
    const all = flatten(tree);
    if (wanted) return all.filter(({ id }) => labelOf(session, id).toLowerCase().includes(wanted));
    let hiddenBelow = Number.POSITIVE_INFINITY;
    return all.filter(({ id, depth }) => {
      if (depth > hiddenBelow) return false;
      hiddenBelow = closed().has(id) ? depth : Number.POSITIVE_INFINITY;
      return true;
    });
  });
  const first = () => Math.max(0, Math.floor(top() / ROW) - SPARE);
  const shown = () => rows().slice(first(), first() + Math.ceil(height() / ROW) + 2 * SPARE);
  const hasChildren = (id: string) => Boolean(session.canvas?.tree.children.get(id)?.length);
  const toggle = (id: string, isClosed: boolean) =>
    setClosed((now) => new Set(isClosed ? [...now, id] : [...now].filter((x) => x !== id)));
  const whoIsOn = (id: string) => session.peers().find((peer) => peer.selection.includes(id));
  const keys = (event: KeyboardEvent) => {
    const [id] = session.selected();
    const at = rows().findIndex((row) => row.id === id);
    const go = (index: number) => {
      const row = rows()[index];
      if (row) session.select([row.id]);
    };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(Math.max(0, at - 1));
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(rows().length - 1);
    else if (event.key === "ArrowRight" && id) toggle(id, false);
    else if (event.key === "ArrowLeft" && id) toggle(id, true);
    else return;
    event.preventDefault();
  };
  return (
    <section class="panel">
      <h2>{t("layers")}</h2>
      <label class="search">
        <Icon name="search" size={14} />
        <span class="visually-hidden">{t("findLayer")}</span>
        <input placeholder={t("findLayer")} onInput={(event) => setSearch(event.target.value)} />
      </label>
      <div
        class="tree"
        role="tree"
        tabindex="0"
        aria-label={t("layers")}
        aria-activedescendant={session.selected()[0] ? `row-${session.selected()[0]}` : undefined}
        onKeyDown={keys}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        ref={(element) => queueMicrotask(() => setHeight(element.clientHeight || 600))}
      >
        <div style={{ height: `${rows().length * ROW}px`, position: "relative" }}>
          <For each={shown()}>
            {(row, index) => (
              <div
                id={`row-${row.id}`}
                role="treeitem"
                tabindex="-1"
                aria-level={row.depth + 1}
                aria-selected={session.selected().includes(row.id)}
                aria-expanded={hasChildren(row.id) ? !closed().has(row.id) : undefined}
                class="row"
                style={{
                  top: `${(first() + index()) * ROW}px`,
                  "padding-inline-start": `${8 + row.depth * 14}px`,
                }}
                onClick={(event) =>
                  session.select(
                    event.shiftKey || event.ctrlKey ? [...session.selected(), row.id] : [row.id],
                  )
                }
                onKeyDown={() => undefined}
              >
                <Icon name={ICONS[session.node(row.id)?.type ?? ""] ?? "box"} size={14} />
                <span class="row-name">{labelOf(session, row.id)}</span>
                <Show when={whoIsOn(row.id)}>
                  {(peer) => (
                    <i class="who" style={{ background: peer().user.color }} title={peer().user.name} />
                  )}
                </Show>
                <Show when={session.mayEdit()}>
                  <button
                    type="button"
                    class="row-action"
                    classList={{ on: session.node(row.id)?.hidden === true }}
                    aria-label={t(session.node(row.id)?.hidden ? "show" : "hide")}
                    tabindex="-1"
                    onClick={(event) => {
                      event.stopPropagation();
                      const hidden = !session.node(row.id)?.hidden;
                      session.run({ op: "update", target: { id: row.id }, set: { hidden } });
                    }}
                  >
                    <Icon name={session.node(row.id)?.hidden ? "eyeOff" : "eye"} size={14} />
                  </button>
                </Show>
              </div>
            )}
          </For>
        </div>
      </div>
    </section>
  );
}
