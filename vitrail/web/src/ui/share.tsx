import { createResource, createSignal, For, type JSX, Show } from "solid-js";
import { api, type Role } from "../api";
import { shortDate } from "../i18n/i18n";
import { Avatar, IconButton } from "./button";
import { CopyField } from "./copy-field";
import { Dialog } from "./dialog";
import { Icon } from "./icon";
import { w } from "./share-words";
import { stable } from "./stable";
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
  const members = stable(() => (found.error ? [] : (found.latest?.members ?? [])));
  const links = stable(() => (found.error ? [] : (found.latest?.links ?? [])));
  return (
    <Dialog title={w("title", { name: props.name })} onClose={props.onClose}>
      <Show when={props.canShare} fallback={<p class="note">{w("denied")}</p>}>
        <div class="field">
          <span class="label">{w("invite")}</span>
          <span class="note">{w("inviteText")}</span>
          <div class="line">
            <select
              class="input"
              aria-label={w("role")}
              value={role()}
              onChange={(event) => setRole(event.currentTarget.value as Given)}
            >
              <For each={ROLES}>
                {(item) => (
                  <option value={item}>
                    {w(`role.${item}`)} — {w(`role.${item}.text`)}
                  </option>
                )}
              </For>
            </select>
            <button type="button" class="button primary" onClick={() => void invite()}>
              {w("create")}
            </button>
          </div>
        </div>
        <Show when={url()}>
          <CopyField name="share-url" label={w("copyLink")} value={url()} />
        </Show>
      </Show>
      <Show when={found.error}>
        <p class="error">{explain(found.error)}</p>
      </Show>
      <section>
        <h3>{w("members")}</h3>
        <ul class="rows">
          <For each={members()}>
            {(member) => (
              <li>
                <Avatar name={member.name} color={member.color ?? ""} />
                <span class="who">
                  <b>{member.name}</b>
                  <span class="note">
                    {member.id === props.me ? w("you") : (member.email ?? "")}
                  </span>
                </span>
                <span class="grow" />
                <Show
                  when={props.canShare && member.id !== props.me && !member.inherited}
                  fallback={<span class="note">{w(`role.${member.role}`)}</span>}
                >
                  <select
                    class="input short"
                    aria-label={`${w("role")}, ${member.name}`}
                    value={member.role}
                    onChange={(event) =>
                      void change(() =>
                        api.changeMember(props.site, member.id, event.currentTarget.value as Role),
                      )
                    }
                  >
                    <For each={ROLES}>
                      {(item) => <option value={item}>{w(`role.${item}`)}</option>}
                    </For>
                  </select>
                  <IconButton
                    icon="x"
                    label={w("remove", { name: member.name })}
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
          <h3>{w("links")}</h3>
          <ul class="rows">
            <For each={links()}>
              {(link) => (
                <li>
                  <Icon name="link" small />
                  <b>{w(`role.${link.role}`)}</b>
                  <span class="note">
                    {link.expires_at ? w("expires", { when: shortDate(link.expires_at) }) : ""}
                  </span>
                  <span class="grow" />
                  <IconButton
                    icon="x"
                    label={w("closeLink")}
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
