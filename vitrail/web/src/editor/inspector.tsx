import { createMemo, For, type JSX, lazy, Match, Show, Suspense, Switch } from "solid-js";
import { pick, t, tryWord } from "../i18n/i18n";
import { partName } from "../i18n/parts";
import type { PageNode } from "../model/nodes";
import { type Prop, primitives } from "../model/primitives";
import { EmptyWindow } from "../ui/art";
import { Segmented, Switch as Toggle } from "../ui/button";
import { Icon } from "../ui/icon";
import { AssetField } from "./asset-field";
import { useEditor } from "./context";
import { Field, TextField } from "./fields";
import { LinkPicker } from "./link-picker";

const StylePanel = lazy(() => import("./style-panel").then((m) => ({ default: m.StylePanel })));
const ShopField = lazy(() => import("./shop-field").then((m) => ({ default: m.ShopField })));

const MOST_LETTERS = 24;

/** Whether values find room beside each other. */
function isShort(values: readonly string[]): boolean {
  const words = values.map((each) => tryWord(`value.${each}`, each));
  return values.length <= 3 && words.join("").length <= MOST_LETTERS;
}

/** What says which products a list has; the others of these say nothing of it then. */
const SOURCES: Readonly<Record<string, string>> = {
  collection: "collection",
  category: "category",
  tag: "tag",
  products: "picked",
  product: "similar",
};

/** Whether a property means something for a node as it is. */
function isRelevant(node: PageNode | null, name: string): boolean {
  switch (node?.type) {
    case "products": {
      const source = node.props["source"] ?? "all";
      if (name === "limit") return source !== "picked";
      if (name === "label") return node.props["layout"] === "carousel";
      return !(name in SOURCES) || SOURCES[name] === source;
    }
    default:
      return name !== "datetime" || node?.tag === "time";
  }
}

export function Inspector(): JSX.Element {
  const { session } = useEditor();
  const { tab, setTab } = session.view;
  const id = () => session.selection()[0];
  return (
    <>
      <div class="tabs" role="tablist" aria-label={t("rail.inspector")}>
        <For each={["content", "style"] as const}>
          {(name) => (
            <button
              type="button"
              role="tab"
              aria-selected={tab() === name}
              onClick={() => setTab(name)}
            >
              {t(`inspect.${name}`)}
            </button>
          )}
        </For>
      </div>
      <Show
        when={id()}
        keyed
        fallback={
          <div class="empty">
            <EmptyWindow />
            <strong>{t("inspect.none")}</strong>
            <span>{t("inspect.noneText")}</span>
          </div>
        }
      >
        {(only) => (
          <div class="panel-scroll inspector" role="tabpanel">
            <Head id={only} />
            <Show when={session.isLocked(only)}>
              <p class="locked">
                <Icon name="lock" small />
                {t("inspect.locked")}
              </p>
            </Show>
            <Switch>
              <Match when={tab() === "content"}>
                <ContentPanel id={only} />
              </Match>
              <Match when={tab() === "style"}>
                <Suspense>
                  <StylePanel id={only} />
                </Suspense>
              </Match>
            </Switch>
          </div>
        )}
      </Show>
    </>
  );
}

function Head(props: { id: string }): JSX.Element {
  const { session } = useEditor();
  const count = () => session.selection().length;
  const type = () => session.store.node(props.id)?.type ?? "";
  return (
    <header class="inspect-head">
      <Icon name={session.store.icon(props.id)} small />
      <h2>{count() > 1 ? t("inspect.many", { n: count() }) : session.store.label(props.id)}</h2>
      <span>{pick(primitives.get(type())?.label, type())}</span>
    </header>
  );
}

