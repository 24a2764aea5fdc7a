import "../ui/tokens.css";
import "../ui/controls.css";
import "../ui/floating.css";
import "../ui/lists.css";
import "../dashboard/dashboard.css";
import "./admin.css";
import { render } from "solid-js/web";
import { loadLanguage } from "../i18n/i18n";
import { applyAppearance } from "../ui/theme";
import { installTooltips } from "../ui/tooltip";
import { App } from "./app";

applyAppearance();
installTooltips();
const root = document.getElementById("app");
if (root) void loadLanguage().then(() => render(() => <App />, root));
