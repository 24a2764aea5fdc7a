import { createResource, createSignal, createUniqueId, For, type JSX, Show } from "solid-js";
import { api, type Choice } from "../api";
import { learn, pick, tryWord } from "../i18n/i18n";
import { type ShopWord, shopWords } from "../i18n/shop";
import { idsOf } from "../model/wants";
import { IconButton } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { useEditor } from "./context";
import { Field } from "./fields";
import "./shop-field.css";

const TITLES = {
  product: "shop.pickProduct",
  products: "shop.pickProducts",
  collection: "shop.pickCollection",
  category: "shop.pickCategory",
  tag: "shop.pickTag",
} as const;
type Kind = keyof typeof TITLES;

learn(shopWords);
const word = (key: ShopWord, values: Readonly<Record<string, string | number>> = {}): string =>
  tryWord(key, "", values);

const nameOf = (choice: Choice): string =>
  pick(choice.name) || (Object.values(choice.name)[0] ?? choice.id);

/** Something of the shop, chosen by its name; a node keeps its id. */
export function ShopField(props: {
  label: string;
  kind: string;
  value: string;
  onChange: (value: string) => void;
}): JSX.Element {
  const { session } = useEditor();
  const [isPicking, setPicking] = createSignal(false);
  const kind = () => props.kind as Kind;
  const isMany = () => kind() === "products";
  const ids = () => (kind() === "tag" ? [props.value].filter(Boolean) : idsOf(props.value));
  const [known] = createResource(
    () => ({ kind: kind(), ids: ids().join(" ") }),
    ({ kind: of, ids: asked }) => choicesOf(session.info.site.id, of, asked),
    { initialValue: [] },
  );
  const chosen = () =>
    ids().map((id) => known.latest.find((choice) => choice.id === id) ?? { id, name: {} });
  const label = (choice: Choice) =>
    Object.keys(choice.name).length > 0 || known.loading ? nameOf(choice) : word("shop.gone");
  const named = () => {
    const [one] = isMany() ? [] : chosen();
    return one ? label(one) : word(TITLES[kind()]);
  };
  const drop = (id: string) =>
    props.onChange(
      ids()
        .filter((other) => other !== id)
        .join(" "),
    );
  const toggle = (id: string): void => {
    if (!isMany()) {
      setPicking(false);
      props.onChange(id);
    } else if (ids().includes(id)) drop(id);
    else props.onChange([...ids(), id].join(" "));
  };
  return (
    <Field label={props.label} isTall>
      {(id) => (
        <div class="shop-field">
          <Show when={isMany() && chosen().length > 0}>
            <ul>
              <For each={chosen()}>
                {(choice) => (
                  <li>
                    <span>{label(choice)}</span>
                    <IconButton
                      icon="x"
                      label={word("shop.remove", { name: label(choice) })}
                      disabled={!session.canWrite}
                      onPress={() => drop(choice.id)}
                    />
                  </li>
                )}
              </For>
            </ul>
          </Show>
          <div class="asset-field">
            <button
              id={id}
              type="button"
              class="asset-choice"
              aria-label={`${props.label}, ${named()}`}
              disabled={!session.canWrite}
              onClick={() => setPicking(true)}
            >
              <Show when={!isMany() && chosen()[0]} fallback={<Icon name="store" />}>
                {(choice) => <Thumb choice={choice()} />}
              </Show>
              <span>{named()}</span>
            </button>
            <Show when={!isMany() && props.value}>
              <IconButton icon="x" label={word("shop.clear")} onPress={() => props.onChange("")} />
            </Show>
          </div>
          <Show when={isPicking()}>
            <Picker
              kind={kind()}
              chosen={ids()}
              onChoose={toggle}
              onClose={() => setPicking(false)}
            />
          </Show>
        </div>
      )}
    </Field>
  );
}

function choicesOf(site: string, kind: Kind, ids: string): Promise<Choice[]> {
  if (!ids) return Promise.resolve([]);
  if (kind === "tag") return Promise.resolve([{ id: ids, name: { "": ids } }]);
  return api.choices(site, { kind: kind === "products" ? "product" : kind, ids }).catch(() => []);
}

/** A window to find something by its name: arrows move, Enter chooses. */
function Picker(props: {
  kind: Kind;
  chosen: readonly string[];
  onChoose: (id: string) => void;
  onClose: () => void;
}): JSX.Element {
  const { session } = useEditor();
  const list = createUniqueId();
  const [search, setSearch] = createSignal("");
  const [at, setAt] = createSignal(0);
  const [found] = createResource(
    search,
    (words) => {
      const kind = props.kind === "products" ? "product" : props.kind;
      return api.choices(session.info.site.id, { kind, search: words }).catch(() => []);
    },
    { initialValue: [] },
  );
  const keys = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = Math.max(1, found.latest.length);
    const current = found.latest[at()];
    if (step) {
      setAt((now) => (now + step + count) % count);
      document.getElementById(`${list}-${at()}`)?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Enter" && current) props.onChoose(current.id);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={word(TITLES[props.kind])} onClose={props.onClose}>
      <div class="search">
        <Icon name="search" />
        <input
          class="input"
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={found.latest.length > 0 ? `${list}-${at()}` : undefined}
          aria-label={word("shop.search")}
          placeholder={word("shop.search")}
          autocomplete="off"
          autofocus
          onKeyDown={keys}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
            setAt(0);
          }}
        />
      </div>
      <ul
        class="shop-choices"
        id={list}
        role="listbox"
        aria-label={word(TITLES[props.kind])}
        aria-multiselectable={props.kind === "products"}
      >
        <For each={found.latest}>
          {(choice, index) => (
            <li
              id={`${list}-${index()}`}
              role="option"
              tabindex="-1"
              classList={{ at: index() === at() }}
              aria-selected={props.chosen.includes(choice.id)}
              onPointerMove={() => setAt(index())}
              onClick={() => props.onChoose(choice.id)}
              onKeyDown={() => undefined}
            >
              <Thumb choice={choice} />
              <span class="grow">{nameOf(choice)}</span>
              <small>{noteOf(choice)}</small>
              <Show when={props.chosen.includes(choice.id)}>
                <Icon name="check" small />
              </Show>
            </li>
          )}
        </For>
      </ul>
      <Show when={!found.loading && found.latest.length === 0}>
        <p class="empty">{word(search() ? "shop.none" : "shop.nothing")}</p>
      </Show>
      <Show when={props.kind === "products"}>
        <p class="note" aria-live="polite">
          {word("shop.chosen", { n: props.chosen.length })}
        </p>
      </Show>
    </Dialog>
  );
}

function noteOf({ status, count }: Choice): string {
  if (count !== undefined) return word("shop.count", { n: count });
  return status && status !== "active" ? tryWord(`shop.status.${status}`, status) : "";
}

function Thumb(props: { choice: Choice }): JSX.Element {
  const { session } = useEditor();
  const address = () => {
    const asset = session.library.assets().find(({ id }) => id === props.choice.image);
    return asset?.thumb || asset?.url;
  };
  return (
    <Show when={address()} fallback={<i class="shop-letter">{nameOf(props.choice)[0]}</i>}>
      {(src) => <img src={src()} alt="" />}
    </Show>
  );
}
