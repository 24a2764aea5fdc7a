import * as Y from "yjs";
import type { Box } from "./drop";

/** The index in a text that a colleague's caret points at, if it still does. */
export function caretIndex(text: Y.Text, position: unknown): number | null {
  if (!text.doc || typeof position !== "object" || position === null) return null;
  try {
    const relative = Y.createRelativePositionFromJSON(position);
    const found = Y.createAbsolutePositionFromRelativePosition(relative, text.doc);
    return found?.type === text ? found.index : null;
  } catch {
    return null; // what others send need not be a position
  }
}

/** Where a caret at an index of the text stands in an element that shows it; a break counts one. */
export function caretBox(element: HTMLElement, index: number): Box | null {
  const doc = element.ownerDocument;
  const walker = doc.createTreeWalker(element, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  const range = doc.createRange();
  let left = index;
  range.selectNodeContents(element);
  range.collapse(true);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === 3) {
      const size = node.textContent?.length ?? 0;
      if (left <= size) {
        range.setStart(node, left);
        range.collapse(true);
        return thin(range.getBoundingClientRect(), element);
      }
      left -= size;
    } else if ((node as Element).localName === "br") {
      left--;
      if (left <= 0) range.setStartAfter(node);
    }
  }
  return thin(range.getBoundingClientRect(), element);
}

function thin(rect: DOMRect, element: HTMLElement): Box {
  const isFound = rect.height > 0;
  const around = element.getBoundingClientRect();
  const { left, top } = isFound ? rect : around;
  const height = isFound ? rect.height : Math.min(around.height, 24);
  return { left, top, right: left + 2, bottom: top + height };
}
