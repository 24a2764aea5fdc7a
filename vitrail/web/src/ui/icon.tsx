import type { JSX } from "solid-js";

// Only these are in the bundle; the plugin in vite.config.ts leaves of each what is drawn.
const SOURCES = import.meta.glob<string>(
  [
    "../../node_modules/lucide-static/icons/{plus,layers,file,palette,image,search,x,check,chevron-down,chevron-right,ellipsis,trash-2,copy,scissors,clipboard-paste,lock,lock-open,eye,eye-off}.svg",
    "../../node_modules/lucide-static/icons/{undo-2,redo-2,bold,italic,code,link,unlink,heading,pilcrow,square,rectangle-horizontal,layout-grid,rows-3,images,film,audio-lines,app-window,star,mouse-pointer-click,list,minus,clipboard-list}.svg",
    "../../node_modules/lucide-static/icons/{text-cursor-input,component,square-dashed,repeat,git-branch,menu,table,box,users,share-2,play,rocket,sun,moon,monitor,globe,log-out,key-round,pencil,upload,arrow-up,arrow-down,arrow-up-right}.svg",
    "../../node_modules/lucide-static/icons/{text-align-start,text-align-center,text-align-end,align-start-vertical,align-center-vertical,align-end-vertical,align-start-horizontal,align-center-horizontal,align-end-horizontal,align-horizontal-space-between,history,command,rotate-ccw}.svg",
    "../../node_modules/lucide-static/icons/{user-plus,external-link,panel-left,panel-right,smartphone,tablet,wifi-off,triangle-alert,circle-check,house,sliders-horizontal,type,message-circle,bell,arrow-right,file-plus,stretch-horizontal,languages,inbox,store,package,message-square-quote}.svg",
  ],
  { query: "?icon", import: "default", eager: true },
);

const PATHS = new Map<string, string>();
for (const [path, source] of Object.entries(SOURCES)) {
  const name = path.slice(path.lastIndexOf("/") + 1, -4);
  PATHS.set(name, source);
}

/** A drawn icon; decorative, so whatever holds it must have a name. */
export function Icon(props: { name: string; small?: boolean }): JSX.Element {
  return (
    <svg
      class="icon"
      classList={{ s: props.small === true }}
      viewBox="0 0 24 24"
      aria-hidden="true"
      innerHTML={PATHS.get(props.name) ?? PATHS.get("square") ?? ""}
    />
  );
}
