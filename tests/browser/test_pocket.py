"""The pocket client beside the editor: each sees what the other does, and nothing made offline is lost."""

from __future__ import annotations

import asyncio
import http.server
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from typing_extensions import override

from tests import servers
from tests.browser.conftest import House, Site, canvas
from tests.browser.test_axe import Judge
from vitrail.commerce.inputs import MerchantInput, ProductInput, VariantInput
from vitrail.commerce.model import Price, ProductStatus
from vitrail.commerce.service import Commerce
from vitrail.core.access import SYSTEM
from vitrail.core.clock import SystemClock
from vitrail.core.database import Database

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
CLIENT = ROOT / "clients" / "typescript"
VARIANT = """query($s: ID!) { products(siteId: $s) { nodes {
  variants { id prices { amount currency compareAt } } } } }"""
SET = (
    "mutation($v: ID!, $p: PriceInput!) { priceSet(variantId: $v, price: $p) { errors { code } } }"
)
PRICE = "query($s: ID!) { products(siteId: $s) { nodes { prices { amount } } } }"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves the project as the example's README does, with a client that was just built."""

    built = Path()

    @override
    def translate_path(self, path: str) -> str:
        _, is_client, rest = path.partition("/clients/typescript/dist/")
        return str(self.built / rest) if is_client else super().translate_path(path)

    @override
    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture(scope="module")
