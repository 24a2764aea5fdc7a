import { createSignal, For, type JSX, Show } from "solid-js";
import { t, type Word } from "../i18n/words";
import { TEXT } from "../model/history";
import { propOf, textOf } from "../model/nodes";
import { type Prop, primitives } from "../model/primitives";
import { pagesOf, tokensOf } from "../model/site";
import { leastChange } from "../canvas/text-editor";
import { BREAKPOINT, type Session } from "./session";
import { labelOf } from "./stage";

type Tab = "content" | "style";

/** What is selected, as fields: its content in this language, its style at this width. */
export function Inspector(props: { session: Session }): JSX.Element {
  const [tab, setTab] = createSignal<Tab>("content");
  const id = () => props.session.selected()[0];
  return (
    <aside class="inspector" aria-label={t("style")}>
      <div class="tabs" role="tablist">
        <For each={["content", "style"] as const}>
          {(name) => (
            <button
              type="button"
              role="tab"
              aria-selected={tab() === name}
              onClick={() => setTab(name)}
            >
              {t(name)}
            </button>
          )}
        </For>
      </div>
      <Show
        when={id()}
        keyed
        fallback={
          <div class="empty">
            <b>{t("nothing")}</b>
            {t("nothingText")}
          </div>
        }
      >
        {(chosen) => (
          <div class="fields">
            <h2>{labelOf(props.session, chosen)}</h2>
            <Show
              when={tab() === "content"}
              fallback={<StyleFields session={props.session} id={chosen} />}
            >
              <ContentFields session={props.session} id={chosen} />
            </Show>
          </div>
        )}
      </Show>
    </aside>
  );
}

function ContentFields(props: { session: Session; id: string }): JSX.Element {
  const session = props.session;
  const node = () => session.node(props.id);
  const primitive = () => primitives.get(node()?.type ?? "");
  const set = (values: Record<string, unknown>) =>
    session.run({
      op: "update",
      target: { id: props.id },
      set: values,
      locale: session.locale(),
    });
  const text = () => (session.changed(), textOf(session.page, props.id, session.locale()));
  const type = (value: string) => {
    const target = text();
    const change = target && leastChange(target.toString(), value);
    if (!target || !change) return;
    target.doc?.transact(() => {
      if (change.deleted) target.delete(change.at, change.deleted);
      if (change.inserted) target.insert(change.at, change.inserted);
    }, TEXT);
  };
  return (
    <div class="stack">
      <label class="field">
        <span>{t("name")}</span>
        <input
          class="input"
          value={node()?.name ?? ""}
          disabled={!session.mayEdit()}
          onChange={(event) => set({ name: event.target.value || null })}
        />
      </label>
      <Show when={text()}>
        {(found) => (
          <label class="field">
            <span>{t("text")}</span>
            <textarea
              class="input"
              value={(session.changed(), found().toString())}
              disabled={!session.mayWrite()}
              onInput={(event) => type(event.target.value)}
            />
          </label>
        )}
      </Show>
      <For each={Object.entries(primitive()?.props ?? {})}>
        {([name, prop]) => (
          <PropField
            session={session}
            name={name}
            prop={prop}
            value={() => {
              const found = node();
              return found ? propOf(found, name, session.locale()) : undefined;
            }}
            onSet={(value) => set({ [name]: value })}
          />
        )}
      </For>
    </div>
  );
}

const NAMES: Readonly<Record<string, Word>> = {
  href: "link",
  src: "image",
  alt: "alt",
  width: "width",
};

function PropField(props: {
  session: Session;
  name: string;
  prop: Prop;
  value: () => unknown;
  onSet: (value: unknown) => void;
}): JSX.Element {
  const word = () => {
    const known = NAMES[props.name];
    return known ? t(known) : props.name;
  };
  const value = () => String(props.value() ?? props.prop.default ?? "");
  const isOff = () => !(props.prop.content ? props.session.mayWrite() : props.session.mayEdit());
  return (
    <Show
      when={props.prop.type !== "boolean"}
      fallback={
        <label class="check">
          <input
            type="checkbox"
            checked={props.value() === true || (props.value() === undefined && props.prop.default === true)}
            disabled={isOff()}
            onChange={(event) => props.onSet(event.target.checked)}
          />
          {word()}
        </label>
      }
    >
      <div class="field">
        <span>{word()}</span>
        <Show when={props.prop.type === "asset"}>
          <div class="swatches images">
            <For each={props.session.assets()}>
              {(asset) => (
                <button
                  type="button"
                  aria-label={asset.name}
                  aria-pressed={value() === asset.id}
                  disabled={isOff()}
                  onClick={() => props.onSet(asset.id)}
                >
                  <img src={asset.thumb} alt="" />
                </button>
              )}
            </For>
          </div>
        </Show>
        <Show when={props.prop.type === "enum"}>
          <select
            class="input"
            aria-label={word()}
            disabled={isOff()}
            onChange={(event) => props.onSet(event.target.value)}
          >
            <For each={props.prop.of}>
              {(choice) => (
                <option value={choice} selected={value() === choice}>
                  {choice}
                </option>
              )}
            </For>
          </select>
        </Show>
        <Show when={props.prop.type === "url"}>
          <input
            class="input"
            aria-label={word()}
            list="pages"
            value={value()}
            disabled={isOff()}
            onChange={(event) => props.onSet(event.target.value || null)}
          />
          <datalist id="pages">
            <For each={(props.session.changed(), pagesOf(props.session.site))}>
              {(page) => (
                <option value={`page:${page.id}`}>{page.titles[props.session.locale()]}</option>
              )}
            </For>
          </datalist>
        </Show>
        <Show when={["string", "richline", "number"].includes(props.prop.type)}>
          <input
            class="input"
            aria-label={word()}
            type={props.prop.type === "number" ? "number" : "text"}
            value={value()}
            disabled={isOff()}
            onChange={(event) => {
              const given = event.target.value;
              props.onSet(given === "" ? null : props.prop.type === "number" ? Number(given) : given);
            }}
          />
        </Show>
      </div>
    </Show>
  );
}

