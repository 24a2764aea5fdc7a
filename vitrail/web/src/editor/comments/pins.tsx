import { createMemo, For, type JSX, onCleanup, onMount } from "solid-js";
import { safeColor } from "../../ui/button";
import { useEditor } from "../context";
import { bookOf } from "./book";
import "./comments.css";
import { size } from "./threads";
import { w } from "./words";

const PIN = 26;

/** A pin at each node that is talked about, with the number of comments that are open there. */
export function Pins(): JSX.Element {
  const { session } = useEditor();
  const book = bookOf(session);
  onMount(() => {
    book.open();
    window.addEventListener("hashchange", book.showAddressed);
  });
  onCleanup(() => {
    book.close();
    window.removeEventListener("hashchange", book.showAddressed);
  });
  const open = createMemo(() => book.page.threads.filter((one) => one.resolvedAt === null));
  const nodes = createMemo(() => {
    const talkedAbout = new Set(open().map(({ nodeId }) => nodeId));
    return session.order().filter((id) => talkedAbout.has(id));
  });
  return (
    <ul class="pins" aria-label={w("open")}>
      <For each={nodes()}>
        {(node) => <Pin node={node} threads={() => open().filter((one) => one.nodeId === node)} />}
      </For>
    </ul>
  );
}

function Pin(props: {
  node: string;
  threads: () => readonly Parameters<typeof size>[0][];
}): JSX.Element {
  const { session, stage } = useEditor();
  const book = bookOf(session);
  const count = () => props.threads().reduce((sum, thread) => sum + size(thread), 0);
  const name = () => w("pin", { n: count(), name: session.store.label(props.node) });
  const place = createMemo(() => {
    stage.drawn();
    const box = stage.boxOf(props.node);
    if (!box || box.right <= box.left) return null;
    const scale = stage.scale();
    const left = Math.min(box.right * scale - PIN / 2, session.view.width() * scale - PIN - 4);
    return { left: `${Math.max(4, left)}px`, top: `${Math.max(2, box.top * scale - PIN / 2)}px` };
  });
  const show = (): void => {
    session.select([props.node]);
    const [first] = props.threads();
    if (first) book.show(first.id);
  };
  return (
    <li style={place() ?? { display: "none" }}>
      <button
        type="button"
        class="pin"
        style={{ background: safeColor(props.threads()[0]?.author?.color) }}
        aria-label={name()}
        data-tip={name()}
        onClick={show}
      >
        {count()}
      </button>
    </li>
  );
}
