import type { JSX } from "solid-js";

/** The one place where all the colours are at home: a stained-glass window that is a page. */
export function LeadedWindow(): JSX.Element {
  return (
    <aside class="leaded" aria-hidden="true">
      <svg viewBox="0 0 720 900" preserveAspectRatio="xMidYMid slice">
        <defs>
          <linearGradient id="light" x1="0" y1="0" x2="0.7" y2="1">
            <stop offset="0" stop-color="#fff" stop-opacity="0.34" />
            <stop offset="1" stop-color="#000" stop-opacity="0.12" />
          </linearGradient>
        </defs>
        <rect width="720" height="900" fill="#1c1d22" />
        <g stroke="#1c1d22" stroke-width="9" stroke-linejoin="round">
          <path d="M0 0h300L210 190 0 250z" fill="#2f4fe0" />
          <path d="M300 0h420v120L470 210 210 190z" fill="#8fa2ff" />
          <path d="M720 120v230L560 400 470 210z" fill="#e9b44c" />
          <path d="M0 250 210 190l70 210L90 520 0 470z" fill="#7a3fd1" />
          <path d="M210 190l260 20 90 190-120 110-160-110z" fill="#f4ead6" />
          <path d="M280 400l160 110-60 170-190 20L90 520z" fill="#c7254e" />
          <path d="M560 400l160-50v260l-140 60-140-160z" fill="#11a06b" />
          <path d="M0 470l90 50 100 180-80 200H0z" fill="#0b7a8a" />
          <path d="M190 700l190-20 90 220H110z" fill="#e0a21b" />
          <path d="M440 510l140 160-60 230h-50l-90-220z" fill="#2f4fe0" />
          <path d="M580 670l140-60v290H520z" fill="#d6335e" />
        </g>
        <circle cx="392" cy="330" r="74" fill="#e9b44c" stroke="#1c1d22" stroke-width="9" />
        <rect width="720" height="900" fill="url(#light)" />
      </svg>
    </aside>
  );
}
