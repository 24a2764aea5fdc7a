import { api } from "../api";
import { t } from "../i18n/i18n";
import { attempt, notify } from "../ui/toast";

interface Kept {
  readonly way: "undo" | "redo";
  readonly run: string;
}

/** The run of the server that this person asked for last, until they edit something here. */
export class ServerRuns {
  readonly #page: string;
  #kept: Kept | null = null;

  constructor(page: string) {
    this.#page = page;
  }

  /** Have the next undo, or redo, turn back a run. */
  keep(kept: Kept): void {
    this.#kept = kept;
  }

  forget(): void {
    this.#kept = null;
  }

  /** Turn back the run that is kept; false if there is none to undo, or redo. */
  turn(way: Kept["way"]): boolean {
    if (this.#kept?.way !== way) return false;
    void this.#turn(this.#kept);
    return true;
  }

  async #turn({ way, run }: Kept): Promise<void> {
    this.#kept = null;
    const done = await attempt(() => api.undoRun(this.#page, run));
    if (!done) return;
    if (done.results[0]?.error) notify(t("toast.undoKept"));
    this.keep({ way: way === "undo" ? "redo" : "undo", run: done.run });
  }
}
