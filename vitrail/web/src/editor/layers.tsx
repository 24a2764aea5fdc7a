import {
  createEffect,
  createMemo,
  createSignal,
  For,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from "solid-js";
import { t } from "../i18n/i18n";
import { accepts, fold } from "../model/primitives";
import { isInside, ROOT } from "../model/tree";
import { EmptyWindow } from "../ui/art";
import { IconButton } from "../ui/button";
import { Icon } from "../ui/icon";
import { SearchField } from "../ui/search-field";
import { stable } from "../ui/stable";
import type { DropTarget, Landing } from "./cargo";
import { press } from "./cargo";
import { useEditor } from "./context";
import { carry } from "./frame-events";
import { type LayerRow, layerDrop, listLayers } from "./layer-rows";

const ROW = 30;
const SPARE = 8;

/** The page as a tree; only the rows in view are in the document, so long pages stay light. */
export function Layers(): JSX.Element {
  const { session, stage } = useEditor();
  const [search, setSearch] = createSignal("");
  const [closed, setClosed] = createSignal<ReadonlySet<string>>(new Set());
  const [scrollTop, setScrollTop] = createSignal(0);
  const [height, setHeight] = createSignal(600);
  const [renaming, setRenaming] = createSignal<string | null>(null);
  const [landing, setLanding] = createSignal<{ y: number; depth: number } | null>(null);
  let list: HTMLDivElement | undefined;

  const rows = createMemo(() => {
    const wanted = fold(search());
    return listLayers(session.store.tree(), closed(), (id) =>
      wanted ? fold(session.store.label(id)).includes(wanted) : true,
    );
  });
  const shown = stable(() => {
    const first = Math.max(0, Math.floor(scrollTop() / ROW) - SPARE);
    const last = Math.ceil((scrollTop() + height()) / ROW) + SPARE;
    return rows()
      .slice(first, last)
      .map((row, at) => ({ ...row, at: first + at }));
  });
  const active = () => session.selection().at(-1) ?? rows()[0]?.id;

  const setOpen = (id: string, isOpen: boolean) =>
    setClosed((now) => {
      const next = new Set(now);
      if (isOpen) next.delete(id);
      else next.add(id);
      return next;
    });
  const reveal = (id: string): void => {
    const tree = session.store.tree();
    for (let at = tree.parents.get(id); at && at !== ROOT; at = tree.parents.get(at))
      if (closed().has(at)) setOpen(at, true);
    const index = rows().findIndex((row) => row.id === id);
    if (!list || index < 0) return;
    const top = index * ROW;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + ROW > list.scrollTop + list.clientHeight)
      list.scrollTop = top + ROW - list.clientHeight;
  };
  createEffect(on(session.selection, (ids) => ids.at(-1) && reveal(ids.at(-1) as string)));

  const target: DropTarget = {
    locate(x, y, cargo) {
      const rect = list?.getBoundingClientRect();
      if (!list || !rect || x < rect.left || x > rect.right || y < rect.top || y > rect.bottom)
        return null;
      const tree = session.store.tree();
      const found = layerDrop(rows(), (y - rect.top + list.scrollTop) / ROW, {
        takes: (id) =>
          id === ROOT ||
          (cargo.type !== "section" && accepts(session.store.node(id)?.type ?? "", cargo.type)),
        isCarried: (id) => cargo.ids.some((carried) => isInside(tree, id, carried)),
        children: (id) => tree.children.get(id) ?? [],
        parent: (id) => tree.parents.get(id) ?? ROOT,
      });
      setLanding(found && { y: found.line * ROW, depth: found.depth });
      return found as Landing | null;
    },
    clear: () => setLanding(null),
    scroll(x, y) {
      const rect = list?.getBoundingClientRect();
      if (!list || !rect || x < rect.left || x > rect.right) return;
      if (y < rect.top + 30 && y > rect.top - 30) list.scrollTop -= 6;
      else if (y > rect.bottom - 30 && y < rect.bottom + 30) list.scrollTop += 6;
    },
  };
  onMount(() => {
    stage.targets.add(target);
    onCleanup(() => stage.targets.delete(target));
    if (!list) return;
    const watch = new ResizeObserver(() => setHeight(list?.clientHeight ?? 600));
    watch.observe(list);
    onCleanup(() => watch.disconnect());
  });

  const step = (event: KeyboardEvent): string | null | undefined => {
    const all = rows();
    const at = all.findIndex((row) => row.id === active());
    const row = all[at];
    const isPlain: Record<string, LayerRow | undefined> = {
      ArrowDown: all[at + 1],
      ArrowUp: all[at - 1],
      Home: all[0],
      End: all.at(-1),
    };
    if (event.key in isPlain) return isPlain[event.key]?.id ?? null;
    if (event.key === "ArrowRight") return enter(row, all[at + 1]);
    return event.key === "ArrowLeft" ? leave(row) : undefined;
  };
  const enter = (row: LayerRow | undefined, next: LayerRow | undefined): string | null => {
    if (row?.isOpen === false) setOpen(row.id, true);
    return row?.isOpen ? (next?.id ?? null) : null;
  };
  const leave = (row: LayerRow | undefined): string | null => {
    if (row?.isOpen) {
      setOpen(row.id, false);
      return null;
    }
    const parent = session.store.tree().parents.get(row?.id ?? "") ?? ROOT;
    return parent === ROOT ? null : parent;
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey || renaming()) return;
    if (event.key === "F2" && session.canEdit) setRenaming(active() ?? null);
    else {
      const next = step(event);
      if (next === undefined) return;
      if (next) choose(next);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const choose = (id: string, event?: MouseEvent): void => {
    if (event && (event.ctrlKey || event.metaKey || event.shiftKey)) session.toggle(id);
    else session.select([id]);
    stage.reveal(id);
  };
  const rename = (id: string, name: string): void => {
    setRenaming(null);
    if (name !== session.store.label(id)) session.update([id], { name: name || null });
    list?.focus();
  };

  return (
    <>
      <div class="panel-tools">
        <SearchField label={t("layers.search")} value={search()} onInput={setSearch} />
      </div>
      <Show
        when={rows().length > 0}
        fallback={
          <div class="empty">
            <EmptyWindow />
            <Show when={!search()} fallback={<strong>{t("layers.none")}</strong>}>
              <strong>{t("layers.empty")}</strong>
              <span>{t("layers.emptyText")}</span>
              <Show when={session.canEdit}>
                <button type="button" class="button" onClick={() => session.view.setPanel("add")}>
                  {t("layers.add")}
                </button>
              </Show>
            </Show>
          </div>
        }
      >
        <div
          ref={list}
          class="layers panel-scroll"
          role="tree"
          tabindex="0"
          aria-label={t("rail.layers")}
          aria-multiselectable="true"
          aria-activedescendant={active() ? `layer-${active()}` : undefined}
          onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
          onKeyDown={keys}
          onPointerLeave={() => session.setHovered(null)}
        >
          <div class="layers-inner" style={{ height: `${rows().length * ROW}px` }}>
            <For each={shown()}>
              {(row) => (
                <LayerItem
                  row={row}
                  at={row.at}
                  isRenaming={renaming() === row.id}
                  onToggle={() => setOpen(row.id, row.isOpen === false)}
                  onChoose={(event) => choose(row.id, event)}
                  onPress={(event) => {
                    if (session.canEdit && renaming() !== row.id)
                      press(stage, event, () => carry(stage, row.id));
                  }}
                  onRename={(name) => rename(row.id, name)}
                  onStartRename={() => session.canEdit && setRenaming(row.id)}
                  onStopRename={() => setRenaming(null)}
                />
              )}
            </For>
            <Show when={landing()}>
              {(line) => (
                <i
                  class="layer-line"
                  style={{ top: `${line().y - 1}px`, left: `${10 + line().depth * 16}px` }}
                />
              )}
            </Show>
          </div>
        </div>
      </Show>
    </>
  );
}

function LayerItem(props: {
  row: LayerRow;
  at: number;
  isRenaming: boolean;
  onToggle: () => void;
  onChoose: (event: MouseEvent) => void;
  onPress: (event: PointerEvent) => void;
  onRename: (name: string) => void;
  onStartRename: () => void;
  onStopRename: () => void;
}): JSX.Element {
  const { session } = useEditor();
  const node = () => session.store.node(props.row.id);
  const isSelected = () => session.selection().includes(props.row.id);
  const isMarked = () => node()?.lock === true || node()?.hidden === true;
  const visitors = createMemo(() =>
    session.peers().filter((peer) => peer.selection.includes(props.row.id)),
  );
  return (
    <div
      id={`layer-${props.row.id}`}
      class="layer"
      classList={{
        selected: isSelected(),
        hovered: session.hovered() === props.row.id,
        dim: node()?.hidden === true,
      }}
      role="treeitem"
      tabindex="-1"
      aria-level={props.row.depth + 1}
      aria-selected={isSelected()}
      aria-expanded={props.row.isOpen ?? undefined}
      style={{ top: `${props.at * ROW}px`, "padding-left": `${6 + props.row.depth * 16}px` }}
      onPointerDown={(event) => {
        if (!(event.target as Element).closest("button, input")) props.onPress(event);
      }}
      onPointerEnter={() => session.setHovered(props.row.id)}
      onClick={(event) => {
        if (!(event.target as Element).closest("button, input")) props.onChoose(event);
      }}
      onDblClick={() => props.onStartRename()}
      onKeyDown={() => undefined}
    >
      <Show when={props.row.isOpen !== null} fallback={<span class="twisty" />}>
        <button
          type="button"
          class="twisty"
          tabindex="-1"
          aria-label={t(props.row.isOpen ? "layers.collapse" : "layers.expand")}
          onClick={() => props.onToggle()}
        >
          <Icon name={props.row.isOpen ? "chevron-down" : "chevron-right"} small />
        </button>
      </Show>
      <Icon name={session.store.icon(props.row.id)} small />
      <Show
        when={props.isRenaming}
        fallback={<span class="layer-name">{session.store.label(props.row.id)}</span>}
      >
        <input
          class="input layer-input"
          ref={(element) => queueMicrotask(() => element.select())}
          value={untrack(() => session.store.label(props.row.id))}
          aria-label={t("inspect.name")}
          maxlength="100"
          onBlur={(event) => props.onRename(event.currentTarget.value.trim())}
          onKeyDown={(event) => {
            event.stopPropagation();
            if (event.key === "Enter") event.currentTarget.blur();
            else if (event.key === "Escape") props.onStopRename();
          }}
        />
      </Show>
      <Show when={session.canEdit && (session.hovered() === props.row.id || isMarked())}>
        <span class="layer-tools" classList={{ on: isMarked() }}>
          <IconButton
            small
            icon={node()?.lock ? "lock" : "lock-open"}
            label={t(node()?.lock ? "action.unlock" : "action.lock")}
            pressed={node()?.lock}
            onPress={() => session.update([props.row.id], { lock: node()?.lock ? null : true })}
          />
          <IconButton
            small
            icon={node()?.hidden ? "eye-off" : "eye"}
            label={t(node()?.hidden ? "action.show" : "action.hide")}
            pressed={node()?.hidden}
            onPress={() => session.update([props.row.id], { hidden: node()?.hidden ? null : true })}
          />
        </span>
      </Show>
      <For each={visitors()}>
        {(peer) => (
          <i
            class="who-dot"
            style={{ background: peer.color }}
            role="img"
            aria-label={t("layers.here", { name: peer.name })}
            data-tip={t("layers.here", { name: peer.name })}
          />
        )}
      </For>
    </div>
  );
}
