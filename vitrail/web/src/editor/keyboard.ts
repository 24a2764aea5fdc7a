import { ROOT } from "../model/tree";
import { actions } from "./actions";
import { isTyping } from "./clipboard";
import type { Stage } from "./stage";

/** What keys do on the canvas and wherever nothing is typed. */
export function handleKey(stage: Stage, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  const isCommand = event.ctrlKey || event.metaKey;
  // An open menu has the keys to itself: Escape closes it, and nothing else.
  if (stage.textEditing() || document.querySelector(".menu:popover-open")) return;
  const isHeld = isTyping(event) && !(isCommand && event.key === "k");
  const action = actions().find((each) => each.matches?.(event) && each.isEnabled(stage));
  // What is typed in a live field is on the page at once: its undo is that of the page.
  const isLive = (event.target as Element).matches("[data-live]");
  if (isHeld && !(isLive && (action?.id === "undo" || action?.id === "redo"))) return;
  if (action) {
    event.preventDefault();
    action.run(stage);
    return;
  }
  const target = event.target as HTMLElement;
  const isElsewhere = target.ownerDocument === document && target.closest("button, a, [role=tree]");
  if (isElsewhere || isCommand) return;
  const next = traverse(stage, event);
  if (next === undefined) return;
  event.preventDefault();
  if (next) {
    stage.session.select([next]);
    stage.reveal(next);
  }
}

/** The node an arrow leads to: up and down among siblings, left to the parent, right inside. */
function traverse(stage: Stage, event: KeyboardEvent): string | null | undefined {
  const { session } = stage;
  const tree = session.store.tree();
  const id = session.selection().at(-1);
  if (event.altKey) return undefined;
  if (!id) {
    const isArrow = event.key.startsWith("Arrow");
    return isArrow ? (tree.children.get(ROOT)?.[0] ?? null) : undefined;
  }
  const parent = tree.parents.get(id) ?? ROOT;
  const siblings = tree.children.get(parent) ?? [];
  const at = siblings.indexOf(id);
  switch (event.key) {
    case "ArrowDown":
      return siblings[at + 1] ?? null;
    case "ArrowUp":
      return siblings[at - 1] ?? null;
    case "ArrowRight":
      return tree.children.get(id)?.[0] ?? null;
    case "ArrowLeft":
      return parent === ROOT ? null : parent;
    default:
      return undefined;
  }
}
