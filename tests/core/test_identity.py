"""Sessions, sign-in links, tokens and tickets on both databases, with time moved by hand."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select, update

from vitrail.core import tables
from vitrail.core.access import NOBODY, Role
from vitrail.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn
from vitrail.core.ids import new_id, new_secret
from vitrail.core.secrets import LINK_DAYS, LOGIN_LINK_MINUTES, TICKET_SECONDS, digest
from vitrail.core.sessions import SESSION_DAYS

PASSWORD = "long enough to be one"


@pytest.fixture
async def ana(identity) -> str:
    return await identity.accounts.create("Ana", f"{new_secret()}@example.org")


async def stored(identity) -> str:
    """Return all that the tables of identity hold, as text."""
    async with identity._database.read() as sql:
        rows = [
            (await sql.execute(select(table))).all()
            for table in (tables.user, tables.session, tables.secret)
        ]
    return repr(rows)


async def is_dead(awaitable, error: type[Exception] = NotSignedIn) -> None:
    with pytest.raises(error) as raised:
        await awaitable
    assert raised.value.args


# ---- sessions -----------------------------------------------------------------------------


async def test_a_session_ends_when_its_time_is_over(identity, ana, clock):
    session = await identity.sessions.open(ana)
    clock.move(days=SESSION_DAYS, seconds=-1)
    assert (await identity.actor_of_session(session.cookie)).user_id == ana
    clock.move(seconds=2)
    await is_dead(identity.actor_of_session(session.cookie))


async def test_a_session_is_stored_as_its_hash_only(identity, ana):
    session = await identity.sessions.open(ana)
    assert session.cookie not in await stored(identity)
    assert digest(session.cookie) in await stored(identity)


async def test_signing_out_ends_one_session(identity, ana):
    gone, kept = [await identity.sessions.open(ana) for _ in "ab"]
    await identity.sessions.close(digest(gone.cookie))
    await is_dead(identity.actor_of_session(gone.cookie))
    assert (await identity.actor_of_session(kept.cookie)).user_id == ana


async def epoch(identity) -> int:
    async with identity._database.read() as sql:
        return (await sql.execute(select(tables.access_epoch.c.epoch))).scalar_one_or_none() or 0


async def test_a_new_password_ends_every_session_and_works(identity):
    email = f"{new_secret()}@Example.org "
    user = await identity.accounts.create("Bo", email, password=PASSWORD)
    old = await identity.sessions.sign_in(email.upper(), PASSWORD)
    before = await epoch(identity)
    await identity.accounts.change(user, name=None, language=None, password=PASSWORD[::-1])
    assert await epoch(identity) > before
    await is_dead(identity.actor_of_session(old.cookie))
    await is_dead(identity.sessions.sign_in(email, PASSWORD))
    assert (await identity.sessions.sign_in(email, PASSWORD[::-1])).cookie
    assert PASSWORD not in await stored(identity)


async def test_a_wrong_address_and_a_wrong_password_are_told_alike(identity):
    email = f"{new_secret()}@example.org"
    await identity.accounts.create("Cy", email, password=PASSWORD)
    told = set()
    for address, password in [(email, "wrong"), ("nobody@example.org", PASSWORD)]:
        with pytest.raises(NotSignedIn) as refused:
            await identity.sessions.sign_in(address, password)
        told.add(refused.value.message)
    assert len(told) == 1


async def test_a_closed_account_is_nobody(identity, ana):
    session = await identity.sessions.open(ana)
    _, token = await identity.secrets.create_token(ana, "CI", ["read"])
    async with identity._database.write() as sql:
        await sql.execute(update(tables.user).where(tables.user.c.id == ana).values(active=False))
    await is_dead(identity.actor_of_session(session.cookie))
    await is_dead(identity.actor_of_token(token))


# ---- accounts -----------------------------------------------------------------------------


@pytest.mark.parametrize("email", ["", "a", "@b", "a@", "a b@c", "a@b\nc", "x" * 320 + "@c"])
async def test_what_is_not_an_address_is_refused(identity, email):
    await is_dead(identity.accounts.create("Ana", email), InvalidInput)


async def test_an_address_has_one_account(identity):
    email = f"{new_secret()}@example.org"
    await identity.accounts.create("Ana", email)
    await is_dead(identity.accounts.create("Bo", email.upper()), Conflict)
    bo = await identity.accounts.create("Bo", f"{new_secret()}@example.org")
    await is_dead(identity.accounts.change(bo, email=email), Conflict)


async def test_an_address_that_two_take_at_once_is_that_of_one(identity):
    email = f"{new_secret()}@example.org"
    tries = (identity.accounts.create(f"Ana {number}", email) for number in range(4))
    made = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(one).__name__ for one in made) == ["Conflict", "Conflict", "Conflict", "str"]


@pytest.mark.parametrize("name", ["", "  ", "\x00\n", "x" * 201])
async def test_a_name_is_something_that_can_be_read(identity, name):
    await is_dead(identity.accounts.create(name, None), InvalidInput)


# ---- links --------------------------------------------------------------------------------


async def test_a_sign_in_link_works_once_even_for_two_who_race(identity, ana):
    link = await identity.secrets.create_login_link(ana)
    assert link not in await stored(identity)
    tries = [identity.sessions.consume_login_link(link) for _ in range(5)]
    found = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(type(f).__name__ for f in found) == [*["NotFound"] * 4, "Session"]
    await is_dead(identity.secrets.find("login", link), NotFound)


async def test_a_sign_in_link_grows_old_and_another_kind_of_secret_is_none(identity, ana, clock):
    link = await identity.secrets.create_login_link(ana)
    _, token = await identity.secrets.create_token(ana, "CI", [])
    await is_dead(identity.sessions.consume_login_link(token), NotFound)
    clock.move(minutes=LOGIN_LINK_MINUTES, seconds=1)
    await is_dead(identity.sessions.consume_login_link(link), NotFound)


async def test_a_share_link_gives_its_role_until_it_is_old(identity, clock):
    site = new_id(clock)
    until = clock.now().replace(day=1 + LINK_DAYS)
    _, link = await identity.secrets.create(
        "link", site_id=site, role=Role.EDITOR, expires_at=until
    )
    session, found = await identity.sessions.join_by_link(
        link, NOBODY, name="Zoé", email=None, language="fr"
    )
    assert found == site
    actor = await identity.actor_of_session(session.cookie)
    assert actor.roles == {("site", site): Role.EDITOR}
    clock.move(days=LINK_DAYS, seconds=1)
    again = identity.sessions.join_by_link(link, NOBODY, name="Max", email=None, language="fr")
    await is_dead(again, NotFound)


async def test_a_share_link_never_lowers_a_role(identity, clock):
    site = new_id(clock)
    until = clock.now().replace(day=9)
    link = {
        role: (await identity.secrets.create("link", site_id=site, role=role, expires_at=until))[1]
        for role in (Role.VIEWER, Role.DESIGNER)
    }
    user = {"name": "Zoé", "email": None, "language": "fr"}
    session, _ = await identity.sessions.join_by_link(link[Role.DESIGNER], NOBODY, **user)
    actor = await identity.actor_of_session(session.cookie)
    await identity.sessions.join_by_link(link[Role.VIEWER], actor, **user)
    actor = await identity.actor_of_session(session.cookie)
    assert actor.roles == {("site", site): Role.DESIGNER}


# ---- tokens and tickets -------------------------------------------------------------------


async def test_a_token_is_stored_hashed_listed_without_its_secret_and_revoked(identity, ana):
    token_id, token = await identity.secrets.create_token(ana, "CI", ["read", "publish"])
    assert token not in await stored(identity)
    assert token not in repr(await identity.secrets.tokens(ana))
    actor = await identity.actor_of_token(token)
    assert (actor.user_id, actor.scopes) == (ana, {"read", "publish"})
    other = await identity.accounts.create("Bo", None)
    await is_dead(identity.secrets.delete_token(other, token_id), NotFound)
    await identity.secrets.delete_token(ana, token_id)
    await is_dead(identity.actor_of_token(token))
    await is_dead(identity.refresh(actor))
    await is_dead(identity.secrets.delete_token(ana, token_id), NotFound)


@pytest.mark.parametrize("scopes", [["everything"], ["read", ""]])
async def test_an_unknown_scope_is_refused(identity, ana, scopes):
    await is_dead(identity.secrets.create_token(ana, "CI", scopes), InvalidInput)


async def test_a_ticket_dies_unused_and_lives_once_used(identity, ana, clock):
    session = await identity.sessions.open(ana)
    actor = await identity.actor_of_session(session.cookie)
    unused, used = [await identity.secrets.create_ticket(actor, "doc:a", None) for _ in "ab"]
    clock.move(seconds=TICKET_SECONDS)
    assert (await identity.actor_of_socket(used, None)).user_id == ana
    clock.move(seconds=1)
    await is_dead(identity.actor_of_socket(unused, None))
    assert (await identity.actor_of_socket(used, None)).user_id == ana
    await is_dead(identity.actor_of_token(used))
    clock.move(days=SESSION_DAYS)
    await is_dead(identity.actor_of_socket(used, None))


async def test_a_ticket_has_no_more_scopes_than_its_token_and_ends_with_it(identity, ana):
    token_id, token = await identity.secrets.create_token(ana, "CI", ["read"])
    ticket = await identity.secrets.create_ticket(
        await identity.actor_of_token(token), "doc:a", None
    )
    actor = await identity.actor_of_socket(ticket, None)
    assert actor.scopes == {"read"}
    assert (await identity.refresh(actor)).scopes == {"read"}
    await identity.secrets.delete_token(ana, token_id)
    await is_dead(identity.refresh(actor))


@pytest.mark.parametrize(
    ("made", "used", "admitted"),
    [
        ("https://a.example", "https://a.example", True),
        ("https://a.example", "https://b.example", False),
        ("https://a.example", None, True),  # a program, not a page
        (None, "https://b.example", True),
    ],
)
async def test_a_ticket_is_for_its_origin(identity, ana, made, used, admitted):
    actor = await identity.actor_of_session((await identity.sessions.open(ana)).cookie)
    ticket = await identity.secrets.create_ticket(actor, "doc:a", made)
    if admitted:
        assert (await identity.actor_of_socket(ticket, used)).user_id == ana
    else:
        await is_dead(identity.actor_of_socket(ticket, used))
