import { type JSX, Show } from "solid-js";
import { bytes, count, percent, span } from "./format";
import type { LiveInstance, LiveNode } from "./live";
import { w } from "./words";

/** The few numbers that tell at a glance how the server fares. */
export function Tiles(props: { of: LiveInstance }): JSX.Element {
  const sum = (key: "connections" | "backlog" | "memory_bytes") =>
    props.of.nodes.reduce((total, node) => total + node[key], 0);
  const oldest = () => Math.max(...props.of.nodes.map((node) => node.unacknowledged_seconds));
  const commits = () => known(props.of.nodes, (node) => node.last_commit_seconds);
  const shares = () => known(props.of.nodes, (node) => node.processor);
  return (
    <dl class="tiles">
      <Tile name={w("connections")} value={count(sum("connections"))} />
      <Tile name={w("documents")} value={count(props.of.open_documents)} />
      <Tile
        name={w("waiting")}
        value={count(sum("backlog"))}
        note={sum("backlog") ? w("waitingFor", { time: span(oldest()) }) : undefined}
      />
      <Tile
        name={w("lastCommit")}
        value={commits().length ? span(Math.min(...commits())) : w("never")}
      />
      <Tile name={w("memory")} value={bytes(sum("memory_bytes"))} />
      <Tile
        name={w("processor")}
        value={shares().length ? percent(shares().reduce((a, b) => a + b, 0)) : "…"}
      />
    </dl>
  );
}

function known(nodes: readonly LiveNode[], get: (node: LiveNode) => number | null): number[] {
  return nodes.map(get).filter((value) => value !== null);
}

function Tile(props: { name: string; value: string; note?: string | undefined }): JSX.Element {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>
        {props.value}
        <Show when={props.note}>
          <span class="note">{props.note}</span>
        </Show>
      </dd>
    </div>
  );
}
