import type { PageNode } from "../model/nodes";
import { type Breakpoint, primitives } from "../model/primitives";

/** Where the value that holds at a breakpoint comes from. */
export type Source = "here" | "wider" | "default" | "none";

export interface StyleValue {
  readonly value: string;
  readonly source: Source;
}

const WIDER: Readonly<Record<Breakpoint, readonly Breakpoint[]>> = {
  _: [],
  md: ["_"],
  sm: ["md", "_"],
};

/** What a style is at a breakpoint: set there, for wider screens, or by the primitive. */
export function styleValue(node: PageNode, point: Breakpoint, property: string): StyleValue {
  const own = node.styles[`${point}::${property}`];
  if (own !== undefined) return { value: own, source: "here" };
  for (const wider of WIDER[point]) {
    const value = node.styles[`${wider}::${property}`];
    if (value !== undefined) return { value, source: "wider" };
  }
  const defaults = primitives.get(node.type)?.styles ?? {};
  for (const at of [point, ...WIDER[point]]) {
    const value = defaults[at === "_" ? property : `${at}:${property}`];
    if (value !== undefined) return { value, source: "default" };
  }
  return { value: "", source: "none" };
}

type Channels = readonly [number, number, number];

let brush: CanvasRenderingContext2D | null = null;

/** The channels of any CSS colour, laid over white; null when it lets all light through. */
export function channelsOf(color: string): Channels | null {
  brush ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!brush) return null;
  brush.clearRect(0, 0, 1, 1);
  brush.fillStyle = "transparent";
  brush.fillStyle = color;
  brush.fillRect(0, 0, 1, 1);
  const [r = 0, g = 0, b = 0, a = 0] = brush.getImageData(0, 0, 1, 1).data;
  if (a === 0) return null;
  const over = (value: number) => (value * a) / 255 + 255 - a;
  return [over(r), over(g), over(b)];
}

function luminance(channels: Channels): number {
  const [r, g, b] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of WCAG 2 between two colours, from 1 to 21. */
export function contrast(one: Channels, other: Channels): number {
  const [high, low] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (high + 0.05) / (low + 0.05);
}
