import { createContext, useContext } from "solid-js";
import type { Session } from "./session";
import type { Stage } from "./stage";

export interface Editor {
  readonly session: Session;
  readonly stage: Stage;
  /** Open one of the windows that cover the editor. */
  readonly open: (name: "share" | "commands" | "media") => void;
}

export const EditorContext = createContext<Editor>();

export function useEditor(): Editor {
  const editor = useContext(EditorContext);
  if (!editor) throw new Error("this part belongs inside the editor");
  return editor;
}
