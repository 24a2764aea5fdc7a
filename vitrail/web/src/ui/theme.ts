import { createSignal } from "solid-js";

export type Appearance = "system" | "light" | "dark";

const KEY = "appearance";

function stored(): Appearance {
  const value = localStorage.getItem(KEY);
  return value === "light" || value === "dark" ? value : "system";
}

const [appearance, setSignal] = createSignal<Appearance>(stored());

export { appearance };

export function setAppearance(next: Appearance): void {
  if (next === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, next);
  setSignal(next);
  applyAppearance();
}

export function applyAppearance(): void {
  const now = appearance();
  if (now === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = now;
}
