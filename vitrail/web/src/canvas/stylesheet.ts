import { nodeRules, type Picture } from "../model/css";
import { BREAKPOINTS, type Breakpoint, breakpointWidths } from "../model/primitives";

interface Layer {
  readonly style: HTMLStyleElement;
  /** Rules in the order of the sheet; an emptied one stays, so that places never shift. */
  readonly places: Map<string, number>;
}

/**
 * One rule for each node and breakpoint, replaced in place. Breakpoints are sheets of their own:
 * what is for narrow screens follows all else, whichever node it belongs to.
 */
export class NodeStyles {
  readonly #layers = new Map<Breakpoint, Layer>();

  constructor(doc: Document) {
    for (const point of BREAKPOINTS) {
      const style = doc.createElement("style");
      const widest = breakpointWidths[point];
      if (widest !== null) style.media = `(max-width:${widest}px)`;
      doc.head.append(style);
      this.#layers.set(point, { style, places: new Map() });
    }
  }

  set(id: string, styles: Readonly<Record<string, string>>, picture: Picture): void {
    const rules = nodeRules(styles, picture);
    for (const [point, layer] of this.#layers) {
      const inner = rules
        .filter((rule) => rule[0] === point)
        .map(([, state, declarations]) => nested(state, declarations))
        .join("");
      this.#put(layer, id, inner);
    }
  }

  #put({ style, places }: Layer, id: string, inner: string): void {
    const { sheet } = style;
    const place = places.get(id);
    if (!sheet || (place === undefined && inner === "")) return;
    if (place !== undefined) sheet.deleteRule(place);
    const at = place ?? sheet.cssRules.length;
    sheet.insertRule(`.n-${id}{${inner}}`, at);
    places.set(id, at);
  }
}

function nested(state: string, declarations: string): string {
  if (state === "") return `${declarations};`;
  return `&:${state === "focus" ? "focus-visible" : state}{${declarations}}`;
}
