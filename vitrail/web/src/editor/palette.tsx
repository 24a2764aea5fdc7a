import { createSignal, For, type JSX } from "solid-js";
import { local, t } from "../i18n/words";
import { blocks } from "../model/blocks";
import { fold, primitives, variants } from "../model/primitives";
import { Icon } from "../ui/icon";
import type { Session } from "./session";

const ELEMENTS = ["heading", "text", "button", "image", "icon", "link", "divider", "grid", "stack"];

// Small drawings of the blocks: bars for words, filled shapes for images and buttons.
const bar = (x: number, y: number, w: number, h = 3, o = 0.32) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="1.5" opacity="${o}"/>`;
const fill = (x: number, y: number, w: number, h: number, o = 0.14) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="3" opacity="${o}"/>`;
const dot = (x: number, y: number, r: number, o = 0.5) =>
  `<circle cx="${x}" cy="${y}" r="${r}" opacity="${o}"/>`;
const three = (draw: (x: number) => string) => [10, 43, 76].map(draw).join("");

const DRAWINGS: Readonly<Record<string, string>> = {
  navbar: bar(10, 26, 18, 5, 0.7) + bar(58, 27, 10) + bar(72, 27, 10) + bar(86, 27, 14),
  hero: bar(10, 16, 42, 6, 0.7) + bar(10, 26, 32, 6, 0.7) + bar(10, 37, 36) + `<rect class="accent" x="10" y="45" width="20" height="7" rx="3.500"/>` + fill(64, 10, 36, 44),
  features: bar(10, 9, 34, 4, 0.7) + three((x) => dot(x + 3, 26, 3) + bar(x, 34, 20, 3, 0.6) + bar(x, 40, 24) + bar(x, 46, 18)),
  gallery: [10, 33, 56, 79].map((x) => fill(x, 16, 20, 32, 0.16)).join(""),
  testimonials: fill(10, 12, 42, 40, 0.09) + fill(58, 12, 42, 40, 0.09) + bar(16, 20, 30, 3, 0.6) + bar(16, 27, 24) + dot(19, 42, 3) + bar(64, 20, 30, 3, 0.6) + bar(64, 27, 20) + dot(67, 42, 3),
  pricing: three((x) => fill(x, 10, 26, 44, 0.09) + bar(x + 4, 16, 12, 3) + bar(x + 4, 23, 16, 6, 0.7) + bar(x + 4, 34, 18) + bar(x + 4, 46, 18, 4, 0.4)),
  faq: [14, 26, 38, 50].map((y) => bar(10, y - 4, 44, 3, 0.55) + bar(10, y + 3, 90, 1, 0.3) + dot(97, y - 3, 1.5)).join(""),
  cta: `<rect x="6" y="10" width="98" height="44" rx="4" opacity=".8"/><rect x="32" y="22" width="46" height="5" rx="2" fill="var(--panel)"/><rect class="accent" x="44" y="36" width="22" height="8" rx="4"/>`,
  contact: bar(10, 18, 28, 5, 0.7) + bar(10, 28, 32) + bar(10, 34, 24) + fill(54, 12, 46, 9) + fill(54, 25, 46, 9) + `<rect class="accent" x="54" y="42" width="20" height="8" rx="4"/>`,
  article: bar(10, 14, 26, 5, 0.7) + [14, 21, 28, 35, 42, 49].map((y) => bar(46, y, y === 49 ? 30 : 54)).join(""),
  image: fill(10, 10, 90, 38, 0.16) + `<path d="M22 44 42 24 56 38 66 30 82 44z" opacity=".3"/>` + bar(10, 53, 24, 2),
  footer: `<rect x="6" y="22" width="98" height="32" rx="3" opacity=".8"/><rect x="14" y="31" width="24" height="4" rx="2" fill="var(--panel)"/><rect x="14" y="41" width="16" height="2" fill="var(--panel)"/><rect x="76" y="41" width="20" height="2" fill="var(--panel)"/>`,
};
const ORDER = ["navbar", "hero", "features", "gallery", "testimonials", "pricing", "faq", "cta", "contact", "article", "image", "footer"];

/** Blocks and elements to click or drag onto the page; found by their names in both languages. */
export function Palette(props: {
  session: Session;
  onDrag: (block: string) => void;
}): JSX.Element {
  const [search, setSearch] = createSignal("");
  const found = (names: readonly string[], manifest: (id: string) => Named | undefined) => {
    const wanted = fold(search());
    return names.filter((id) => {
      const it = manifest(id);
      if (!it) return false;
      const words = [id, ...Object.values(it.label), ...Object.values(it.aliases).flat()];
      return !wanted || words.some((word) => fold(word).includes(wanted));
    });
  };
  const element = (id: string) => variants.get(id) ?? primitives.get(id);
  return (
    <section class="panel">
      <h2>{t("add")}</h2>
      <label class="search">
        <Icon name="search" size={14} />
        <span class="visually-hidden">{t("findBlock")}</span>
        <input placeholder={t("findBlock")} onInput={(event) => setSearch(event.target.value)} />
      </label>
      <div class="scroll">
        <h3>{t("blocks")}</h3>
        <div class="blocks">
          <For each={found(ORDER, (id) => blocks.get(id))}>
            {(id) => (
              <button
                type="button"
                class="block"
                onClick={() => props.session.insert(id)}
                onPointerDown={() => props.onDrag(id)}
                disabled={!props.session.mayEdit()}
              >
                <svg viewBox="0 0 110 64" aria-hidden="true" innerHTML={DRAWINGS[id] ?? ""} />
                {local(blocks.get(id)?.label ?? {})}
              </button>
            )}
          </For>
        </div>
        <h3>{t("elements")}</h3>
        <div class="elements">
          <For each={found(ELEMENTS, element)}>
            {(id) => (
              <button
                type="button"
                class="element"
                onClick={() => {
                  const spot = inSelection(props.session);
                  props.session.insert(id, spot?.parent, spot?.index);
                }}
                onPointerDown={() => props.onDrag(id)}
                disabled={!props.session.mayEdit()}
              >
                {local(element(id)?.label ?? {})}
              </button>
            )}
          </For>
        </div>
      </div>
    </section>
  );
}

interface Named {
  readonly label: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, readonly string[]>>;
}

/** An element goes behind what is selected, inside the same parent. */
function inSelection(session: Session): { parent: string; index: number } | null {
  const [id] = session.selected();
  const tree = session.canvas?.tree;
  if (!id || !tree) return null;
  const parent = tree.parents.get(id) ?? "root";
  if (parent === "root") return { parent: id, index: tree.children.get(id)?.length ?? 0 };
  return { parent, index: (tree.children.get(parent)?.indexOf(id) ?? 0) + 1 };
}
