import { type Accessor, createSignal, type Setter } from "solid-js";
import { type Asset, api } from "../api";
import { attempt } from "../ui/toast";

/** The images of a site, as everybody who edits it here sees them. */
export class Library {
  readonly assets: Accessor<readonly Asset[]>;
  readonly #setAssets: Setter<readonly Asset[]>;
  readonly #site: string;
  readonly #missed = new Set<string>();
  #isRead = false;

  constructor(site: string) {
    this.#site = site;
    [this.assets, this.#setAssets] = createSignal<readonly Asset[]>([]);
  }

  async load(): Promise<void> {
    const found = await attempt(() => api.assets(this.#site));
    this.#isRead = true;
    if (found) this.#setAssets(found);
  }

  /** A colleague uses an image that was not there when the library was read: read it again. */
  miss(id: string): null {
    if (id && this.#isRead && !this.#missed.has(id)) {
      this.#missed.add(id);
      queueMicrotask(() => void this.load());
    }
    return null;
  }

  add(asset: Asset): void {
    this.#setAssets((all) => [asset, ...all.filter((other) => other.id !== asset.id)]);
  }

  replace(asset: Asset): void {
    this.#setAssets((all) => all.map((other) => (other.id === asset.id ? asset : other)));
  }

  drop(id: string): void {
    this.#setAssets((all) => all.filter((asset) => asset.id !== id));
  }
}
