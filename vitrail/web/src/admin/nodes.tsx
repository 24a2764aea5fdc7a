import { For, type JSX, Show } from "solid-js";
import { bytes, count, percent, span } from "./format";
import type { LiveNode } from "./live";
import { w } from "./words";

/** How each node fares; a server with one node has told it already. */
export function Nodes(props: { of: readonly LiveNode[] }): JSX.Element {
  return (
    <Show when={props.of.length > 1}>
      <section class="sheet">
        <h2>{w("nodes")}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{w("node")}</th>
              <th scope="col">{w("state")}</th>
              <th scope="col" class="number">
                {w("connections")}
              </th>
              <th scope="col" class="number wide-only">
                {w("documents")}
              </th>
              <th scope="col" class="number">
                {w("memory")}
              </th>
              <th scope="col" class="number wide-only">
                {w("processor")}
              </th>
              <th scope="col" class="number wide-only">
                {w("lastCommit")}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.of}>
              {(node) => (
                <tr>
                  <th scope="row">
                    <code>{node.node}</code>
                  </th>
                  <td>{stateOf(node)}</td>
                  <td class="number">{count(node.connections)}</td>
                  <td class="number wide-only">{count(node.rooms)}</td>
                  <td class="number">{bytes(node.memory_bytes)}</td>
                  <td class="number wide-only">
                    {node.processor === null ? "…" : percent(node.processor)}
                  </td>
                  <td class="number wide-only">
                    {node.last_commit_seconds === null
                      ? w("never")
                      : span(node.last_commit_seconds)}
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </section>
    </Show>
  );
}

function stateOf(node: LiveNode): string {
  if (!node.log_is_up) return w("stateLogDown");
  if (node.is_draining) return w("stateDraining");
  return node.bus_is_up ? w("stateWell") : w("stateBusDown");
}
