import { language } from "../i18n/i18n";
import { w } from "./words";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

/** A size as people read it: “1.4 MB”. */
export function bytes(size: number): string {
  let unit = 0;
  let value = size;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: UNITS[unit] ?? "byte",
    unitDisplay: unit === 0 ? "long" : "short",
    maximumFractionDigits: value < 10 && unit > 1 ? 1 : 0,
  }).format(value);
}

/** A span of time: “0.4 s”, “12 min”. */
export function span(seconds: number): string {
  const steps = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
  ] as const;
  const [size, unit] = steps.find(([size]) => seconds >= size) ?? ([1, "second"] as const);
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit,
    unitDisplay: "short",
    maximumFractionDigits: seconds < 10 ? 1 : 0,
  }).format(seconds / size);
}

export function count(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

export function percent(share: number): string {
  return new Intl.NumberFormat(language(), { style: "percent" }).format(share);
}

const KINDS = { site: "kindSite", page: "kindPage" } as const;

/** A document as people call it: what it is or is called, and of which site. */
export function title(document: {
  name: string;
  site: { name: string } | null;
  title: string | null;
}): string {
  const [kind = "", key = ""] = document.name.split(":");
  const word = w(KINDS[kind as keyof typeof KINDS] ?? "kindDoc");
  return `${document.site?.name ?? key} · ${document.title || word}`;
}
