/** Run something in a quiet moment, when nothing else is waited for. */
export function quietly(run: () => void): void {
  if (window.requestIdleCallback) window.requestIdleCallback(run);
  else setTimeout(run, 1500);
}
