import { createMemo, For, type JSX, Show } from "solid-js";
import { pick } from "../i18n/i18n";
import { themes } from "../model/primitives";
import { themeOf } from "../model/site";
import { Segmented } from "../ui/button";
import { useEditor } from "./context";
import { Field } from "./fields";
import { w } from "./theme-words";

const COLORS = [
  "primary",
  "on-primary",
  "background",
  "surface",
  "text",
  "muted",
  "accent",
] as const;
const FONTS: readonly { name: string; value: string }[] = [
  { name: "Palatino", value: "'Iowan Old Style', Palatino, 'URW Palladio L', Georgia, serif" },
  { name: "Georgia", value: "Georgia, 'Times New Roman', serif" },
  { name: "Charter", value: "Charter, 'Bitstream Charter', Cambria, serif" },
  { name: "Inter", value: "Inter, 'Helvetica Neue', Arial, sans-serif" },
  { name: "Avenir", value: "'Avenir Next', Avenir, Montserrat, Corbel, sans-serif" },
  { name: "System", value: "system-ui, sans-serif" },
  { name: "Mono", value: "ui-monospace, 'SF Mono', Menlo, Consolas, monospace" },
];

/** The look of the whole site: a theme, and what the site changes of it. */
export function ThemePanel(): JSX.Element {
  const { session } = useEditor();
  const own = createMemo(() => session.siteData().tokens);
  const chosen = createMemo(() => {
    session.siteData();
    return themeOf(session.site);
  });
  const set = (token: string, value: string | null, isGesture = false) =>
    session.run([{ op: "theme", set: { [token]: value } }], isGesture);
  return (
    <fieldset class="panel-scroll theme-panel" disabled={!session.canEdit}>
      <section class="group">
        <ul class="theme-cards" aria-label={w("choose")}>
          <For each={[...themes]}>
            {([id, theme]) => (
              <li>
                <button
                  type="button"
                  class="theme-card"
                  aria-pressed={chosen() === id}
                  style={{
                    background: theme.tokens["color.background"] ?? "#fff",
                    color: theme.tokens["color.text"] ?? "#000",
                  }}
                  onClick={() => set("theme", id)}
                >
                  <b style={{ "font-family": theme.tokens["font.heading"] ?? "serif" }}>Aa</b>
                  <i style={{ background: theme.tokens["color.primary"] ?? "#000" }} />
                  <i style={{ background: theme.tokens["color.accent"] ?? "#000" }} />
                  <i style={{ background: theme.tokens["color.surface-2"] ?? "#000" }} />
                  <span style={{ "font-family": theme.tokens["font.body"] ?? "serif" }}>
                    {pick(theme.label, id)}
                  </span>
                </button>
              </li>
            )}
          </For>
        </ul>
      </section>
      <section class="group">
        <h3>{w("colors")}</h3>
        <For each={COLORS}>
          {(name) => {
            const token = `color.${name}`;
            const value = () => session.tokens()[token] ?? "#000000";
            return (
              <Field
                label={w(`token.${name}`)}
                mark={
                  <Show when={own()[token] !== undefined}>
                    <button
                      type="button"
                      class="set-mark here"
                      aria-label={`${w("reset")}, ${name}`}
                      data-tip={w("reset")}
                      onClick={() => set(token, null)}
                    />
                  </Show>
                }
              >
                {(id) => (
                  <span class="input color-choice">
                    <input
                      id={id}
                      type="color"
                      class="swatch"
                      value={value()}
                      onInput={(event) => set(token, event.currentTarget.value, true)}
                    />
                    <span>{value()}</span>
                  </span>
                )}
              </Field>
            );
          }}
        </For>
      </section>
      <section class="group">
        <h3>{w("fonts")}</h3>
        <For each={["heading", "body"] as const}>
          {(role) => (
            <Field label={w(role)}>
              {(id) => (
                <select
                  id={id}
                  class="input"
                  value={own()[`font.${role}`] ?? ""}
                  onChange={(event) => set(`font.${role}`, event.currentTarget.value || null)}
                >
                  <option value="">{w("fontOfTheme")}</option>
                  <For each={FONTS}>
                    {(font) => <option value={font.value}>{font.name}</option>}
                  </For>
                </select>
              )}
            </Field>
          )}
        </For>
        <Field label={w("radius")}>
          {() => (
            <Segmented
              label={w("radius")}
              value={own()["radius.button"] ?? ""}
              choices={[
                { value: "", label: w("fontOfTheme"), text: "Auto" },
                { value: "0px", label: "0" },
                { value: "8px", label: "8" },
                { value: "999px", label: "∞" },
              ]}
              onChoose={(value) =>
                session.run([
                  {
                    op: "theme",
                    set: {
                      "radius.button": value || null,
                      "radius.card": value === "999px" ? "24px" : value || null,
                      "radius.image": value === "999px" ? "24px" : value || null,
                    },
                  },
                ])
              }
            />
          )}
        </Field>
      </section>
    </fieldset>
  );
}
