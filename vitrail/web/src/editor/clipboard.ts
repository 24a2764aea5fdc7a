import { t } from "../i18n/i18n";
import { readPage } from "../model/documents";
import { type FragmentNode, isObject, toFragment } from "../model/fragments";
import { textOf } from "../model/targets";
import { notify } from "../ui/toast";
import { insertNodes } from "./inserting";
import { uploadFiles } from "./media-upload";
import type { Stage } from "./stage";

const FORMAT = "application/x-vitrail+json";
/** The last copy of this tab, for the commands that the browser does not let read the clipboard. */
let kept: readonly FragmentNode[] = [];

function fragments(stage: Stage): FragmentNode[] {
  const page = readPage(stage.session.page);
  return stage.session.tops().map((id) => toFragment(page, id));
}

/** Copy or cut what is selected: our own format, and its words for other programs. */
export function writeClipboard(stage: Stage, event: ClipboardEvent): void {
  const { session } = stage;
  if (isTyping(event) || stage.textEditing() || session.selection().length === 0) return;
  kept = fragments(stage);
  const page = readPage(session.page);
  const words = session.tops().map((id) => textOf(page, id));
  event.clipboardData?.setData(FORMAT, JSON.stringify({ version: 1, nodes: kept }));
  event.clipboardData?.setData("text/plain", words.join("\n"));
  event.preventDefault();
  if (event.type === "cut") session.remove();
}

export function handlePaste(stage: Stage, event: ClipboardEvent): void {
  const { session } = stage;
  if (isTyping(event) || stage.textEditing() || !session.canEdit) return;
  const files = [...(event.clipboardData?.files ?? [])];
  if (files.length > 0) {
    event.preventDefault();
    void uploadFiles(session, files).then((assets) =>
      paste(
        stage,
        assets.map(({ id }) => ({ type: "image", props: { src: id } })),
      ),
    );
    return;
  }
  const nodes = parse(event.clipboardData?.getData(FORMAT) ?? "");
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  event.preventDefault();
  if (nodes) paste(stage, nodes);
  else if (text)
    paste(
      stage,
      text.split(/\n{2,}/).map((part) => ({ type: "text", text: part })),
    );
  else notify(t("toast.nothingToPaste"));
}

function parse(source: string): FragmentNode[] | null {
  if (!source) return null;
  try {
    const found: unknown = JSON.parse(source);
    // The executor checks each node; only the shape around them is checked here.
    if (!isObject(found) || !Array.isArray(found["nodes"])) return null;
    return found["nodes"] as FragmentNode[];
  } catch {
    return null;
  }
}

function paste(stage: Stage, nodes: readonly FragmentNode[]): void {
  if (nodes.length === 0) return;
  const made = insertNodes(stage.session, nodes);
  const first = made[0];
  if (!first) return;
  stage.reveal(first);
  notify(t("toast.pasted", { n: made.length }));
}

/** The commands of the menu and the palette, where no clipboard event is at hand. */
export function copySelection(stage: Stage, isCut: boolean): void {
  kept = fragments(stage);
  const source = JSON.stringify({ version: 1, nodes: kept });
  const item = `web ${FORMAT}`;
  if (typeof ClipboardItem !== "undefined" && ClipboardItem.supports?.(item))
    void navigator.clipboard
      .write([new ClipboardItem({ [item]: new Blob([source], { type: item }) })])
      .catch(() => undefined);
  if (isCut) stage.session.remove();
}

export function pasteKept(stage: Stage): void {
  if (kept.length === 0) notify(t("toast.nothingToPaste"));
  else paste(stage, kept);
}

export function isTyping(event: Event): boolean {
  const target = event.target as HTMLElement | null;
  return target?.closest?.("input, textarea, select, [contenteditable='true'], dialog") != null;
}
