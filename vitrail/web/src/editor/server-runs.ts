import { api } from "../api";
import { t } from "../i18n/i18n";
import { attempt, notify } from "../ui/toast";

type Way = "undo" | "redo";

interface Kept {
  readonly way: Way;
  readonly run: Promise<string | null>;
}

/** The run of the server that this person asked for last, until they edit something here. */
export class ServerRuns {
  readonly #page: string;
  #kept: Kept | null = null;

  constructor(page: string) {
    this.#page = page;
  }

  /** Have the next undo turn back a run, which is null if the server refuses it. */
  keep(run: Promise<string | null>): void {
    this.#keep("undo", run);
  }

  forget(): void {
    this.#kept = null;
  }

  /** Turn back the run that is kept; false if there is none to undo, or redo. */
  turn(way: Way): boolean {
    if (this.#kept?.way !== way) return false;
    this.#keep(way === "undo" ? "redo" : "undo", this.#turn(this.#kept.run));
    return true;
  }

  // An edit can be seen before its answer is here: who turns it back at once waits for that.
  #keep(way: Way, run: Promise<string | null>): void {
    const kept: Kept = { way, run };
    this.#kept = kept;
    void run.then((made) => {
      if (made === null && this.#kept === kept) this.forget();
    });
  }

  async #turn(kept: Kept["run"]): Promise<string | null> {
    const run = await kept;
    const done = run && (await attempt(() => api.undoRun(this.#page, run)));
    if (!done) return null;
    if (done.results[0]?.error) notify(t("toast.undoKept"));
    return done.run;
  }
}
