import { createSignal, For, type JSX, Show, untrack } from "solid-js";
import { api } from "../api";
import { t } from "../i18n/i18n";
import { PageTree, ROOT } from "../model/tree";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { MenuItem, Popover } from "../ui/menu";
import { once } from "../ui/once";
import { stable } from "../ui/stable";
import { attempt } from "../ui/toast";
import { useEditor } from "./context";
import { w } from "./pages-words";

export function PagesPanel(): JSX.Element {
  const { session } = useEditor();
  const [title, setTitle] = createSignal("");
  const [renaming, setRenaming] = createSignal<string | null>(null);
  const [removing, setRemoving] = createSignal<string | null>(null);
  const pages = stable(() => session.pageList());
  const add = once(async () => {
    const made = await attempt(() => api.createPage(session.info.site.id, title().trim()));
    if (!made) return;
    setTitle("");
    session.openPage(made.id);
  });
  const remove = async (id: string): Promise<void> => {
    const next = session.pageList().find((page) => page.id !== id);
    await attempt(async () => {
      await api.deletePage(id);
      setRemoving(null);
      if (id === session.info.id && next) session.openPage(next.id);
    });
  };
  const move = (id: string, by: number): void => {
    const pages = new PageTree(session.site, Math.random, "pages");
    const tree = pages.tree();
    const parent = tree.parents.get(id) ?? ROOT;
    const at = (tree.children.get(parent) ?? []).indexOf(id);
    session.undo.stop();
    pages.move(id, parent, Math.max(0, at + by), tree, "local");
  };
  const rename = (id: string, form: FormData): void => {
    setRenaming(null);
    session.run([
      {
        op: "rename_page",
        page: id,
        title: String(form.get("title") ?? "").trim(),
        ...(form.has("slug") && { slug: String(form.get("slug") ?? "").trim() }),
        locale: session.locale(),
      },
    ]);
  };
  const slug = (id: string) => session.siteData().pages.get(id)?.slugs[session.locale()] ?? "";
  return (
    <>
      <div class="panel-scroll">
        <ul class="page-rows">
          <For each={pages()}>
            {(page, at) => (
              <li classList={{ current: page.id === session.info.id }}>
                <Show
                  when={renaming() === page.id}
                  fallback={
                    <>
                      <button
                        type="button"
                        class="page-open"
                        aria-current={page.id === session.info.id ? "page" : undefined}
                        onClick={() => session.openPage(page.id)}
                      >
                        <Icon name={slug(page.id) === "" ? "house" : "file"} small />
                        <span>
                          {page.title}
                          <small>/{slug(page.id)}</small>
                        </span>
                      </button>
                      <Show when={session.canEdit}>
                        <Popover
                          label={t("action.more")}
                          placement="bottom-end"
                          trigger={(attributes) => (
                            <button
                              type="button"
                              class="icon-button small"
                              aria-label={`${t("action.more")}, ${page.title}`}
                              {...attributes}
                            >
                              <Icon name="ellipsis" small />
                            </button>
                          )}
                        >
                          {() => (
                            <>
                              <MenuItem
                                icon="pencil"
                                label={t("action.rename")}
                                onChoose={() => setRenaming(page.id)}
                              />
                              <Show when={at() > 0}>
                                <MenuItem
                                  icon="arrow-up"
                                  label={w("up")}
                                  onChoose={() => move(page.id, -1)}
                                />
                              </Show>
                              <Show when={at() < pages().length - 1}>
                                <MenuItem
                                  icon="arrow-down"
                                  label={w("down")}
                                  onChoose={() => move(page.id, 1)}
                                />
                              </Show>
                              <Show when={pages().length > 1}>
                                <hr />
                                <MenuItem
                                  icon="trash-2"
                                  danger
                                  label={t("action.delete")}
                                  onChoose={() => setRemoving(page.id)}
                                />
                              </Show>
                            </>
                          )}
                        </Popover>
                      </Show>
                    </>
                  }
                >
                  <form
                    class="stack tight page-form"
                    onSubmit={(event) => {
                      event.preventDefault();
                      rename(page.id, new FormData(event.currentTarget));
                    }}
                    onKeyDown={(event) => {
                      if (event.key === "Escape") setRenaming(null);
                    }}
                  >
                    <input
                      class="input"
                      name="title"
                      required
                      maxlength="100"
                      aria-label={w("title")}
                      value={untrack(() => page.title)}
                      ref={(element) => queueMicrotask(() => element.select())}
                    />
                    <Show when={slug(page.id) !== ""}>
                      <input
                        class="input"
                        name="slug"
                        maxlength="100"
                        aria-label={w("address")}
                        value={untrack(() => slug(page.id))}
                      />
                    </Show>
                    <button type="submit" class="button small primary">
                      {t("action.save")}
                    </button>
                  </form>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </div>
      <Show when={session.canEdit}>
        <form class="panel-foot line" onSubmit={add}>
          <input
            class="input"
            required
            maxlength="100"
            placeholder={w("title")}
            aria-label={w("title")}
            value={title()}
            onInput={(event) => setTitle(event.currentTarget.value)}
          />
          <button type="submit" class="button" aria-label={w("add")} data-tip={w("add")}>
            <Icon name="plus" small />
          </button>
        </form>
      </Show>
      <Show when={removing()}>
        {(id) => (
          <Dialog
            title={w("deleteTitle", { name: session.pageTitle(id()) })}
            onClose={() => setRemoving(null)}
          >
            <p>{w("deleteText")}</p>
            <div class="dialog-foot">
              <button type="button" class="button" onClick={() => setRemoving(null)}>
                {t("action.cancel")}
              </button>
              <button type="button" class="button danger" onClick={() => void remove(id())}>
                {t("action.delete")}
              </button>
            </div>
          </Dialog>
        )}
      </Show>
    </>
  );
}
