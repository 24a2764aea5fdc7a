import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { pick } from "../i18n/i18n";
import { blocks } from "../model/blocks";
import { fold, primitives, variants } from "../model/primitives";
import { Icon } from "../ui/icon";
import { SearchField } from "../ui/search-field";
import { BlockPreview } from "./block-preview";
import { w } from "./blocks-words";
import { press } from "./cargo";
import { useEditor } from "./context";
import { insertBlock } from "./inserting";

interface Entry {
  readonly id: string;
  readonly label: string;
  readonly words: string;
  readonly category: typeof ELEMENTS | typeof SECTIONS | typeof SHOP;
  /** The type of its top node. */
  readonly type: string;
  readonly icon: string | null;
}

const ELEMENTS = "elements";
const SECTIONS = "sections";
const SHOP = "shop";
/** The order in which a page is built from top to bottom. */
const ORDER = [
  "header",
  "navigation",
  "hero",
  "content",
  "media",
  "commerce",
  "social",
  "form",
  "footer",
  SHOP,
];
const BASIC = [
  "heading",
  "text",
  "button",
  "image",
  "stack",
  "grid",
  "box",
  "section",
  "list",
  "link",
  "divider",
  "icon",
  "video",
  "audio",
  "embed",
  "nav",
  "form",
  "field",
  "table",
  "code",
  "products",
  "product",
  "reviews",
];

export function entries(): Entry[] {
  const found: Entry[] = [];
  const rank = (category: string) =>
    (ORDER.indexOf(category) + ORDER.length + 1) % (ORDER.length + 1);
  const sorted = [...blocks.values()].sort((a, b) => rank(a.category) - rank(b.category));
  for (const block of sorted) {
    const words = [...Object.values(block.label), ...Object.values(block.aliases).flat()];
    found.push({
      id: block.id,
      label: pick(block.label, block.id),
      words: fold(words.join(" ")),
      category: block.category === SHOP ? SHOP : SECTIONS,
      type: String(block.fragment[0]?.["type"] ?? "section"),
      icon: null,
    });
  }
  for (const id of BASIC) {
    const item = variants.get(id) ?? primitives.get(id);
    if (!item) continue;
    const words = [...Object.values(item.label), ...Object.values(item.aliases).flat()];
    const type = variants.get(id)?.type ?? id;
    const icon = item.icon;
    const label = pick(item.label, id);
    found.push({ id, label, words: fold(words.join(" ")), category: ELEMENTS, type, icon });
  }
  return found;
}

export function BlocksPanel(): JSX.Element {
  const { session, stage } = useEditor();
  const [search, setSearch] = createSignal("");
  const groups = createMemo(() => {
    const wanted = fold(search());
    const found = new Map<Entry["category"], Entry[]>();
    for (const entry of entries()) {
      if (wanted && !entry.words.includes(wanted)) continue;
      found.set(entry.category, [...(found.get(entry.category) ?? []), entry]);
    }
    return [...found];
  });
  const count = () => groups().reduce((sum, [, items]) => sum + items.length, 0);
  const insert = (entry: Entry): void => {
    insertBlock(session, entry.id);
    const made = session.selection()[0];
    if (made) requestAnimationFrame(() => stage.reveal(made));
  };
  const carry = (event: PointerEvent, entry: Entry): void => {
    if (!session.canEdit) return;
    press(stage, event, () => ({
      label: entry.label,
      type: entry.type,
      ids: [],
      drop: (parent, index) => insertBlock(session, entry.id, session.placeAt(parent, index)),
    }));
  };
  return (
    <>
      <div class="panel-tools">
        <SearchField
          label={w("search")}
          value={search()}
          onInput={setSearch}
          onEnter={() => {
            const first = groups()[0]?.[1][0];
            if (first) insert(first);
          }}
        />
        <p class="note">{w("hint")}</p>
      </div>
      <div class="panel-scroll">
        <For each={groups()}>
          {([category, items]) => (
            <section class="block-group">
              <h3>
                {w(category)}
                <span>{items.length}</span>
              </h3>
              <ul classList={{ "block-grid": true, elements: category === ELEMENTS }}>
                <For each={items}>
                  {(entry) => (
                    <li>
                      <button
                        type="button"
                        class="block-card"
                        disabled={!session.canEdit}
                        onPointerDown={(event) => carry(event, entry)}
                        onClick={() => insert(entry)}
                      >
                        <Show when={entry.icon} fallback={<BlockPreview id={entry.id} />}>
                          {(icon) => <Icon name={icon()} />}
                        </Show>
                        <span>{entry.label}</span>
                      </button>
                    </li>
                  )}
                </For>
              </ul>
            </section>
          )}
        </For>
        <Show when={count() === 0}>
          <div class="empty">
            <strong>{w("none", { text: search() })}</strong>
            <span>{w("noneText")}</span>
          </div>
        </Show>
      </div>
    </>
  );
}
