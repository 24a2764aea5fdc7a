import { autoUpdate, computePosition, flip, offset, type Placement, shift } from "@floating-ui/dom";
import { createSignal, createUniqueId, type JSX, onCleanup, Show } from "solid-js";
import { Icon } from "./icon";

interface PopoverProps {
  readonly label: string;
  readonly placement?: Placement;
  readonly class?: string;
  readonly role?: "menu" | "dialog";
  readonly trigger: (attributes: TriggerAttributes) => JSX.Element;
  readonly onOpen?: () => void;
  readonly children: (close: () => void) => JSX.Element;
}

interface TriggerAttributes {
  readonly "aria-haspopup": "menu" | "dialog";
  readonly "aria-expanded": boolean;
  readonly ref: (element: HTMLElement) => void;
  readonly onClick: () => void;
}

/** A native popover beside its trigger; its content exists only while it is open. */
export function Popover(props: PopoverProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const id = createUniqueId();
  let trigger: HTMLElement | undefined;
  let panel: HTMLDivElement | undefined;
  let stop: (() => void) | undefined;
  const role = () => props.role ?? "menu";

  const place = async (): Promise<void> => {
    if (!trigger || !panel) return;
    const { x, y } = await computePosition(trigger, panel, {
      placement: props.placement ?? "bottom-start",
      strategy: "fixed",
      middleware: [offset(6), flip(), shift({ padding: 8 })],
    });
    Object.assign(panel.style, { left: `${x}px`, top: `${y}px` });
  };
  const close = (): void => panel?.hidePopover();
  const open = (): void => {
    if (isOpen()) {
      close();
      return;
    }
    setOpen(true);
    props.onOpen?.();
    panel?.showPopover();
    if (trigger && panel) stop = autoUpdate(trigger, panel, () => void place());
    panel?.querySelector<HTMLElement>(ITEMS)?.focus();
  };
  const toggled = (event: ToggleEvent): void => {
    if (event.newState === "open") return;
    stop?.();
    setOpen(false);
    if (panel?.contains(document.activeElement) || document.activeElement === document.body)
      trigger?.focus();
  };
  onCleanup(() => stop?.());

  return (
    <>
      {props.trigger({
        "aria-haspopup": role(),
        get "aria-expanded"() {
          return isOpen();
        },
        ref: (element) => {
          trigger = element;
        },
        onClick: open,
      })}
      <div
        ref={panel}
        id={id}
        popover="auto"
        class={`menu ${props.class ?? ""}`}
        role={role()}
        aria-label={props.label}
        onToggle={toggled}
        onKeyDown={(event) => role() === "menu" && walk(event)}
      >
        <Show when={isOpen()}>{props.children(close)}</Show>
      </div>
    </>
  );
}

const ITEMS = '[role^="menuitem"]:not([disabled]), input, .autofocus';

function walk(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role^="menuitem"]')];
  if (items.length === 0) return;
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (step) items[(at + step + items.length) % items.length]?.focus();
  else if (event.key === "Home") items[0]?.focus();
  else if (event.key === "End") items.at(-1)?.focus();
  else return;
  event.preventDefault();
}

export function MenuItem(props: {
  icon?: string;
  label: string;
  keys?: string | undefined;
  danger?: boolean;
  checked?: boolean;
  onChoose: () => void;
}): JSX.Element {
  return (
    <button
      type="button"
      role={props.checked === undefined ? "menuitem" : "menuitemradio"}
      aria-checked={props.checked}
      classList={{ danger: props.danger === true }}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        props.onChoose();
      }}
    >
      <Show when={props.icon}>{(icon) => <Icon name={icon()} />}</Show>
      <span>{props.label}</span>
      <Show when={props.checked}>
        <span class="end">
          <Icon name="check" small />
        </span>
      </Show>
      <Show when={props.keys}>
        <kbd>{props.keys}</kbd>
      </Show>
    </button>
  );
}
