import type { JSX } from "solid-js";
import { w } from "./history-words";

/** A field for the name of a moment. */
export function NameForm(props: { label: string; onName: (label: string) => void }): JSX.Element {
  const submit = (event: SubmitEvent & { currentTarget: HTMLFormElement }): void => {
    event.preventDefault();
    const label = String(new FormData(event.currentTarget).get("label") ?? "").trim();
    if (label === "") return;
    props.onName(label);
    event.currentTarget.reset();
  };
  return (
    <form class="line" onSubmit={submit}>
      <input
        class="input"
        name="label"
        maxlength="200"
        autocomplete="off"
        aria-label={props.label}
        placeholder={props.label}
      />
      <button type="submit" class="button">
        {w("name")}
      </button>
    </form>
  );
}
