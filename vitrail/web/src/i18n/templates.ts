/** Texts with `{0}`, `{1}`, … in the places of values, by the same texts in another language. */
export type Templates = Readonly<Record<string, string>>;

const PLACE = /('?)\{(\d+)\}\1/g;

interface Pattern {
  readonly expression: RegExp;
  readonly text: string;
  /** Which of its values stand in quotes: somebody’s own words, which are nobody’s to translate. */
  readonly quoted: readonly boolean[];
}

/**
 * A translator of messages, which were made of templates and values somewhere else.
 * Values that are messages or phrases themselves are translated too; what is unknown stays as it is.
 */
export function translator(messages: Templates, phrases: Templates): (message: string) => string {
  const [known, inner] = [reader(messages), reader({ ...messages, ...phrases })];
  const value = (text: string): string => inner(text, value) ?? text;
  return (message) => known(message, value) ?? message;
}

type Read = (text: string, value: (text: string) => string) => string | null;

function reader(templates: Templates): Read {
  const exact = new Map(Object.entries(templates));
  // What says most by itself is tried first: a template may fit what another one has made.
  const patterns = [...exact.keys()]
    .filter((template) => /\{\d+\}/.test(template))
    .sort((one, other) => weight(other) - weight(one))
    .map((template) => pattern(template, exact.get(template) ?? ""));
  return (text, value) => {
    const whole = exact.get(text);
    if (whole !== undefined) return whole;
    for (const { expression, quoted, text: made } of patterns) {
      const values = expression.exec(text)?.slice(1);
      if (values)
        return fill(
          made,
          values.map((each, at) => (quoted[at] ? each : value(each))),
        );
    }
    return null;
  };
}

// Quotes weigh too: what stands in them is told apart from what does not.
const weight = (template: string): number => template.replace(/\{\d+\}/g, "").length;

function pattern(template: string, text: string): Pattern {
  const quoted: boolean[] = [];
  let source = "";
  let at = 0;
  for (const match of template.matchAll(PLACE)) {
    const isQuoted = match[1] !== "";
    quoted.push(isQuoted);
    // Python writes the quotes that the value does not have.
    source += literal(template.slice(at, match.index)) + (isQuoted ? `['"](.*?)['"]` : "(.*?)");
    at = match.index + match[0].length;
  }
  return { expression: RegExp(`^${source}${literal(template.slice(at))}$`, "su"), text, quoted };
}

const literal = (text: string): string => text.replace(/[$()*+.?[\\\]^{|}/]/g, "\\$&");

function fill(text: string, values: readonly string[]): string {
  return text.replace(/\{(\d+)\}/g, (whole, place: string) => values[Number(place)] ?? whole);
}
