"""Every mutation, asked for by everybody: who may not is told so, and nothing has changed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.conftest import Api, Place
from tests.people import NOBODY, ROLES, SCOPES, STRANGER, Asker, contents
from tests.servers import Vitrail
from vitrail.graphql.schema import build, native

OWNERS = ("owner", "admin", "manage")
BUILDERS = ("owner", "admin", "designer", "write")
WRITERS = (*BUILDERS, "editor")
COMMENTERS = (*WRITERS, "commenter")
ADMINISTRATORS = ("owner", "admin", "webhooks")
PUBLISHERS = ("owner", "admin", "designer", "publish")
GONE = "0" * 26
SITE, PAGE = "siteId: $site", "pageId: $page"
# Who may, and the arguments of a call that does nothing even for those: what it is about is not there.
SAMPLES: dict[str, tuple[tuple[str, ...], str]] = {
    "siteCreate": (BUILDERS, 'name: ""'),
    "siteRename": (BUILDERS, f'{SITE}, name: ""'),
    "siteDelete": (OWNERS, f'siteId: "site:{GONE}"'),
    "sitePublish": (PUBLISHERS, f'siteId: "site:{GONE}"'),
    "siteRollback": (PUBLISHERS, f'{SITE}, deploymentId: "deployment:{GONE}"'),
    "memberSetRole": (OWNERS, f'{SITE}, userId: "user:{GONE}", role: "king"'),
    "imageChange": (WRITERS, f'{SITE}, imageId: "asset:{GONE}", name: "x"'),
    "imageDelete": (WRITERS, f'{SITE}, imageId: "asset:{GONE}"'),
    "messageDelete": (BUILDERS, f'{SITE}, messageId: "message:{GONE}"'),
    "pageEdit": (WRITERS, f"{PAGE}, ops: []"),
    "pageUndo": (BUILDERS, f'{PAGE}, run: "{GONE}"'),
    "pageCreate": (BUILDERS, f'{SITE}, title: ""'),
    "pageDelete": (BUILDERS, f'id: "page:{GONE}"'),
    "versionKeep": (WRITERS, f'{PAGE}, label: ""'),
    "pageRestore": (BUILDERS, f"{PAGE}, seq: 999999"),
    "commentAdd": (COMMENTERS, f'{PAGE}, body: ""'),
    "commentReply": (COMMENTERS, f'id: "comment:{GONE}", body: "A"'),
    "commentChange": (COMMENTERS, f'id: "comment:{GONE}", body: "A"'),
    "commentResolve": (COMMENTERS, f'id: "comment:{GONE}"'),
    "commentDelete": (COMMENTERS, f'id: "comment:{GONE}"'),
    "notificationsRead": ((*ROLES, "read"), "ids: [], all: true"),
    "merchantCreate": (WRITERS, f'{SITE}, name: ""'),
    "productCreate": (WRITERS, f"{SITE}, product: {{}}, variants: []"),
    "productUpdate": (WRITERS, f'id: "product:{GONE}", product: {{}}'),
    "productDelete": (WRITERS, f'id: "product:{GONE}"'),
    "priceSet": (WRITERS, f'variantId: "variant:{GONE}", price: {{amount: 1, currency: "EUR"}}'),
    "orderRecord": (
        WRITERS,
        f'{SITE}, order: {{externalId: "", currency: "EUR", lines: [], placedAt: "2026-01-01T00:00Z"}}',
    ),
    "refundRecord": (
        WRITERS,
        f'{SITE}, orderExternalId: "none",'
        ' refund: {externalId: "r", amount: 1, refundedAt: "2026-01-01T00:00Z"}',
    ),
    "reviewCreate": (WRITERS, f'productId: "product:{GONE}", author: "A", rating: 5, body: "B"'),
    "reviewModerate": (WRITERS, f'id: "review:{GONE}", status: APPROVED'),
    "imageUploadTicket": (WRITERS, f'{SITE}, name: ""'),
    "stockReserve": (WRITERS, f"{SITE}, lines: []"),
    "stockCommit": (WRITERS, f'{SITE}, reservationId: "reservation:{GONE}"'),
    "stockRelease": (WRITERS, f'{SITE}, reservationId: "reservation:{GONE}"'),
    "stockAdjust": (WRITERS, f'variantId: "variant:{GONE}", by: 1'),
    "collectionUpdate": (WRITERS, f'id: "collection:{GONE}"'),
    "collectionDelete": (WRITERS, f'id: "collection:{GONE}"'),
    "categoryCreate": (WRITERS, f"{SITE}, names: {{}}"),
    "categoryUpdate": (WRITERS, f'id: "category:{GONE}"'),
    "categoryDelete": (WRITERS, f'id: "category:{GONE}"'),
    "invitationCreate": (OWNERS, f'{SITE}, role: "king"'),
    "invitationRevoke": (OWNERS, f'{SITE}, id: "invitation:{GONE}"'),
    "meUpdate": ((*ROLES, STRANGER), 'name: ""'),
    "apiKeyCreate": ((*ROLES, STRANGER), 'name: ""'),
    "apiKeyRevoke": ((*ROLES, STRANGER), f'id: "apikey:{GONE}"'),
    "collectionCreate": (WRITERS, f"{SITE}, names: {{}}, productIds: []"),
    "productFeedSet": (PUBLISHERS, f'{SITE}, enabled: false, currency: "nope"'),
    "webhookCreate": (ADMINISTRATORS, f'{SITE}, url: "https://10.0.0.1/", query: ""'),
    "webhookUpdate": (ADMINISTRATORS, f'id: "webhook:{GONE}", enabled: true'),
    "webhookDelete": (ADMINISTRATORS, f'id: "webhook:{GONE}"'),
    "webhookRotateSecret": (ADMINISTRATORS, f'id: "webhook:{GONE}"'),
    "webhookTest": (ADMINISTRATORS, f'id: "webhook:{GONE}"'),
    "webhookRedeliver": (ADMINISTRATORS, f'deliveryId: "delivery:{GONE}"'),
    "merchantUpdate": (WRITERS, f'id: "merchant:{GONE}"'),
    "merchantDelete": (WRITERS, f'id: "merchant:{GONE}"'),
    "variantCreate": (WRITERS, f'productId: "product:{GONE}", variant: {{}}'),
    "variantDelete": (WRITERS, f'id: "variant:{GONE}"'),
    "reviewDelete": (WRITERS, f'id: "review:{GONE}"'),
    "variantUpdate": (WRITERS, f'id: "variant:{GONE}", variant: {{}}'),
}
# These are about nothing of others: strangers have sites, keys and notifications too.
OWN = {"siteCreate", "meUpdate", "apiKeyCreate", "apiKeyRevoke", "notificationsRead"}
# Of these nothing is there, so that nobody is told more than that.
MISSING = {name for name, (_, arguments) in SAMPLES.items() if "$" not in arguments} - OWN
EVERYBODY = (*ROLES, STRANGER, NOBODY, *SCOPES)


def test_every_mutation_has_a_sample():
    mutations = native(build()).mutation_type
    assert mutations is not None
    assert mutations.fields.keys() == SAMPLES.keys()


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_not_is_told_so(
    shared_vitrail: Vitrail, apis: dict[str, Api], place: Place, name: str
):
    before = contents(shared_vitrail)
    wrong: list[tuple[str, Any]] = []
    for mutation, (may, arguments) in SAMPLES.items():
        used = [v for v in ("site", "page") if f"${v}" in arguments]
        head = "(" + ", ".join(f"${v}: ID!" for v in used) + ")" if used else ""
        query = f"mutation{head} {{ it: {mutation}({arguments}) {{ errors {{ code }} }} }}"
        variables = {"site": place.site, "page": place.pages[0]}
        told = apis[name](query, **{v: variables[v] for v in used})["it"]["errors"]
        refusals = {"not_allowed", "not_found", "not_signed_in"}
        if name == NOBODY:
            expected = {"not_signed_in", "not_found"} if mutation in MISSING else {"not_signed_in"}
        elif name == STRANGER and mutation not in OWN:
            expected = {"not_found"}
        elif name in may or mutation in MISSING or (name == STRANGER):
            expected = {"invalid_input", "not_found"}
        else:
            expected = {"not_allowed"} & refusals
        if not told or {error["code"] for error in told} - expected:
            wrong.append((mutation, told))
    assert wrong == []
    assert contents(shared_vitrail) == before


def test_members_addresses_and_messages_are_not_for_everybody(
    apis: dict[str, Api], askers: dict[str, Asker], place: Place
):
    query = "query($s: ID!) { site(id: $s) { messages { id } } }"
    for name in ("owner", "designer"):
        assert apis[name](query, s=place.site)["site"]["messages"] == []
    for name in ("editor", "viewer"):
        [error] = apis[name].errors(query, s=place.site)
        assert error["extensions"]["code"] == "not_allowed"