function ContentPanel(props: { id: string }): JSX.Element {
  const { session } = useEditor();
  const node = () => session.store.node(props.id);
  const primitive = () => primitives.get(node()?.type ?? "");
  const isFree = () => !session.isLocked(props.id);
  const text = () =>
    node()
      ?.texts[session.locale()]?.map((run) => run.text)
      .join("") ?? "";
  // Names, not entries: a field that stays keeps its focus when another comes or goes.
  const listed = createMemo(() =>
    Object.entries(primitive()?.props ?? {})
      .filter(
        ([name, prop]) =>
          (prop.content || session.canEdit) &&
          name !== "sizes" && // what the browser is told of widths follows from the layout
          isRelevant(node(), name),
      )
      .map(([name]) => name),
  );
  return (
    <>
      <Show when={primitive()?.text}>
        <section class="group">
          <Field label={t("inspect.text")} note={session.locale().toUpperCase()} isTall>
            {(id) => (
              <textarea
                id={id}
                class="input"
                rows="3"
                data-live
                lang={session.locale()}
                disabled={!session.canWrite || !isFree()}
                value={text()}
                onInput={(event) =>
                  session.run(
                    [
                      {
                        op: "set_text",
                        target: { id: props.id },
                        text: event.currentTarget.value,
                        locale: session.locale(),
                      },
                    ],
                    true,
                  )
                }
              />
            )}
          </Field>
        </section>
      </Show>
      <Show when={listed().length > 0}>
        <section class="group">
          <For each={listed()}>
            {(name) => {
              const prop = primitive()?.props[name];
              return prop && <PropField id={props.id} name={name} prop={prop} />;
            }}
          </For>
        </section>
      </Show>
      <Show when={session.canEdit}>
        <section class="group">
          <TextField
            label={t("inspect.name")}
            value={partName(node()?.name ?? "")}
            onChange={(name) => session.update([props.id], { name: name || null })}
          />
          <Show when={(primitive()?.tags.length ?? 0) > 1}>
            <Field label={t("inspect.tag")}>
              {(id) => (
                <select
                  id={id}
                  class="input"
                  value={node()?.tag || primitive()?.tag}
                  onChange={(event) =>
                    session.update([props.id], { tag: event.currentTarget.value })
                  }
                >
                  <For each={primitive()?.tags}>{(tag) => <option value={tag}>{tag}</option>}</For>
                </select>
              )}
            </Field>
          </Show>
          <TextField
            label={t("inspect.anchor")}
            value={node()?.anchor ?? ""}
            placeholder="contact"
            onChange={(anchor) => session.update([props.id], { anchor: anchor || null })}
          />
        </section>
      </Show>
    </>
  );
}

function PropField(props: { id: string; name: string; prop: Prop }): JSX.Element {
  const { session } = useEditor();
  const label = () => tryWord(`prop.${props.name}`, props.name);
  const value = (): unknown => {
    const found = session.store.node(props.id)?.props ?? {};
    const own = found[`${props.name}@${session.locale()}`] ?? found[props.name];
    return own ?? props.prop.default;
  };
  const text = () => {
    const now = value();
    return typeof now === "string" || typeof now === "number" ? String(now) : "";
  };
  const set = (next: unknown) => session.update([props.id], { [props.name]: next });
  const note = () => (props.prop.localised ? session.locale().toUpperCase() : undefined);
  const isMultiline = () => ["options", "rows"].includes(props.name);
  return (
    <Switch
      fallback={
        <TextField
          label={label()}
          note={note()}
          value={text()}
          isMultiline={isMultiline()}
          onChange={(next) => set(next || null)}
        />
      }
    >
      <Match when={props.prop.type === "boolean"}>
        <Field label={label()}>
          {() => (
            <Toggle
              label={label()}
              checked={value() === true}
              disabled={!session.canWrite}
              onChange={set}
            />
          )}
        </Field>
      </Match>
      <Match when={props.prop.type === "enum" && isShort(props.prop.of ?? [])}>
        <Field label={label()}>
          {() => (
            <Segmented
              label={label()}
              value={text()}
              choices={(props.prop.of ?? []).map((each) => ({
                value: each,
                label: tryWord(`value.${each}`, each),
              }))}
              onChoose={set}
            />
          )}
        </Field>
      </Match>
      <Match when={props.prop.type === "enum"}>
        <Field label={label()}>
          {(id) => (
            <select
              id={id}
              class="input"
              value={text()}
              onChange={(event) => set(event.currentTarget.value)}
            >
              <For each={props.prop.of}>
                {(each) => <option value={each}>{tryWord(`value.${each}`, each)}</option>}
              </For>
            </select>
          )}
        </Field>
      </Match>
      <Match when={props.prop.type === "number"}>
        <TextField
          label={label()}
          value={text()}
          isNumber
          onChange={(next) => set(next === "" ? null : Number(next))}
        />
      </Match>
      <Match when={props.prop.type === "url"}>
        <Field label={label()} isTall>
          {() => (
            <LinkPicker value={text()} label={label()} onChange={(next) => set(next || null)} />
          )}
        </Field>
      </Match>
      <Match when={props.prop.type === "shop"}>
        <Suspense>
          <ShopField
            label={label()}
            kind={props.prop.of?.[0] ?? "product"}
            value={text()}
            onChange={(next) => set(next || null)}
          />
        </Suspense>
      </Match>
      <Match when={props.prop.type === "asset"}>
        <AssetField label={label()} value={text()} onChange={set} />
      </Match>
    </Switch>
  );
}
