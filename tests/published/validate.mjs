// Reads {name: html} from standard input; writes what the HTML validator says of each.
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const loader = new StaticConfigLoader({
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y", "html-validate:document"],
  rules: {
    "aria-label-misuse": ["error", { allowAnyNamable: true }], // a list may have a name
    // Written by a program, for browsers: these are matters of style.
    "doctype-style": "off",
    "no-inline-style": "off",
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "void-style": "off",
    "long-title": "off",
  },
});
const validator = new HtmlValidate(loader);
let input = "";
for await (const chunk of process.stdin) input += chunk;
const found = [];
for (const [name, html] of Object.entries(JSON.parse(input))) {
  const report = await validator.validateString(html, `${name}.html`);
  for (const { messages } of report.results)
    for (const m of messages) {
      const at = html.split("\n")[m.line - 1].slice(Math.max(0, m.column - 60), m.column + 80);
      found.push(`${name}: ${m.ruleId}: ${m.message} at ${at}`);
    }
}
console.log(JSON.stringify(found));
