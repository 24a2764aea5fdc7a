"""Who may do what, asked of the one function that decides."""

from __future__ import annotations

import pytest

from vitrail.core.access import (
    ALLOWED,
    NOBODY,
    SCOPES,
    SYSTEM,
    Action,
    Actor,
    Role,
    Subject,
    allowed,
    authorize,
)
from vitrail.core.errors import NotAllowed, NotFound, NotSignedIn

FREE = {Action.ANYONE, Action.SIGNED_IN}
SITE = Subject("organisation", "site")


def person(role: Role, *, on: tuple[str, str] = ("organisation", "organisation")) -> Actor:
    return Actor(user_id="somebody", roles={on: role})


def test_every_action_has_its_roles_and_a_scope():
    assert ALLOWED.keys() == set(Action) - FREE
    scoped = [action for actions in SCOPES.values() for action in actions]
    assert set(scoped) == set(Action) - {Action.ANYONE}
    assert len(scoped) == len(set(scoped))


def test_a_stronger_role_may_all_that_a_weaker_one_of_its_line_may():
    line = [Role.OWNER, Role.ADMIN, Role.DESIGNER, Role.EDITOR, Role.COMMENTER, Role.VIEWER]
    for action in ALLOWED:
        rights = [role in ALLOWED[action] for role in line]
        assert rights == sorted(rights, reverse=True), action


@pytest.mark.parametrize("action", ALLOWED)
def test_nobody_strangers_and_the_system(action):
    with pytest.raises(NotSignedIn):
        authorize(NOBODY, action, SITE)
    for elsewhere in (("organisation", "another"), ("site", "another"), ("site", "organisation")):
        with pytest.raises(NotFound):
            authorize(person(Role.OWNER, on=elsewhere), action, SITE)
    authorize(SYSTEM, action, SITE)


def test_the_stronger_of_two_roles_counts():
    roles = {("organisation", "organisation"): Role.VIEWER, ("site", "site"): Role.DESIGNER}
    actor = Actor(user_id="somebody", roles=roles)
    assert actor.role_on(SITE) is Role.DESIGNER
    assert actor.role_on(Subject("organisation", "other")) is Role.VIEWER
    assert actor.role_on(Subject("organisation")) is Role.VIEWER


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("action", [a for a in Action if a is not Action.ANYONE])
def test_a_scope_narrows_a_role_and_never_widens_it(scope, action):
    roles = {("organisation", "organisation"): Role.VIEWER}
    viewer = Actor(user_id="somebody", roles=roles, scopes=frozenset({scope}), kind="token")
    wanted = action in SCOPES[scope] and (action in FREE or Role.VIEWER in ALLOWED[action])
    assert allowed(viewer, action, SITE) is wanted


def test_a_token_without_scopes_may_nothing():
    actor = Actor(user_id="a", scopes=frozenset(), roles={("site", "site"): Role.OWNER})
    with pytest.raises(NotAllowed, match="scopes") as refused:
        authorize(actor, Action.SITE_READ, SITE)
    assert refused.value.hint == "make a token with scope read"
