import { createUniqueId, type JSX, Show } from "solid-js";
import { useEditor } from "./context";

/** A label and its control on one line, or under each other when the control is tall. */
export function Field(props: {
  label: string;
  note?: string | undefined;
  isTall?: boolean;
  mark?: JSX.Element;
  children: (id: string) => JSX.Element;
}): JSX.Element {
  const id = createUniqueId();
  return (
    <div class="prop" classList={{ tall: props.isTall === true }}>
      <label for={id}>
        {props.label}
        <Show when={props.note}>
          <small>{props.note}</small>
        </Show>
        {props.mark}
      </label>
      <div class="prop-control">{props.children(id)}</div>
    </div>
  );
}

export function TextField(props: {
  label: string;
  value: string;
  note?: string | undefined;
  placeholder?: string;
  isMultiline?: boolean;
  isNumber?: boolean;
  onChange: (value: string) => void;
}): JSX.Element {
  const { session } = useEditor();
  return (
    <Field label={props.label} note={props.note} isTall={props.isMultiline === true}>
      {(id) => (
        <Show
          when={props.isMultiline}
          fallback={
            <input
              id={id}
              class="input"
              type={props.isNumber ? "number" : "text"}
              disabled={!session.canWrite}
              placeholder={props.placeholder ?? ""}
              value={props.value}
              onChange={(event) => props.onChange(event.currentTarget.value.trim())}
            />
          }
        >
          <textarea
            id={id}
            class="input"
            rows="4"
            disabled={!session.canWrite}
            value={props.value}
            onChange={(event) => props.onChange(event.currentTarget.value)}
          />
        </Show>
      )}
    </Field>
  );
}
