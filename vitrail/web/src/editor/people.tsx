import { createMemo, For, type JSX, Show } from "solid-js";
import { t } from "../i18n/i18n";
import { Avatar, initials } from "../ui/button";
import { useEditor } from "./context";
import type { Peer } from "./peers";

const SHOWN = 4;

/** Who is on this site: a press follows them, from page to page. */
export function People(): JSX.Element {
  const { session } = useEditor();
  const people = createMemo(() => {
    const found = new Map<string, Peer>();
    for (const peer of [...session.people(), ...session.peers()])
      if (peer.id && peer.id !== session.me.user.id && !found.has(peer.id))
        found.set(peer.id, peer);
    return [...found.values()];
  });
  const followed = () => people().find((peer) => peer.id === session.view.following());
  return (
    <>
      <ul class="people" aria-label={t("top.people")}>
        <For each={people().slice(0, SHOWN)}>
          {(peer) => {
            const isFollowed = () => session.view.following() === peer.id;
            const label = () =>
              t(isFollowed() ? "top.unfollow" : "top.follow", { name: peer.name });
            const isHere = () => session.peers().some((each) => each.id === peer.id);
            return (
              <li>
                <button
                  type="button"
                  class="avatar"
                  classList={{ away: !isHere() }}
                  style={{ background: peer.color, "--who": peer.color }}
                  aria-pressed={isFollowed()}
                  // What is seen comes first, for those who speak to their computer.
                  aria-label={`${initials(peer.name)}, ${label()}`}
                  data-tip={label()}
                  onClick={() => session.view.setFollowing(isFollowed() ? null : peer.id)}
                >
                  {initials(peer.name)}
                </button>
              </li>
            );
          }}
        </For>
        <Show when={people().length > SHOWN}>
          <li>
            <span class="avatar more">+{people().length - SHOWN}</span>
          </li>
        </Show>
        <li class="me">
          <Avatar
            name={session.me.user.name}
            color={session.me.user.color}
            label={session.me.user.name}
          />
        </li>
      </ul>
      <Show when={followed()}>
        {(peer) => (
          <div class="following" style={{ "--who": peer().color }}>
            <span>{t("top.following", { name: peer().name })}</span>
          </div>
        )}
      </Show>
    </>
  );
}
