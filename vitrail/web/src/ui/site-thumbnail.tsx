import { createMemo, For, type JSX } from "solid-js";

function hash(text: string): number {
  let value = 2166136261;
  for (const letter of text) value = Math.imul(value ^ letter.charCodeAt(0), 16777619);
  return value >>> 0;
}

const GLASS = ["#2f4fe0", "#c7254e", "#0c7f55", "#b26a00", "#7a3fd1", "#0b7a8a"] as const;

/** A site drawn in ink, with the one pane of glass that tells it from the others. */
export function SiteThumbnail(props: { seed: string; name: string }): JSX.Element {
  const drawn = createMemo(() => {
    const seed = hash(props.seed);
    return {
      color: GLASS[seed % GLASS.length],
      isSplit: (seed >> 4) % 2 === 0,
      columns: 2 + ((seed >> 6) % 3),
      width: 80 + ((seed >> 9) % 60),
      turn: ((seed >> 13) % 5) * 12,
    };
  });
  const panes = () => {
    const count = drawn().columns;
    const size = (280 - (count - 1) * 12) / count;
    return Array.from({ length: count }, (_, at) => ({ x: 20 + at * (size + 12), size }));
  };
  const art = () => (drawn().isSplit ? { x: 186, w: 114 } : { x: 20, w: 280 });
  return (
    <svg
      class="thumb"
      viewBox="0 0 320 190"
      aria-hidden="true"
      preserveAspectRatio="xMidYMin slice"
    >
      <rect width="320" height="190" fill="light-dark(#fff, #26272b)" />
      <g fill="light-dark(#e6e5df, #3a3b41)">
        <rect x="20" y="15" width="46" height="7" rx="3.5" fill="light-dark(#c9c8c1, #55565e)" />
        <rect x="222" y="16" width="20" height="5" rx="2.5" />
        <rect x="250" y="16" width="20" height="5" rx="2.5" />
        <rect x="278" y="16" width="22" height="5" rx="2.5" />
        <rect
          x="20"
          y="54"
          width={drawn().width}
          height="11"
          rx="5"
          fill="light-dark(#b9b8b0, #6a6b74)"
        />
        <rect
          x="20"
          y="71"
          width={drawn().width * 0.7}
          height="11"
          rx="5"
          fill="light-dark(#b9b8b0, #6a6b74)"
        />
        <rect x="20" y="93" width="120" height="5" rx="2.5" />
        <rect x="20" y="103" width="96" height="5" rx="2.5" />
      </g>
      <svg
        x={art().x}
        y={drawn().isSplit ? 42 : 118}
        width={art().w}
        height={drawn().isSplit ? 92 : 30}
        viewBox="0 0 114 92"
        preserveAspectRatio="xMidYMid slice"
      >
        <rect width="114" height="92" fill={drawn().color} opacity="0.13" />
        <g transform={`rotate(${drawn().turn} 57 46)`} fill={drawn().color}>
          <path d="M-40-20 57 46-40 120z" opacity="0.2" />
          <path d="M57 46 160-30v160z" opacity="0.34" />
          <circle cx="57" cy="46" r="17" opacity="0.75" />
        </g>
      </svg>
      <rect
        x="20"
        y="116"
        width="46"
        height="14"
        rx="7"
        fill={drawn().isSplit ? drawn().color : "none"}
      />
      <g fill="light-dark(#efeee9, #34353a)">
        <For each={panes()}>
          {(pane) => <rect x={pane.x} y="158" width={pane.size} height="60" rx="6" />}
        </For>
      </g>
    </svg>
  );
}
