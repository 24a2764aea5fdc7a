import { type JSX, Show } from "solid-js";
import { Icon } from "./icon";

interface IconButtonProps {
  readonly icon: string;
  readonly label: string;
  readonly keys?: string | undefined;
  readonly small?: boolean;
  readonly pressed?: boolean | undefined;
  readonly disabled?: boolean;
  readonly expanded?: boolean | undefined;
  readonly onPress: (event: MouseEvent & { currentTarget: HTMLButtonElement }) => void;
}

/** A button that is only an icon; its name shows in a tooltip with its shortcut. */
export function IconButton(props: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      classList={{ small: props.small === true }}
      aria-label={props.label}
      aria-pressed={props.pressed}
      aria-expanded={props.expanded}
      data-tip={props.label}
      data-keys={props.keys}
      disabled={props.disabled ?? false}
      onClick={(event) => props.onPress(event)}
    >
      <Icon name={props.icon} small={props.small === true} />
    </button>
  );
}

export function Logo(): JSX.Element {
  return (
    <span class="logo" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}

/** The name of the product, which leads home. */
export function Brand(): JSX.Element {
  return (
    <a class="brand" href="/" aria-label="Vitrail">
      <Logo />
      <b>Vitrail</b>
    </a>
  );
}

export function Avatar(props: { name: string; color: string; label?: string }): JSX.Element {
  return (
    <span
      class="avatar"
      style={{ background: safeColor(props.color) }}
      role={props.label ? "img" : undefined}
      aria-label={props.label}
      aria-hidden={props.label ? undefined : "true"}
    >
      {initials(props.name)}
    </span>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...(word ?? "")][0] ?? "")
    .join("")
    .toUpperCase();
}

/** A person's colour comes from others: only a plain one may enter a style. */
export function safeColor(color: unknown): string {
  return typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color) ? color : "#5f626b";
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: string;
  readonly text?: string;
}

export function Segmented<Value extends string>(props: {
  label: string;
  value: Value | null;
  choices: readonly Choice<Value>[];
  onChoose: (value: Value) => void;
}): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a toolbar
    <div class="segmented" role="group" aria-label={props.label}>
      {props.choices.map((choice) => (
        <button
          type="button"
          aria-pressed={props.value === choice.value}
          aria-label={spoken(choice)}
          data-tip={choice.icon || choice.text ? choice.label : undefined}
          onClick={() => props.onChoose(choice.value)}
        >
          <Show when={choice.icon} fallback={choice.text ?? choice.label}>
            {(icon) => <Icon name={icon()} />}
          </Show>
        </button>
      ))}
    </div>
  );
}

/** The name of a choice begins with what is seen of it, for those who speak to their computer. */
function spoken({ label, text }: Choice<string>): string {
  const isSeen = !text || label.toLowerCase().split(" ").includes(text.toLowerCase());
  return isSeen ? label : `${text}, ${label}`;
}

export function Switch(props: {
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}): JSX.Element {
  return (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-label={props.label}
      aria-checked={props.checked}
      disabled={props.disabled ?? false}
      onClick={() => props.onChange(!props.checked)}
    />
  );
}
