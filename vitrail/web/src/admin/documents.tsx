import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { ago } from "../i18n/i18n";
import { SearchField } from "../ui/search-field";
import { attempt, notify } from "../ui/toast";
import { bytes, count, title } from "./format";
import { type Instance, instance, type OpenDocument } from "./instance";
import { SetApartDialog } from "./quarantine";
import { w } from "./words";

/** The documents in the nodes' memory, with what can be done to each. */
export function Documents(props: { of: Instance; onChange: () => Promise<void> }): JSX.Element {
  const [search, setSearch] = createSignal("");
  const [chosen, setChosen] = createSignal<OpenDocument | null>(null);
  const found = createMemo(() => {
    const wanted = search().trim().toLowerCase();
    return props.of.documents.filter((document) =>
      [title(document), document.name, ...document.people].join(" ").toLowerCase().includes(wanted),
    );
  });
  const close = async (document: OpenDocument): Promise<void> => {
    await attempt(async () => {
      await instance.close(document.name);
      notify(w("closed", { name: title(document) }));
    });
    await props.onChange();
  };
  return (
    <section class="sheet">
      <div class="sheet-head">
        <h2>{w("documents")}</h2>
        <span class="grow" />
        <SearchField label={w("find")} value={search()} onInput={setSearch} />
      </div>
      <Show
        when={found().length > 0}
        fallback={<p class="empty">{search() ? w("noMatch") : w("none")}</p>}
      >
        <table>
          <thead>
            <tr>
              <th scope="col">{w("document")}</th>
              <th scope="col">{w("people")}</th>
              <th scope="col" class="number wide-only">
                {w("size")}
              </th>
              <th scope="col" class="wide-only">
                {w("edited")}
              </th>
              <th scope="col">
                <span class="sr-only">{w("actions")}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={found()}>
              {(document) => (
                <Row
                  document={document}
                  onClose={() => void close(document)}
                  onSetApart={() => setChosen(document)}
                />
              )}
            </For>
          </tbody>
        </table>
      </Show>
      <Show when={props.of.open_documents > props.of.documents.length}>
        <p class="note">
          {w("shown", { shown: props.of.documents.length, n: count(props.of.open_documents) })}
        </p>
      </Show>
      <Show when={chosen()}>
        {(document) => (
          <SetApartDialog
            document={document()}
            onClose={() => setChosen(null)}
            onDone={props.onChange}
          />
        )}
      </Show>
    </section>
  );
}

function Row(props: {
  document: OpenDocument;
  onClose: () => void;
  onSetApart: () => void;
}): JSX.Element {
  const name = () => title(props.document);
  return (
    <tr>
      <th scope="row">
        <Show when={pageOf(props.document)} fallback={<b>{name()}</b>}>
          {(page) => (
            <a href={`/edit/${page()}`} aria-label={w("open", { name: name() })}>
              {name()}
            </a>
          )}
        </Show>
        <code>{props.document.name}</code>
        <Troubles of={props.document} />
      </th>
      <td>
        <span class="count">{count(props.document.connections)}</span>
        <span class="note people">
          {props.document.people.join(", ") || (props.document.connections ? "" : w("nobody"))}
        </span>
      </td>
      <td class="number wide-only">
        {bytes(props.document.stored_bytes)}
        <span class="note">
          {w("updates", { n: props.document.updates })}
          <Show when={props.document.tail < props.document.updates}>
            <br />
            {w("tail", { n: props.document.tail })}
          </Show>
        </span>
      </td>
      <td class="wide-only">{props.document.edited_at ? ago(props.document.edited_at) : ""}</td>
      <td class="row-actions">
        <button
          type="button"
          class="button small"
          aria-label={w("closeOf", { name: name() })}
          disabled={props.document.connections === 0}
          onClick={() => props.onClose()}
        >
          {w("close")}
        </button>
        <button
          type="button"
          class="button small"
          aria-label={w("apartOf", { name: name() })}
          onClick={() => props.onSetApart()}
        >
          {w("apart")}
        </button>
      </td>
    </tr>
  );
}

function Troubles(props: { of: OpenDocument }): JSX.Element {
  const words = () =>
    [
      props.of.state === "lingering" ? w("lingering") : "",
      props.of.state === "tainted" ? w("tainted") : "",
      props.of.lagging ? w("lagging", { n: props.of.lagging }) : "",
      props.of.unsaved ? w("unsaved", { n: props.of.unsaved }) : "",
    ].filter(Boolean);
  return (
    <For each={words()}>
      {(word) => (
        <span class="badge" classList={{ bad: props.of.state !== "lingering" }}>
          {word}
        </span>
      )}
    </For>
  );
}

/** The page of a document that the editor can open. */
function pageOf(document: OpenDocument): string | null {
  const [kind, key] = document.name.split(":");
  return (kind === "page" && document.site && key) || null;
}