def pocket(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example as its README serves it: from an origin of its own."""
    Quiet.built = tmp_path_factory.mktemp("client")
    compiler = CLIENT / "node_modules" / "typescript" / "bin" / "tsc"
    command = [servers.node(), compiler, "--project", CLIENT, "--outDir", Quiet.built]
    subprocess.run(command, check=True, timeout=60)
    handler = partial(Quiet, directory=str(ROOT))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/examples/pocket/"
        server.shutdown()
        thread.join()


async def _stock(url: str, site: str) -> None:
    async with Database(url) as database:
        commerce = Commerce(database, SystemClock())
        merchant = await commerce.merchants.create(site, SYSTEM, MerchantInput(name="Atelier"))
        product = ProductInput(
            name={"fr": "Bol", "en": "Bowl"}, merchant_id=merchant, status=ProductStatus.ACTIVE
        )
        variant = VariantInput(sku="BOL", prices=[Price(1250, "EUR")], available=4)
        await commerce.products.create(site, SYSTEM, product, [variant])


def stock(house: House, site: Site) -> None:
    url = f"sqlite+aiosqlite:///{house.vitrail.data / 'vitrail.db'}"
    with ThreadPoolExecutor(1) as thread:  # the browser's loop runs in this one
        thread.submit(lambda: asyncio.run(_stock(url, site.id))).result()


def price(house: House, site: Site) -> int:
    asked = {"query": PRICE, "variables": {"s": f"site:{site.id}"}}
    found: Any = house.call("POST", "/graphql", asked)
    return found["data"]["products"]["nodes"][0]["prices"][0]["amount"]


def ask(house: House, query: str, **variables: Any) -> Any:
    answer: Any = house.call("POST", "/graphql", {"query": query, "variables": variables})
    assert "errors" not in answer, answer
    return answer["data"]


def variant(house: House, site: Site) -> Any:
    return ask(house, VARIANT, s=f"site:{site.id}")["products"]["nodes"][0]["variants"][0]


def connect(page: Page, house: House, address: str, site: Site) -> None:
    page.goto(address)
    page.get_by_label("Serveur").fill(house.vitrail.base)
    page.get_by_label("Jeton").fill(house.token)
    page.get_by_label("Site", exact=True).fill(site.slug)
    page.get_by_role("button", name="Se connecter").click()
    expect(page.get_by_role("status")).to_have_text("En direct")
    expect(page.get_by_role("button", name="Se connecter")).to_be_hidden()


def test_a_phone_and_an_editor_side_by_side(house: House, pocket: str):
    site = house.site("Poche")
    stock(house, site)
    lea = house.edit(site)
    phone = house.page(house.context(viewport={"width": 390, "height": 844}))
    judge = Judge(phone)
    connect(phone, house, pocket, site)
    amount = phone.get_by_role("textbox", name="Prix de Bol, en EUR")
    expect(amount).to_have_value("12,50")
    amount.fill("douze")
    amount.press("Enter")
    expect(phone.get_by_text("Écrivez un prix, comme 12,50.")).to_be_visible()
    judge.look("products")
    amount.fill("1 012,5 €")
    amount.press("Enter")
    expect(amount).to_have_value("1012,50")
    phone.get_by_role("link", name="Titres").click()
    headline = phone.get_by_role("textbox", name="Titre de la page Accueil")
    expect(headline).to_have_value("Le goût du Japon, au cœur de Lyon")
    judge.look("headlines")

    headline.fill("Depuis la poche")
    headline.blur()
    expect(canvas(lea).locator("h1")).to_have_text("Depuis la poche")
    canvas(lea).locator("h1").click()
    lea.locator(".inspector textarea").fill("Depuis l’éditeur")
    expect(headline).to_have_value("Depuis l’éditeur")

    phone.context.set_offline(True)
    headline.fill("Écrit dans le train")
    headline.blur()
    phone.get_by_role("link", name="Produits").click()
    amount.fill("9,90")
    amount.blur()
    expect(phone.get_by_role("status")).to_have_text("Hors ligne · 2 changements à envoyer")
    judge.look("offline")
    assert price(house, site) == 101250
    lea.locator(".inspector textarea").fill("Écrit au bureau")
    expect(lea.locator("[data-state=saved]")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text("En direct · 1 choix à faire")
    expect(amount).to_have_value("9,90")
    assert price(house, site) == 990
    phone.go_back()
    expect(phone.locator("q")).to_have_text("Écrit au bureau")
    expect(headline).to_have_value("Écrit dans le train")
    judge.look("conflict")
    phone.get_by_role("button", name="Garder le mien").click()
    expect(canvas(lea).locator("h1")).to_have_text("Écrit dans le train")
    expect(phone.get_by_role("status")).to_have_text("En direct")

    phone.get_by_role("button", name="English").click()
    phone.get_by_role("link", name="Products").click()
    expect(phone.get_by_role("textbox", name="Price of Bowl, in EUR")).to_have_value("9.90")
    phone.emulate_media(color_scheme="dark")
    judge.look("dark")
    assert judge.found == []


def test_what_was_changed_offline_meets_what_became_of_it(house: House, pocket: str):
    site = house.site("Soldes")
    stock(house, site)
    phone = house.page(house.context(viewport={"width": 390, "height": 844}))
    connect(phone, house, pocket, site)
    amount = phone.get_by_role("textbox", name="Prix de Bol, en EUR")
    expect(amount).to_have_value("12,50")
    there = variant(house, site)["id"]

    phone.context.set_offline(True)
    amount.fill("8")
    amount.blur()
    expect(phone.get_by_role("status")).to_have_text("Hors ligne · 1 changement à envoyer")
    reduced = {"amount": 1250, "currency": "EUR", "compareAt": 1500}
    ask(house, SET, v=there, p=reduced)
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text("En direct")
    assert variant(house, site)["prices"] == [reduced | {"amount": 800}]

    phone.context.set_offline(True)
    amount.fill("7")
    amount.blur()
    expect(phone.get_by_role("status")).to_have_text("Hors ligne · 1 changement à envoyer")
    ask(house, "mutation($v: ID!) { variantDelete(id: $v) { errors { code } } }", v=there)
    phone.context.set_offline(False)
    expect(phone.get_by_role("status")).to_have_text("En direct")
    expect(phone.get_by_text("n’a donc pas été changé en « 7 EUR »")).to_be_visible()
