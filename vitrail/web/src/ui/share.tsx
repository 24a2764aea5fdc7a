import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api, type Role } from "../api";
import { shortDate, t } from "../i18n/i18n";
import { Avatar, IconButton } from "./button";
import { CopyField } from "./copy-field";
import { Dialog } from "./dialog";
import { Icon } from "./icon";
import { attempt, explain } from "./toast";

const ROLES = ["admin", "designer", "editor", "commenter", "analyst", "viewer"] as const;
type Given = (typeof ROLES)[number];

export function ShareDialog(props: {
  site: string;
  name: string;
  me: string;
  canShare: boolean;
  onClose: () => void;
}): JSX.Element {
  const [found, { refetch }] = createResource(() => props.site, api.members);
  const [role, setRole] = createSignal<Given>("designer");
  const [url, setUrl] = createSignal("");
  const change = async (work: () => Promise<unknown>): Promise<void> => {
    await attempt(async () => {
      await work();
      await refetch();
    });
  };
  const invite = () =>
    change(async () => {
      setUrl((await api.createLink(props.site, role())).url);
    });
  const members = () => (found.error ? [] : (found.latest?.members ?? []));
  const links = () => (found.error ? [] : (found.latest?.links ?? []));
  return (
    <Dialog title={t("share.title", { name: props.name })} onClose={props.onClose}>
      <Show when={props.canShare} fallback={<p class="note">{t("share.denied")}</p>}>
        <div class="field">
          <span class="label">{t("share.invite")}</span>
          <span class="note">{t("share.inviteText")}</span>
          <div class="line">
            <select
              class="input"
              aria-label={t("share.role")}
              value={role()}
              onChange={(event) => setRole(event.currentTarget.value as Given)}
            >
              <For each={ROLES}>
                {(item) => (
                  <option value={item}>
                    {t(`role.${item}`)} — {t(`role.${item}.text`)}
                  </option>
                )}
              </For>
            </select>
            <button type="button" class="button primary" onClick={() => void invite()}>
              {t("share.create")}
            </button>
          </div>
        </div>
        <Show when={url()}>
          <CopyField name="share-url" label={t("share.copyLink")} value={url()} />
        </Show>
      </Show>
      <Show when={found.error}>
        <p class="error">{explain(found.error)}</p>
      </Show>
      <section>
        <h3>{t("share.members")}</h3>
        <ul class="rows">
          <For each={members()}>
            {(member) => (
              <li>
                <Avatar name={member.name} color={member.color ?? ""} />
                <span class="who">
                  <b>{member.name}</b>
                  <span class="note">
                    {member.id === props.me ? t("share.you") : (member.email ?? "")}
                  </span>
                </span>
                <span class="grow" />
                <Show
                  when={props.canShare && member.id !== props.me && !member.inherited}
                  fallback={<span class="note">{t(`role.${member.role}`)}</span>}
                >
                  <select
                    class="input short"
                    aria-label={`${t("share.role")}, ${member.name}`}
                    value={member.role}
                    onChange={(event) =>
                      void change(() =>
                        api.changeMember(props.site, member.id, event.currentTarget.value as Role),
                      )
                    }
                  >
                    <For each={ROLES}>
                      {(item) => <option value={item}>{t(`role.${item}`)}</option>}
                    </For>
                  </select>
                  <IconButton
                    icon="x"
                    label={t("share.remove", { name: member.name })}
                    onPress={() => void change(() => api.deleteMember(props.site, member.id))}
                  />
                </Show>
              </li>
            )}
          </For>
        </ul>
      </section>
      <Show when={links().length > 0}>
        <section>
          <h3>{t("share.links")}</h3>
          <ul class="rows">
            <For each={links()}>
              {(link) => (
                <li>
                  <Icon name="link" small />
                  <b>{t(`role.${link.role}`)}</b>
                  <span class="note">
                    {link.expires_at
                      ? t("share.expires", { when: shortDate(link.expires_at) })
                      : ""}
                  </span>
                  <span class="grow" />
                  <IconButton
                    icon="x"
                    label={t("share.closeLink")}
                    onPress={() => void change(() => api.deleteLink(props.site, link.id))}
                  />
                </li>
              )}
            </For>
          </ul>
        </section>
      </Show>
    </Dialog>
  );
}
