import type { JSX } from "solid-js";

/** The drawing of an empty state: a leaded window whose panes are not filled yet. */
export function EmptyWindow(): JSX.Element {
  return (
    <svg class="art" viewBox="0 0 132 92" fill="none" aria-hidden="true">
      <rect x="6" y="6" width="120" height="80" rx="10" fill="var(--raised)" stroke="var(--line)" />
      <path
        d="M6 34h120M46 34v52M86 6v28M86 60h40M46 60l40-26M86 34v52"
        stroke="var(--line)"
        stroke-width="1.5"
      />
      <path d="M86 34 46 60h40z" fill="var(--accent)" opacity="0.16" />
      <circle cx="102" cy="47" r="6" fill="var(--accent)" opacity="0.28" />
      <rect x="16" y="16" width="34" height="5" rx="2.5" fill="var(--line)" />
    </svg>
  );
}