interface StyleField {
  readonly word: Word;
  readonly property: string;
  readonly tokens?: string;
  readonly choices?: readonly string[];
}

const COLOURS = "color.";
const FIELDS: readonly StyleField[] = [
  { word: "fill", property: "background", tokens: COLOURS },
  { word: "color", property: "color", tokens: COLOURS },
  { word: "size", property: "fontSize", tokens: "size." },
  { word: "weight", property: "fontWeight", choices: ["400", "500", "600", "700"] },
  { word: "align", property: "textAlign", choices: ["start", "center", "end"] },
  { word: "padding", property: "padding", tokens: "space." },
  { word: "gap", property: "gap", tokens: "space." },
  { word: "radius", property: "borderRadius", tokens: "radius." },
  {
    word: "columns",
    property: "gridTemplateColumns",
    choices: [1, 2, 3, 4].map((n) => `repeat(${n}, minmax(0, 1fr))`),
  },
  { word: "width", property: "maxInlineSize", tokens: "width." },
];

function StyleFields(props: { session: Session; id: string }): JSX.Element {
  const session = props.session;
  const point = () => BREAKPOINT[session.device()];
  const styles = () => session.node(props.id)?.styles ?? {};
  const own = (property: string) => styles()[`${point()}::${property}`];
  const shown = (property: string) =>
    own(property) ??
    (point() === "sm" ? styles()[`md::${property}`] : undefined) ??
    styles()[`_::${property}`];
  const set = (property: string, value: string | null) =>
    session.run({
      op: "style",
      target: { id: props.id },
      set: { [property]: value },
      breakpoint: point(),
    });
  const tokens = (prefix: string) =>
    Object.entries((session.changed(), tokensOf(session.site))).filter(([name]) =>
      name.startsWith(prefix),
    );
  return (
    <div class="stack">
      <p class="note">{t(session.device())}</p>
      <For each={FIELDS}>
        {(field) => (
          <div class="style-field">
            <span class="style-name">
              {t(field.word)}
              <Show when={own(field.property) !== undefined}>
                <button
                  type="button"
                  class="set-here"
                  title={`${t("setHere")} · ${t("reset")}`}
                  aria-label={`${t("reset")} ${t(field.word)}`}
                  onClick={() => set(field.property, null)}
                />
              </Show>
            </span>
            <Show
              when={field.tokens === COLOURS}
              fallback={
                <select
                  class="input"
                  aria-label={t(field.word)}
                  disabled={!session.mayEdit()}
                  onChange={(event) => set(field.property, event.target.value || null)}
                >
                  <option value="">{t("none")}</option>
                  <Show when={isOther(shown(field.property), field, tokens(field.tokens ?? " "))}>
                    <option selected>{shown(field.property)}</option>
                  </Show>
                  <For each={field.choices ?? []}>
                    {(choice) => (
                      <option value={choice} selected={shown(field.property) === choice}>
                        {/repeat\((\d)/.exec(choice)?.[1] ?? choice}
                      </option>
                    )}
                  </For>
                  <For each={field.tokens ? tokens(field.tokens) : []}>
                    {([name]) => (
                      <option value={`$${name}`} selected={shown(field.property) === `$${name}`}>
                        {name}
                      </option>
                    )}
                  </For>
                </select>
              }
            >
              <div class="swatches">
                <For each={tokens(COLOURS)}>
                  {([name, value]) => (
                    <button
                      type="button"
                      aria-label={name}
                      title={name}
                      aria-pressed={shown(field.property) === `$${name}`}
                      disabled={!session.mayEdit()}
                      style={{ background: value }}
                      onClick={() => set(field.property, `$${name}`)}
                    />
                  )}
                </For>
                <input
                  type="color"
                  aria-label={t("color")}
                  disabled={!session.mayEdit()}
                  value={/^#[0-9a-f]{6}$/i.test(shown(field.property) ?? "") ? shown(field.property) : "#2f4fe0"}
                  onChange={(event) => set(field.property, event.target.value)}
                />
              </div>
            </Show>
          </div>
        )}
      </For>
    </div>
  );
}

function isOther(
  value: string | undefined,
  field: StyleField,
  tokens: readonly (readonly [string, string])[],
): boolean {
  if (value === undefined || field.choices?.includes(value)) return false;
  return !tokens.some(([name]) => `$${name}` === value);
}
