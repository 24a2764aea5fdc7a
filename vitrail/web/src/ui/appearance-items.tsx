import { For, type JSX } from "solid-js";
import { t } from "../i18n/i18n";
import { MenuItem } from "./menu";
import { type Appearance, appearance, setAppearance } from "./theme";

const CHOICES = [
  { value: "system", icon: "monitor", label: "appearance.system" },
  { value: "light", icon: "sun", label: "appearance.light" },
  { value: "dark", icon: "moon", label: "appearance.dark" },
] as const satisfies readonly { value: Appearance; icon: string; label: string }[];

/** The part of a menu that chooses between light and dark. */
export function AppearanceItems(): JSX.Element {
  return (
    <>
      <p class="menu-note">{t("appearance.title")}</p>
      <For each={CHOICES}>
        {({ value, icon, label }) => (
          <MenuItem
            icon={icon}
            label={t(label)}
            checked={appearance() === value}
            onChoose={() => setAppearance(value)}
          />
        )}
      </For>
    </>
  );
}
