import "../ui/tokens.css";
import "../ui/controls.css";
import "../ui/floating.css";
import "../ui/lists.css";
import "./layout.css";
import "./panels.css";
import "./layers.css";
import "./blocks.css";
import "./inspector.css";
import "./windows.css";
import "./overlay.css";
import { render } from "solid-js/web";
import { loadLanguage } from "../i18n/i18n";
import { applyAppearance } from "../ui/theme";
import { installTooltips } from "../ui/tooltip";
import { App, Start } from "./app";

applyAppearance();
installTooltips();
const root = document.getElementById("app");
if (root) {
  const start = new Start();
  void loadLanguage().then(() => render(() => <App start={start} />, root));
}
