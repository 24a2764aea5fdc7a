import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { t, type Word } from "../i18n/words";
import { ApiError, api } from "../ui/api";
import { Dialog } from "../ui/dialog";
import type { Session } from "./session";

const ROLES = ["admin", "designer", "editor", "commenter", "analyst", "viewer"] as const;

interface Members {
  readonly members: readonly { id: string; name: string; role: Word; color: string }[];
  readonly links: readonly { id: string; role: Word }[];
}

export function ShareDialog(props: { session: Session; onClose: () => void }): JSX.Element {
  const path = `/api/sites/${props.session.info.site.id}`;
  const [found, { refetch }] = createResource(() => api<Members>("GET", `${path}/members`));
  const [role, setRole] = createSignal<string>("designer");
  const [url, setUrl] = createSignal("");
  const [isCopied, setCopied] = createSignal(false);
  const make = async () => {
    const link = await api<{ url: string }>("POST", `${path}/links`, { role: role() });
    setUrl(link.url);
    setCopied(false);
    refetch();
  };
  const copy = async () => {
    await navigator.clipboard?.writeText(url()).catch(() => undefined);
    setCopied(true);
  };
  return (
    <Dialog title={t("share")} onClose={props.onClose}>
      <div class="stack">
        <Show when={props.session.info.can.share}>
          <div class="invite">
            <label class="field">
              <span>{t("inviteAs")}</span>
              <select class="input" onChange={(event) => setRole(event.target.value)}>
                <For each={ROLES}>
                  {(name) => (
                    <option value={name} selected={role() === name}>
                      {t(name)}
                    </option>
                  )}
                </For>
              </select>
            </label>
            <button type="button" class="btn primary" onClick={make}>
              {t("makeLink")}
            </button>
          </div>
          <Show when={url()}>
            <div class="invite">
              <input class="input" readonly value={url()} aria-label={t("link")} id="share-url" />
              <button type="button" class="btn" onClick={copy}>
                {t(isCopied() ? "copied" : "copy")}
              </button>
            </div>
          </Show>
        </Show>
        <h3>{t("members")}</h3>
        <ul class="people">
          <For each={found()?.members}>
            {(member) => (
              <li>
                <i class="avatar" style={{ background: member.color }}>
                  {initials(member.name)}
                </i>
                {member.name}
                <span>{t(member.role)}</span>
              </li>
            )}
          </For>
        </ul>
      </div>
    </Dialog>
  );
}

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return ((words[0]?.[0] ?? "") + (words.length > 1 ? (words.at(-1)?.[0] ?? "") : "")).toUpperCase();
}

interface Deployment {
  readonly id: string;
  readonly created_at: string;
  readonly live: boolean;
}

export function PublishDialog(props: { session: Session; onClose: () => void }): JSX.Element {
  const path = `/api/sites/${props.session.info.site.id}`;
  const [past, { mutate, refetch }] = createResource(() =>
    api<Deployment[]>("GET", `${path}/deployments`),
  );
  const [url, setUrl] = createSignal("");
  const [isBusy, setBusy] = createSignal(false);
  const [error, setError] = createSignal("");
  const publish = async () => {
    setBusy(true);
    setError("");
    try {
      setUrl((await api<{ url: string }>("POST", `${path}/publish`)).url);
      refetch();
    } catch (problem) {
      setError(problem instanceof ApiError ? problem.message : t("failed"));
    }
    setBusy(false);
  };
  const goBack = async (deployment: string) =>
    mutate(await api<Deployment[]>("POST", `${path}/rollback`, { deployment }));
  return (
    <Dialog title={t("publish")} onClose={props.onClose}>
      <div class="stack">
        <Show when={url()}>
          <p class="live" role="status">
            {t("isLive")}
            <br />
            <a href={url()} target="_blank" rel="noopener" id="live-url">
              {location.host + url()}
            </a>
          </p>
        </Show>
        <p class="error" role="alert">
          {error()}
        </p>
        <button type="button" class="btn primary" disabled={isBusy()} onClick={publish} id="publish-now">
          {t(isBusy() ? "publishing" : "publish")}
        </button>
        <Show when={past()?.length}>
          <h3>{t("deployments")}</h3>
          <ul class="people">
            <For each={past()}>
              {(entry) => (
                <li>
                  {new Date(entry.created_at).toLocaleString()}
                  <Show when={!entry.live} fallback={<span>{t("published")}</span>}>
                    <button type="button" class="link" onClick={() => goBack(entry.id)}>
                      {t("rollback")}
                    </button>
                  </Show>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </div>
    </Dialog>
  );
}
