"""Webhooks in the dashboard: made, tried and ended, in French and in English."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, expect
from typing_extensions import override

from tests.browser.conftest import House
from tests.browser.test_axe import Judge

pytestmark = pytest.mark.browser


class Told(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(int(self.path.strip("/")))
        self.end_headers()
        self.wfile.write(b"merci")

    @override
    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def open_webhooks(page: Page, name: str) -> None:
    page.locator(".card").filter(has_text=name).get_by_role("button").click()
    page.get_by_role("menuitem", name="Webhooks").click()


def test_a_webhook_is_made_tried_and_deleted(house: House, receiver: str) -> None:
    house.site("Crochets")
    lea = house.owner()
    lea.goto(house.vitrail.base)
    open_webhooks(lea, "Crochets")
    dialog = lea.get_by_role("dialog")
    expect(dialog).to_contain_text("Personne n’est encore prévenu.")
    dialog.get_by_role("button", name="Ajouter un webhook").click()
    dialog.get_by_label("Adresse").fill("https://10.0.0.1/")
    dialog.get_by_label("Quoi transmettre").select_option(label="Les commandes")
    dialog.get_by_role("button", name="Créer").click()
    expect(dialog.get_by_role("alert")).to_contain_text("10.0.0.1 n’est pas une adresse publique.")
    judge = Judge(lea)
    judge.look("form")
    dialog.get_by_label("Adresse").fill(f"{receiver}/200")
    dialog.get_by_role("button", name="Créer").dblclick()
    secret = dialog.get_by_label("Secret de signature")
    expect(secret).to_be_visible()
    assert secret.input_value().startswith("whsec_")

    expect(dialog.locator(".webhook")).to_have_count(1)  # however often it was clicked
    expect(dialog.locator(".webhook")).to_contain_text("Les commandes")
    dialog.get_by_role("button", name=f"Plus sur {receiver}/200").click()
    lea.get_by_role("menuitem", name="Envoyer un test").click()
    expect(lea.get_by_text("Livré : le destinataire a répondu 200.")).to_be_visible()
    dialog.get_by_text("Derniers messages (1)").click()
    dialog.get_by_text("Réponse 200").click()
    expect(dialog.locator("pre")).to_contain_text("merci")
    dialog.get_by_role("button", name="Renvoyer le message").click()
    expect(dialog.locator(".delivery")).to_contain_text("2 essais")
    expect(dialog.locator("pre")).to_be_visible()  # what was open stays so
    judge.look("list")
    dialog.get_by_role("button", name="Désactiver").click()
    expect(dialog.locator(".webhook")).to_contain_text("Désactivé à la main.")
    lea.emulate_media(color_scheme="dark")
    judge.look("dark")
    dialog.get_by_role("button", name=f"Plus sur {receiver}/200").click()
    lea.get_by_role("menuitem", name="Supprimer").click()
    expect(lea.get_by_role("menuitem")).to_have_count(0)
    expect(dialog.get_by_role("alert")).to_be_visible()
    judge.look("sure?")
    dialog.get_by_role("alert").get_by_role("button", name="Supprimer").click()
    expect(dialog).to_contain_text("Personne n’est encore prévenu.")
    assert judge.found == []
