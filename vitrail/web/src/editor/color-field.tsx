import { createMemo, For, type JSX, Show } from "solid-js";
import { Icon } from "../ui/icon";
import { Popover } from "../ui/menu";
import { useEditor } from "./context";
import { w } from "./style-words";

const AA = 4.5;

/** A colour of the theme by name, so that it follows the theme; or any other. */
export function ColorField(props: {
  id: string;
  label: string;
  value: string;
  ratio: number | null;
  /** The colour that shows when none is set. */
  inherited: string;
  onChange: (value: string | null, isGesture?: boolean) => void;
}): JSX.Element {
  const { session } = useEditor();
  const swatches = createMemo(() =>
    Object.entries(session.tokens())
      .filter(([name]) => name.startsWith("color."))
      .map(([name, value]) => ({ name: name.slice(6), token: `$${name}`, value })),
  );
  const color = () =>
    swatches().find(({ token }) => token === props.value)?.value ??
    (props.value || props.inherited || "transparent");
  const isClear = () => !props.value && /^(rgba\(0, 0, 0, 0\)|transparent|)$/.test(props.inherited);
  const name = () => {
    if (props.value) return props.value.replace(/^\$color\./, "");
    return w(isClear() ? "value.none" : "value.inherited");
  };
  return (
    <Popover
      label={props.label}
      role="dialog"
      class="wide colors"
      placement="left-start"
      trigger={(attributes) => (
        <button type="button" id={props.id} class="input color-choice" {...attributes}>
          <i class="swatch" style={{ background: color() }} />
          <span>{name()}</span>
          <Show when={props.ratio}>
            {(ratio) => (
              <small
                class="ratio"
                classList={{ bad: ratio() < AA }}
                data-tip={w(ratio() < AA ? "contrastBad" : "contrast", {
                  ratio: ratio().toFixed(1),
                })}
              >
                {ratio() < AA ? "" : "AA "}
                {ratio().toFixed(1)}
              </small>
            )}
          </Show>
        </button>
      )}
    >
      {(close) => (
        <div class="stack tight">
          <b>{w("themeColors")}</b>
          <ul class="swatches">
            <For each={swatches()}>
              {(each) => (
                <li>
                  <button
                    type="button"
                    class="swatch"
                    style={{ background: each.value }}
                    aria-label={each.name}
                    aria-pressed={props.value === each.token}
                    data-tip={each.name}
                    onClick={() => {
                      props.onChange(each.token);
                      close();
                    }}
                  />
                </li>
              )}
            </For>
          </ul>
          <div class="line">
            <label class="button small">
              <input
                type="color"
                class="sr-only"
                value={/^#[0-9a-f]{6}$/i.test(color()) ? color() : "#2f4fe0"}
                onInput={(event) => props.onChange(event.currentTarget.value, true)}
              />
              <Icon name="palette" small />
              {w("otherColor")}
            </label>
            <button
              type="button"
              class="button small"
              onClick={() => {
                props.onChange(null);
                close();
              }}
            >
              {w("noColor")}
            </button>
          </div>
        </div>
      )}
    </Popover>
  );
}
