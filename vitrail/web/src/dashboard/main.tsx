import "../ui/theme.css";
import "./dashboard.css";
import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { render } from "solid-js/web";
import { language, local, speak, t } from "../i18n/words";
import { forgetLocalCopies } from "../sync/local-copy";
import { ApiError, api, type Me, whoAmI } from "../ui/api";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { scheme, switchScheme } from "../ui/scheme";

interface Site {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly role: string;
  readonly pages: number;
  readonly url: string | null;
}

interface Template {
  readonly id: string;
  readonly label: Record<string, string>;
  readonly description: Record<string, string>;
}

const MANAGERS = ["owner", "admin"];
const BUILDERS = [...MANAGERS, "designer"];

export function Logo(): JSX.Element {
  return (
    <span class="logo" aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}

function SignIn(props: { onDone: () => void }): JSX.Element {
  const [error, setError] = createSignal("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    try {
      await api("POST", "/api/sign-in", {
        email: form.get("email"),
        password: form.get("password"),
      });
      props.onDone();
    } catch (problem) {
      setError(problem instanceof ApiError ? problem.message : t("failed"));
    }
  };
  return (
    <main class="sign-in">
      <form onSubmit={submit}>
        <div>
          <Logo />
          <h1>{t("signIn")}</h1>
        </div>
        <label class="field">
          <span>{t("email")}</span>
          <input class="input" name="email" type="email" autocomplete="username" required />
        </label>
        <label class="field">
          <span>{t("password")}</span>
          <input
            class="input"
            name="password"
            type="password"
            autocomplete="current-password"
            required
          />
        </label>
        <p class="error" role="alert">
          {error()}
        </p>
        <button type="submit" class="btn primary">
          {t("signIn")}
        </button>
        <p class="note">{t("lost")}</p>
      </form>
    </main>
  );
}

function NewSite(props: { onClose: () => void }): JSX.Element {
  const [templates] = createResource(() => api<Template[]>("GET", "/api/templates"));
  const [chosen, setChosen] = createSignal("blank");
  const [error, setError] = createSignal("");
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const name = new FormData(event.currentTarget as HTMLFormElement).get("name");
    try {
      const site = await api<Site>("POST", "/api/sites", { name, template: chosen() });
      await openFirstPage(site);
    } catch (problem) {
      setError(problem instanceof ApiError ? problem.message : t("failed"));
    }
  };
  return (
    <Dialog title={t("newSite")} onClose={props.onClose}>
      <form onSubmit={submit}>
        <label class="field">
          <span>{t("siteName")}</span>
          <input class="input" name="name" required maxlength="200" autofocus />
        </label>
        <div class="field">
          <span>{t("template")}</span>
          <div class="choices">
            <For each={templates()}>
              {(template) => (
                <button
                  type="button"
                  class="choice"
                  aria-pressed={chosen() === template.id}
                  onClick={() => setChosen(template.id)}
                >
                  {local(template.label)}
                  <small>{local(template.description)}</small>
                </button>
              )}
            </For>
          </div>
        </div>
        <p class="error" role="alert">
          {error()}
        </p>
        <div class="actions">
          <button type="submit" class="btn primary">
            {t("create")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

async function openFirstPage(site: Site): Promise<void> {
  const pages = await api<{ id: string }[]>("GET", `/api/sites/${site.id}/pages`);
  if (pages[0]) location.assign(`/edit/${pages[0].id}`);
}

function Card(props: { site: Site; onChange: () => void }): JSX.Element {
  const [pages] = createResource(() =>
    api<{ id: string }[]>("GET", `/api/sites/${props.site.id}/pages`),
  );
  const first = () => pages()?.[0]?.id;
  const remove = async () => {
    if (!confirm(t("removeSure", props.site.name))) return;
    await api("DELETE", `/api/sites/${props.site.id}`);
    props.onChange();
  };
  const rename = async () => {
    const name = prompt(t("siteName"), props.site.name);
    if (!name) return;
    await api("PATCH", `/api/sites/${props.site.id}`, { name });
    props.onChange();
  };
  return (
    <li class="card">
      <a class="thumb" href={first() ? `/edit/${first()}` : "#"} tabindex="-1" aria-hidden="true">
        <Show when={first()}>
          <iframe title="" src={`/preview/${first()}`} loading="lazy" tabindex="-1" />
        </Show>
      </a>
      <div class="card-body">
        <a href={first() ? `/edit/${first()}` : "#"}>{props.site.name}</a>
        <p>
          <i class="dot" classList={{ on: props.site.url !== null }} />
          {t(props.site.url ? "published" : "draft")} · {props.site.pages} {t("page")}
          {props.site.pages > 1 ? "s" : ""}
        </p>
      </div>
      <div class="card-actions">
        <Show when={props.site.url}>
          {(url) => (
            <a class="btn" href={url()} target="_blank" rel="noopener">
              {t("visit")}
            </a>
          )}
        </Show>
        <Show when={BUILDERS.includes(props.site.role)}>
          <button type="button" class="btn" onClick={rename}>
            {t("rename")}
          </button>
        </Show>
        <Show when={MANAGERS.includes(props.site.role)}>
          <button type="button" class="btn danger" onClick={remove}>
            {t("remove")}
          </button>
        </Show>
      </div>
    </li>
  );
}

function Home(props: { me: Me; onSignOut: () => void }): JSX.Element {
  const [sites, { refetch }] = createResource(() => api<Site[]>("GET", "/api/sites"));
  const [isCreating, setCreating] = createSignal(false);
  const signOut = async () => {
    await forgetLocalCopies();
    await api("POST", "/api/sign-out");
    props.onSignOut();
  };
  const mayCreate = () => props.me.organisations.some(({ role }) => BUILDERS.includes(role));
  return (
    <>
      <header class="bar">
        <Logo />
        <b>Vitrail</b>
        <span class="space" />
        <div class="seg" role="group" aria-label={t("language")}>
          <For each={["fr", "en"] as const}>
            {(code) => (
              <button type="button" aria-pressed={language() === code} onClick={() => speak(code)}>
                {code.toUpperCase()}
              </button>
            )}
          </For>
        </div>
        <button
          type="button"
          class="ghost"
          aria-label={t(scheme() === "dark" ? "light" : "dark")}
          onClick={switchScheme}
        >
          <Icon name="moon" />
        </button>
        <button type="button" class="btn" onClick={signOut}>
          {t("signOut")}
        </button>
      </header>
      <main class="home">
        <div class="head">
          <h1>{t("sites")}</h1>
          <Show when={mayCreate()}>
            <button type="button" class="btn primary" onClick={() => setCreating(true)}>
              <Icon name="plus" size={16} />
              {t("newSite")}
            </button>
          </Show>
        </div>
        <Show when={sites()?.length === 0}>
          <div class="empty">
            <Logo />
            <b>{t("noSites")}</b>
            {t("noSitesText")}
          </div>
        </Show>
        <ul class="cards">
          <For each={sites()}>{(site) => <Card site={site} onChange={refetch} />}</For>
        </ul>
      </main>
      <Show when={isCreating()}>
        <NewSite onClose={() => setCreating(false)} />
      </Show>
    </>
  );
}

function App(): JSX.Element {
  const [me, { refetch }] = createResource(whoAmI);
  return (
    <Show when={!me.loading}>
      <Show when={me()} fallback={<SignIn onDone={refetch} />}>
        {(found) => <Home me={found()} onSignOut={refetch} />}
      </Show>
    </Show>
  );
}

const root = document.getElementById("app");
if (root) render(() => <App />, root);
