import { createSignal, For, type JSX, Show } from "solid-js";
import { once } from "../ui/once";
import { explain } from "../ui/toast";
import { RECIPES, type Recipe } from "./webhook-recipes";
import { w } from "./webhook-words";
import { webhooks } from "./webhooks-api";

const CHOICES: readonly Recipe[] = [
  "all",
  "orders",
  "products",
  "messages",
  "reviews",
  "published",
  "own",
];

/** Asks where to tell what. */
export function NewWebhook(props: {
  site: string;
  onBack: () => void;
  onDone: (secret: string) => void;
}): JSX.Element {
  const [url, setUrl] = createSignal("");
  const [recipe, setRecipe] = createSignal<Recipe>("all");
  const [query, setQuery] = createSignal(RECIPES.all);
  const [failure, setFailure] = createSignal<unknown>(null);
  const choose = (chosen: Recipe): void => {
    setRecipe(chosen);
    if (chosen !== "own") setQuery(RECIPES[chosen]);
  };
  const submit = once(async () => {
    try {
      props.onDone(await webhooks.create(props.site, url().trim(), query()));
    } catch (error) {
      setFailure(error);
    }
  });
  return (
    <form class="stack" onSubmit={submit}>
      <div class="field">
        <label for="webhook-url">{w("url")}</label>
        <input
          id="webhook-url"
          class="input"
          required
          autofocus
          inputmode="url"
          autocomplete="off"
          spellcheck={false}
          maxlength="2000"
          placeholder="https://example.com/hooks/vitrail"
          aria-describedby="webhook-url-hint"
          value={url()}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
        <p id="webhook-url-hint" class="note">
          {w("urlHint")}
        </p>
      </div>
      <div class="field">
        <label for="webhook-what">{w("what")}</label>
        <select
          id="webhook-what"
          class="input"
          value={recipe()}
          onChange={(event) => choose(event.currentTarget.value as Recipe)}
        >
          <For each={CHOICES}>{(each) => <option value={each}>{w(each)}</option>}</For>
        </select>
      </div>
      <div class="field">
        <label for="webhook-query">{w("query")}</label>
        <textarea
          id="webhook-query"
          class="input code"
          required
          rows={8}
          spellcheck={false}
          maxlength="10000"
          aria-describedby="webhook-query-hint"
          value={query()}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setRecipe("own");
          }}
        />
        <p id="webhook-query-hint" class="note">
          {w("queryHint")}
        </p>
      </div>
      <Show when={failure()}>
        <p class="error" role="alert">
          {explain(failure())}
        </p>
      </Show>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={() => props.onBack()}>
          {w("back")}
        </button>
        <button type="submit" class="button primary">
          {w("create")}
        </button>
      </div>
    </form>
  );
}
