import { createSignal, onCleanup, onMount } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import { type Instance, instance, type NodeReport } from "./instance";

const REFRESH_MS = 2000;

export interface LiveNode extends NodeReport {
  /** Its share of one processor since it was looked at last; null before. */
  readonly processor: number | null;
}

export interface LiveInstance extends Instance {
  readonly nodes: readonly LiveNode[];
}

/** The state of the server, read again and again while somebody looks; rows stay the same rows. */
export function watchInstance(): {
  state: { value: LiveInstance | null };
  error: () => unknown;
  isPaused: () => boolean;
  setPaused: (paused: boolean) => void;
  refresh: () => Promise<void>;
} {
  const [state, setState] = createStore<{ value: LiveInstance | null }>({ value: null });
  const [error, setError] = createSignal<unknown>(null);
  const [isPaused, setPaused] = createSignal(false);
  let seen = new Map<string, { at: number; spent: number }>();

  const withProcessor = (nodes: readonly NodeReport[]): LiveNode[] => {
    const now = performance.now() / 1000;
    const before = seen;
    seen = new Map(nodes.map(({ node, cpu_seconds }) => [node, { at: now, spent: cpu_seconds }]));
    return nodes.map((node) => {
      const last = before.get(node.node);
      const isNew = !last || now - last.at < 0.5;
      const processor = isNew ? null : (node.cpu_seconds - last.spent) / (now - last.at);
      return { ...node, name: node.node, processor };
    });
  };
  const refresh = async (): Promise<void> => {
    try {
      const found = await instance.read();
      const value = { ...found, nodes: withProcessor(found.nodes) };
      setState("value", reconcile(value, { key: "name" }));
      setError(null);
    } catch (failure) {
      setError(failure);
    }
  };
  onMount(() => {
    let timer = 0;
    const tick = async (): Promise<void> => {
      if (!isPaused() && !document.hidden) await refresh();
      timer = window.setTimeout(() => void tick(), REFRESH_MS);
    };
    void tick();
    onCleanup(() => clearTimeout(timer));
  });
  return { state, error, isPaused, setPaused, refresh };
}
