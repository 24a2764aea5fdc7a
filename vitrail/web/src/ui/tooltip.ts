import { computePosition, flip, offset, shift } from "@floating-ui/dom";

const DELAY_MS = 350;

/** One tooltip for everything that has `data-tip`, with the shortcut of `data-keys`. */
export function installTooltips(): void {
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.popover = "manual";
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const hide = (): void => {
    clearTimeout(timer);
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  const show = async (target: HTMLElement): Promise<void> => {
    if (!target.isConnected) return;
    tip.textContent = target.dataset["tip"] ?? "";
    if (target.dataset["keys"]) {
      const keys = document.createElement("kbd");
      keys.textContent = target.dataset["keys"];
      tip.append(keys);
    }
    tip.showPopover();
    const { x, y } = await computePosition(target, tip, {
      placement: target.closest(".rail") ? "right" : "bottom",
      strategy: "fixed",
      middleware: [offset(7), flip(), shift({ padding: 6 })],
    });
    Object.assign(tip.style, { left: `${x}px`, top: `${y}px` });
  };
  const approach = (event: Event): void => {
    hide();
    const target = (event.target as Element).closest?.<HTMLElement>("[data-tip]");
    if (!target || (event.type === "focusin" && !target.matches(":focus-visible"))) return;
    timer = setTimeout(() => void show(target), DELAY_MS);
  };
  document.addEventListener("pointerover", approach);
  document.addEventListener("focusin", approach);
  document.addEventListener("focusout", hide);
  document.addEventListener("pointerdown", hide, true);
  document.addEventListener("keydown", hide, true);
}
