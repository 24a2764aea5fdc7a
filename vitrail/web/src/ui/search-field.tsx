import type { JSX } from "solid-js";
import { Icon } from "./icon";

/** A field that narrows a list while one types; `onEnter` takes what is found first. */
export function SearchField(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  onEnter?: () => void;
}): JSX.Element {
  return (
    <div class="search">
      <Icon name="search" />
      <input
        class="input"
        type="search"
        placeholder={props.label}
        aria-label={props.label}
        value={props.value}
        onInput={(event) => props.onInput(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Enter" && props.onEnter?.()}
      />
    </div>
  );
}
