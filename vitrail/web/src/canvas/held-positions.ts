import type { DeltaOp } from "./text-schema";

const GONE = -1;

/** While changes of others are held back: for every unit of the editor, its index in the Y.Text. */
export class HeldPositions {
  #places: number[];

  constructor(size: number) {
    this.#places = Array.from({ length: size }, (_, index) => index);
  }

  /** Follow a change of someone else that the editor does not show yet. */
  follow(delta: readonly DeltaOp[]): void {
    let at = 0;
    for (const op of delta) {
      const inserted =
        op.insert === undefined ? 0 : typeof op.insert === "string" ? op.insert.length : 1;
      if (!op.retain) this.shift(at, op.delete ?? 0, inserted);
      at += (op.retain ?? 0) + inserted;
    }
  }

  shift(at: number, deleted: number, inserted: number): void {
    this.#places = this.#places.map((place) => {
      if (place < at) return place;
      return place < at + deleted ? GONE : place - deleted + inserted;
    });
  }

  /** The units from `from` to `to` were replaced by `count` that stand at `start`. */
  replace(from: number, to: number, start: number, count: number): void {
    const fresh = Array.from({ length: count }, (_, index) => start + index);
    this.#places.splice(from, to - from, ...fresh);
  }

  toY(position: number): number {
    for (let index = position - 1; index >= 0; index--) {
      const place = this.#places[index] ?? GONE;
      if (place >= 0) return place + 1;
    }
    return 0;
  }

  /** The runs of the Y.Text that the units from `from` to `to` are. */
  runs(from: number, to: number): [number, number][] {
    const found: [number, number][] = [];
    for (const place of this.#places.slice(from, to)) {
      const last = found.at(-1);
      if (place < 0) continue;
      if (last && last[0] + last[1] === place) last[1]++;
      else found.push([place, 1]);
    }
    return found;
  }
}
