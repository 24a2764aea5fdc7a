import { createMemo, For, type JSX, Show } from "solid-js";
import { type Choice, Segmented } from "../ui/button";
import { ColorField } from "./color-field";
import { useEditor } from "./context";
import { Field } from "./fields";
import { channelsOf, contrast, type StyleValue, styleValue } from "./style-value";
import { type StyleWord, w } from "./style-words";

interface Setting {
  readonly property: string;
  readonly kind: "color" | "choice" | "value";
  /** Names of tokens, or values, that are offered. */
  readonly offers?: readonly string[];
  readonly choices?: readonly { value: string; word: StyleWord; icon?: string }[];
  readonly placeholder?: string;
  readonly on?: (display: string) => boolean;
}

const isFlex = (display: string) => display.includes("flex");
const isGrid = (display: string) => display.includes("grid");
const isContainer = (display: string) => isFlex(display) || isGrid(display);
const SPACES = ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((step) => `$space.${step}`);

const GROUPS: readonly { word: StyleWord; settings: readonly Setting[] }[] = [
  {
    word: "group.colors",
    settings: [
      { property: "backgroundColor", kind: "color" },
      { property: "color", kind: "color" },
    ],
  },
  {
    word: "group.type",
    settings: [
      {
        property: "fontSize",
        kind: "value",
        offers: ["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((step) => `$size.${step}`),
      },
      {
        property: "fontFamily",
        kind: "value",
        offers: ["$font.heading", "$font.body", "$font.interface", "$font.mono"],
      },
      {
        property: "fontWeight",
        kind: "value",
        offers: ["400", "500", "600", "700", "$weight.heading", "$weight.strong"],
      },
      { property: "lineHeight", kind: "value", offers: ["1", "1.2", "1.4", "1.6"] },
      {
        property: "textAlign",
        kind: "choice",
        choices: [
          { value: "start", word: "value.start", icon: "text-align-start" },
          { value: "center", word: "value.center", icon: "text-align-center" },
          { value: "end", word: "value.end", icon: "text-align-end" },
        ],
      },
    ],
  },
  {
    word: "group.layout",
    settings: [
      {
        property: "display",
        kind: "choice",
        choices: [
          { value: "block", word: "value.block" },
          { value: "flex", word: "value.flex" },
          { value: "grid", word: "value.grid" },
        ],
      },
      {
        property: "flexDirection",
        kind: "choice",
        on: isFlex,
        choices: [
          { value: "row", word: "value.row", icon: "arrow-right" },
          { value: "column", word: "value.column", icon: "arrow-down" },
        ],
      },
      {
        property: "gridTemplateColumns",
        kind: "choice",
        on: isGrid,
        choices: [
          { value: "minmax(0, 1fr)", word: "one" },
          { value: "repeat(2, minmax(0, 1fr))", word: "two" },
          { value: "repeat(3, minmax(0, 1fr))", word: "three" },
          { value: "repeat(4, minmax(0, 1fr))", word: "four" },
        ].map((choice) => choice as { value: string; word: StyleWord }),
      },
      { property: "gap", kind: "value", offers: SPACES, on: isContainer },
      {
        property: "alignItems",
        kind: "choice",
        on: isContainer,
        choices: [
          { value: "start", word: "value.start", icon: "align-start-horizontal" },
          { value: "center", word: "value.center", icon: "align-center-horizontal" },
          { value: "end", word: "value.end", icon: "align-end-horizontal" },
          { value: "stretch", word: "value.stretch", icon: "stretch-horizontal" },
        ],
      },
      {
        property: "justifyContent",
        kind: "choice",
        on: isFlex,
        choices: [
          { value: "start", word: "value.start", icon: "align-start-vertical" },
          { value: "center", word: "value.center", icon: "align-center-vertical" },
          { value: "end", word: "value.end", icon: "align-end-vertical" },
          { value: "space-between", word: "value.between", icon: "align-horizontal-space-between" },
        ],
      },
    ],
  },
  {
    word: "group.space",
    settings: [
      { property: "paddingBlock", kind: "value", offers: SPACES },
      { property: "paddingInline", kind: "value", offers: SPACES },
      { property: "marginBlock", kind: "value", offers: ["0", "auto", ...SPACES] },
    ],
  },
  {
    word: "group.size",
    settings: [
      { property: "inlineSize", kind: "value", offers: ["auto", "100%", "50%", "fit-content"] },
      {
        property: "maxInlineSize",
        kind: "value",
        offers: ["none", "$width.text", "$width.content", "$width.wide"],
      },
      { property: "minBlockSize", kind: "value", offers: ["auto", "50vh", "80vh", "100vh"] },
      { property: "aspectRatio", kind: "value", offers: ["1 / 1", "4 / 3", "16 / 9", "3 / 4"] },
    ],
  },
  {
    word: "group.border",
    settings: [
      {
        property: "borderRadius",
        kind: "value",
        offers: ["0", "$radius.1", "$radius.2", "$radius.3", "$radius.full"],
      },
      {
        property: "boxShadow",
        kind: "value",
        offers: ["none", "$shadow.1", "$shadow.2", "$shadow.3"],
      },
      { property: "opacity", kind: "value", offers: ["1", "0.8", "0.6", "0.4"] },
    ],
  },
];

const COLUMNS: Readonly<Record<string, string>> = { one: "1", two: "2", three: "3", four: "4" };

export function StylePanel(props: { id: string }): JSX.Element {
  const { session, stage } = useEditor();
  const display = createMemo(() => {
    const node = session.store.node(props.id);
    const value = node ? styleValue(node, session.point, "display").value : "";
    const element = stage.canvas?.elements.get(props.id);
    return value || (element ? computed(element).display : "block");
  });
  return (
    <fieldset class="style-panel" disabled={!session.canEdit || session.isLocked(props.id)}>
      <p class="at-width">{w(`at.${session.point === "_" ? "all" : session.point}`)}</p>
      <For each={GROUPS}>
        {(group) => (
          <section class="group">
            <h3>{w(group.word)}</h3>
            <For each={group.settings}>
              {(setting) => (
                <Show when={setting.on?.(display()) ?? true}>
                  <StyleField id={props.id} setting={setting} display={display()} />
                </Show>
              )}
            </For>
          </section>
        )}
      </For>
    </fieldset>
  );
}

function computed(element: HTMLElement): CSSStyleDeclaration {
  return (element.ownerDocument.defaultView ?? window).getComputedStyle(element);
}

function StyleField(props: { id: string; setting: Setting; display: string }): JSX.Element {
  const { session, stage } = useEditor();
  const label = () => w(`style.${props.setting.property}` as StyleWord);
  const current = createMemo((): StyleValue => {
    const node = session.store.node(props.id);
    if (!node) return { value: "", source: "none" };
    return styleValue(node, session.point, props.setting.property);
  });
  const set = (value: string | null, isGesture = false) =>
    session.style(session.selection(), { [props.setting.property]: value || null }, isGesture);
  const shown = () =>
    props.setting.property === "display" && !current().value ? props.display : current().value;
  /** What the element shows now, where nothing was set on it. */
  const shownStyle = createMemo(() => {
    session.store.node(props.id);
    session.tokens();
    const element = stage.canvas?.elements.get(props.id);
    return element
      ? shorten(computed(element).getPropertyValue(kebab(props.setting.property)))
      : "";
  });
  const choices = (): Choice<string>[] =>
    (props.setting.choices ?? []).map(({ value, word, icon }) => ({
      value,
      label: COLUMNS[word] ?? w(word),
      ...(icon && { icon }),
    }));
  const ratio = createMemo(() => {
    if (props.setting.property !== "color") return null;
    session.store.node(props.id);
    session.tokens();
    const element = stage.canvas?.elements.get(props.id);
    return element ? contrastOf(element) : null;
  });
  const mark = (
    <Show when={current().source === "here" || current().source === "wider"}>
      <button
        type="button"
        class="set-mark"
        classList={{ here: current().source === "here" }}
        disabled={current().source !== "here"}
        aria-label={w("reset", { name: label() })}
        data-tip={
          current().source === "here"
            ? `${w("setHere")} · ${w("reset", { name: label() })}`
            : w("setWider")
        }
        onClick={() => set(null)}
      />
    </Show>
  );
  return (
    <Field label={label()} mark={mark}>
      {(id) => (
        <>
          <Show when={props.setting.kind === "color"}>
            <ColorField
              id={id}
              label={label()}
              value={current().value}
              ratio={ratio()}
              inherited={shownStyle()}
              onChange={set}
            />
          </Show>
          <Show when={props.setting.kind === "choice"}>
            <Segmented label={label()} value={shown()} choices={choices()} onChoose={set} />
          </Show>
          <Show when={props.setting.kind === "value"}>
            <ValueInput
              id={id}
              value={current().value}
              offers={props.setting.offers ?? []}
              placeholder={shownStyle()}
              isInherited={current().source !== "here"}
              onChange={set}
            />
          </Show>
        </>
      )}
    </Field>
  );
}

/** A value that may be typed, or taken from the steps of the theme. */
function ValueInput(props: {
  id: string;
  value: string;
  offers: readonly string[];
  isInherited: boolean;
  placeholder: string;
  onChange: (value: string | null) => void;
}): JSX.Element {
  const plain = (value: string) => value.replace(/^\$/, "");
  const typed = (text: string): string | null => {
    const value = text.trim();
    if (!value) return null;
    if (props.offers.includes(`$${value}`)) return `$${value}`;
    return /^\d+(\.\d+)?$/.test(value) && props.offers.some((offer) => offer.startsWith("$space"))
      ? `${value}px`
      : value;
  };
  return (
    <>
      <input
        id={props.id}
        class="input"
        classList={{ inherited: props.isInherited }}
        list={`${props.id}-offers`}
        autocomplete="off"
        placeholder={props.placeholder || w("value.auto")}
        value={plain(props.value)}
        onChange={(event) => props.onChange(typed(event.currentTarget.value))}
        onFocus={(event) => event.currentTarget.select()}
      />
      <datalist id={`${props.id}-offers`}>
        <For each={props.offers}>{(offer) => <option value={plain(offer)} />}</For>
      </datalist>
    </>
  );
}

function kebab(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A computed value as one would write it: no long fractions, the first family of many. */
function shorten(value: string): string {
  const first = value.includes(",") && !value.includes("(") ? (value.split(",")[0] ?? "") : value;
  return first.replace(/["']/g, "").replace(/\d+\.\d{2,}/g, (number) => Number(number).toFixed(1));
}

/** The contrast of an element's text with the first fill behind it. */
function contrastOf(element: HTMLElement): number | null {
  const ink = channelsOf(computed(element).color);
  for (let at: HTMLElement | null = element; at; at = at.parentElement) {
    const fill = channelsOf(computed(at).backgroundColor);
    if (fill && ink) return contrast(ink, fill);
  }
  return ink && contrast(ink, [255, 255, 255]);
}
