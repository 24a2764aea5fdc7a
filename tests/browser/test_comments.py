"""Comments and the bell: two people talk about a page, one of whom may not edit it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House, canvas, middle
from tests.browser.test_axe import Judge

pytestmark = pytest.mark.browser


def test_two_people_talk_about_a_title(house: House) -> None:
    site = house.site("Conversation")
    ada = house.guest(site, "Ada Titre")
    bo = house.guest(site, "Bo Commente", "commenter")
    bo.goto(ada.url)
    title = canvas(bo).locator("h1").first
    bo.mouse.click(*middle(title))
    bo.keyboard.press("c")
    field = bo.get_by_label("Écrire un commentaire")
    expect(field).to_be_focused()
    bo.keyboard.type("Plus court, @ada")
    expect(bo.get_by_role("option", name="Ada Titre")).to_be_visible()
    judge = Judge(bo)
    judge.look("names")
    bo.keyboard.press("Enter")
    bo.keyboard.type("non ?")
    expect(field).to_have_value("Plus court, @Ada Titre non ?")
    bo.keyboard.press("Control+Enter")
    expect(bo.get_by_role("article")).to_contain_text("Plus court, @Ada Titre non ?")

    expect(ada.locator(".pin")).to_have_text("1")
    judge_ada = Judge(ada)
    ada.get_by_role("button", name="Notifications, 1 non lue").press("Enter")
    told = ada.get_by_role("dialog", name="Notifications").get_by_role("link")
    expect(told).to_contain_text("Bo Commente vous mentionne dans Accueil")
    judge_ada.look("bell")
    told.click()
    thread = ada.get_by_role("article", name="Fil de Bo Commente")
    expect(thread).to_be_focused()
    expect(ada.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
    expect(thread.locator("mark")).to_have_text("@Ada Titre")
    thread.get_by_role("button", name="Répondre à Bo Commente").click()
    ada.keyboard.type("Oui, je raccourcis.")
    ada.keyboard.press("Control+Enter")
    expect(bo.get_by_role("article")).to_contain_text("Oui, je raccourcis.")
    expect(bo.locator(".pin")).to_have_text("2")
    bo.get_by_role("button", name="Notifications, 1 non lue").click()
    bo.get_by_role("button", name="Tout marquer comme lu").click()
    expect(bo.get_by_role("button", name="Notifications", exact=True)).to_be_visible()
    bo.keyboard.press("Escape")
    judge_ada.look("thread")
    ada.emulate_media(color_scheme="dark")
    judge_ada.look("dark")

    thread.get_by_role("button", name="Résoudre le fil de Bo Commente").click()
    expect(bo.locator(".pin")).to_have_count(0)
    expect(bo.get_by_role("article")).to_have_count(0)
    bo.get_by_role("button", name="Résolus").click()
    expect(bo.get_by_role("article")).to_contain_text("Résolu par Ada Titre")
    judge.look("resolved")
    bo.get_by_role("button", name="Plus sur le commentaire de Bo Commente").click()
    bo.get_by_role("menuitem", name="Supprimer").click()
    bo.get_by_role("alert").get_by_role("button", name="Supprimer").click()
    expect(bo.get_by_role("article")).to_contain_text("Ce commentaire a été supprimé.")
    assert [*judge.found, *judge_ada.found] == []


def test_comments_and_the_bell_come_once_they_can_be_fetched(house: House) -> None:
    site = house.site("Plus tard")
    lea = house.owner()
    parts = re.compile(r"/assets/(pins|bell)-(?!place).*\.js")
    lea.route(parts, lambda route: route.abort())
    with (
        lea.expect_event("requestfailed", lambda request: "/pins-" in request.url),
        lea.expect_event("requestfailed", lambda request: "/bell-" in request.url),
    ):
        lea.goto(f"{house.vitrail.base}/edit/{site.pages[0]['id']}")
    expect(lea.locator("[data-state=saved]")).to_be_visible()
    lea.unroute(parts)
    expect(lea.get_by_role("button", name="Notifications")).to_be_visible()
    expect(lea.locator(".pins")).to_be_attached()


# Asks for as much as is allowed, again and again, until it is told to stop.
SPEND = """async () => {
  const { csrf } = await (await fetch("/api/me")).json();
  const headers = { "X-CSRF-Token": csrf, "Content-Type": "application/json" };
  const query = "query($n: Int!) { sites(first: $n) { nodes { pages(first: 50) { nodes { id } } } } }";
  const spend = async (n) => {
    const body = JSON.stringify({ query, variables: { n } });
    const answer = await fetch("/graphql", { method: "POST", headers, body });
    if (!window.isEnough) void spend(answer.ok ? n : Math.max(1, n >> 1));
  };
  void spend(100);
}"""


def test_who_has_asked_for_much_waits_and_is_told_nothing_of_it(house: House) -> None:
    ada = house.edit(house.site("Patience"))
    elsewhere = house.owner()
    elsewhere.goto(house.vitrail.base)
    elsewhere.evaluate(SPEND)
    with ada.expect_response(
        lambda answer: answer.status == 429 and "replies" in (answer.request.post_data or "")
    ):
        ada.reload()
    elsewhere.evaluate("window.isEnough = true")
    ada.get_by_role("button", name="Commentaires").click()
    expect(ada.get_by_text("Personne n’a encore rien dit")).to_be_visible()
    assert ada.locator(".toast").all_inner_texts() == []
