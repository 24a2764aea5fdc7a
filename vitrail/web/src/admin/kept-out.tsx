import { For, type JSX, Show } from "solid-js";
import { ago } from "../i18n/i18n";
import { title } from "./format";
import type { KeptOut } from "./instance";
import { w } from "./words";

/** The updates that ended a process, by the document out of which they are kept. */
export function KeptOutUpdates(props: { of: readonly KeptOut[] }): JSX.Element {
  return (
    <Show when={props.of.length > 0}>
      <section class="sheet apart">
        <h2>{w("keptOut")}</h2>
        <p class="note">{w("keptOutText")}</p>
        <ul>
          <For each={props.of}>
            {(found) => (
              <li>
                <div class="grow">
                  <b>{title(found)}</b>
                  <code>{found.name}</code>
                  <p>{w("keptOutCount", { n: found.updates.length })}</p>
                </div>
                <ul class="doses">
                  <For each={found.updates}>
                    {(update) => (
                      <li>
                        <code>{`flights/${update.id}.poison`}</code>
                        <span class="note">
                          {w("sinceBy", {
                            when: update.at ? ago(update.at) : "",
                            name: update.by ?? w("somebody"),
                          })}
                        </span>
                      </li>
                    )}
                  </For>
                </ul>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}
