import shopCss from "../../../builder/data/shop.css?raw";
import { api } from "../api";
import { learn, tryWord } from "../i18n/i18n";
import { shopWords } from "../i18n/shop";
import type { ShopView } from "../model/elements";
import { product, reviews } from "../model/product";
import { products } from "../model/products";
import { extend } from "../model/render";
import { productOfPage, wantsOf } from "../model/wants";
import type { Stage } from "./stage";

extend({ products, product, reviews });
learn(shopWords);

type Answers = ShopView["answers"];
const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** Keeps what the canvas shows of the shop as it is now, whoever changes it. */
export class ShopWindow {
  readonly #stage: Stage;
  #answers: Answers = {};
  #product = "";
  #socket: WebSocket | null = null;
  #wait = FIRST_WAIT;
  #timer = 0;
  /** Answers to earlier questions than the last one may be older than what is shown. */
  #asked = 0;
  #isDue = false;
  #isClosed = false;

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /** Look what the page wants now; many changes make one look. */
  look(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#look();
    });
  }

  #look(): void {
    if (this.#isClosed) return;
    const wants = this.#wants();
    this.#show();
    if (wants.length > 0) this.#follow();
    if (wants.some((want) => !(want in this.#answers))) void this.#ask();
  }

  #wants(): string[] {
    const { canvas, session } = this.#stage;
    if (!canvas) return [];
    const shown = session.order().filter((id) => canvas.shop.has(id));
    const nodes = shown
      .flatMap((id) => session.store.node(id) ?? [])
      .filter((node) => !node.hidden);
    this.#product = productOfPage(nodes);
    return [...new Set(nodes.flatMap((node) => wantsOf(node, this.#product)))];
  }

  async #ask(): Promise<void> {
    const turn = ++this.#asked;
    const { session } = this.#stage;
    try {
      const answers = await api.shop(session.info.site.id, this.#wants());
      if (turn !== this.#asked || this.#isClosed) return;
      const isNew = JSON.stringify(answers) !== JSON.stringify(this.#answers);
      this.#answers = answers;
      if (isNew) this.#show();
    } catch {
      this.#again(() => void this.#ask());
    }
  }

  #show(): void {
    const { session, canvas } = this.#stage;
    const reasons = ["choose", "loading", "noProducts", "notActive", "noReviews"] as const;
    const hints = Object.fromEntries(reasons.map((name) => [name, tryWord(`shop.${name}`, name)]));
    session.setShop({ answers: this.#answers, links: {}, product: this.#product, hints });
    canvas?.repaintShop(shopCss);
  }

  #follow(): void {
    if (this.#socket || this.#isClosed) return;
    const { session } = this.#stage;
    const address = api.shopNews(session.info.site.id);
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      void this.#ask(); // what was changed while nobody listened
    };
    socket.onmessage = () => void this.#ask();
    socket.onclose = () => {
      this.#socket = null;
      this.#again(() => this.#follow());
    };
  }

  #again(run: () => void): void {
    if (this.#isClosed) return;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(run, this.#wait);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }
}
