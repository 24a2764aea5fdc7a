import { createSignal } from "solid-js";

const asked = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const [scheme, setScheme] = createSignal(localStorage.getItem("scheme") ?? asked);
document.documentElement.dataset["theme"] = scheme();
export { scheme };

export function switchScheme(): void {
  const next = scheme() === "dark" ? "light" : "dark";
  localStorage.setItem("scheme", next);
  document.documentElement.dataset["theme"] = next;
  setScheme(next);
}
