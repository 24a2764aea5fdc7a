import { createMemo, createRoot, createSignal, mapArray } from "solid-js";
import { expect, test } from "vitest";
import { stable } from "../../src/ui/stable";

test("a list that is made anew keeps what was made for its items", () => {
  createRoot((dispose) => {
    const [names, setNames] = createSignal(["ab", "b", "c"]);
    const list = stable(() => names().map((name) => ({ id: name.slice(-1), name })));
    let made = 0;
    const shown = createMemo(
      mapArray(list, (item) => {
        made += 1;
        return createMemo(() => item.name);
      }),
    );
    const seen = () => shown().map((name) => name());
    expect(seen()).toEqual(["ab", "b", "c"]);
    setNames(["c", "d", "aab"]);
    expect(seen()).toEqual(["c", "d", "aab"]);
    expect(made).toBe(4);
    setNames([]);
    expect(seen()).toEqual([]);
    dispose();
  });
});
