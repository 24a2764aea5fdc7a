"""Products on the canvas: a price changed elsewhere shows at once, and visitors get it too."""

from __future__ import annotations

import time

import httpx2
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House, Site, canvas
from tests.browser.test_axe import Judge
from tests.browser.test_pocket import ask, stock

pytestmark = pytest.mark.browser
VARIANT = "query($s: ID!) { products(siteId: $s) { nodes { variants { id } } } }"
NAMES = "query($s: ID!) { products(siteId: $s) { nodes { id } } }"
PRICE = "mutation($v: ID!, $p: PriceInput!) { priceSet(variantId: $v, price: $p) { errors { message } } }"


def set_price(house: House, site: Site, amount: int) -> None:
    [product] = ask(house, VARIANT, s=f"site:{site.id}")["products"]["nodes"]
    price = {"amount": amount, "currency": "EUR"}
    ask(house, PRICE, v=product["variants"][0]["id"], p=price)


def test_a_price_reaches_the_canvas_and_the_published_page(house: House):
    site = house.site("Vitrine")
    stock(house, site)
    lea = house.edit(site)
    judge = Judge(lea)
    lea.locator(".rail").get_by_role("button", name="Ajouter", exact=True).click()
    lea.get_by_role("searchbox", name="Trouver un bloc").fill("grille de produits")
    lea.get_by_role("button", name="Grille de produits").click()
    price = canvas(lea).locator(".v-products .v-price")
    expect(price).to_have_text("12,50\u00a0€")

    # What is being typed stays as it is while the price beside it changes.
    heading = canvas(lea).get_by_role("heading", name="Nos produits")
    heading.dblclick()
    lea.keyboard.press("End")
    lea.keyboard.type(" de saison")
    set_price(house, site, 990)
    expect(price).to_have_text("9,90\u00a0€")
    lea.keyboard.type(" !")
    expect(canvas(lea).get_by_role("heading", name="Nos produits de saison !")).to_be_visible()
    lea.keyboard.press("Escape")

    canvas(lea).locator(".v-products").click()
    lea.get_by_label("Quels produits").select_option("picked")
    expect(canvas(lea).locator(".v-vacant")).to_be_visible()
    judge.look("nothing chosen")
    lea.locator(".inspector").get_by_role("button", name="Produits, ").click()
    lea.get_by_role("combobox", name="Chercher par nom").fill("bol")
    expect(lea.get_by_role("option", name="Bol")).to_be_visible()
    judge.look("picker")
    lea.keyboard.press("Enter")
    expect(lea.get_by_role("option", name="Bol")).to_have_attribute("aria-selected", "true")
    lea.keyboard.press("Escape")
    expect(price).to_have_text("9,90\u00a0€")
    judge.look("inspector")
    expect(lea.locator("[data-state=saved]")).to_be_visible()

    house.call("POST", f"/api/sites/{site.id}/publish")
    house.run(
        site.pages[0]["id"], [{"op": "insert", "block": "cta", "props": {"title": "Brouillon"}}]
    )
    set_price(house, site, 1100)
    visitor = house.page(house.context(bypass_csp=True))  # axe is a script, which they allow none
    address = f"{house.vitrail.base}/s/{site.slug}/"
    end = time.monotonic() + 20
    while "11,00\u00a0€" not in httpx2.get(address).text:
        assert time.monotonic() < end, "the published page did not follow its shop"
        time.sleep(0.1)
    visitor.goto(address)
    expect(visitor.locator(".v-price")).to_have_text("11,00\u00a0€")
    expect(visitor.get_by_text("Brouillon")).to_have_count(0)
    outside = Judge(visitor)
    outside.look("published")
    assert judge.found + outside.found == []


def test_a_product_is_chosen_for_a_new_block(house: House):
    site = house.site("Fiche")
    stock(house, site)
    [product] = ask(house, NAMES, s=f"site:{site.id}")["products"]["nodes"]
    picked = {"source": "picked", "products": product["id"]}  # as programs know it
    row = {"op": "insert", "block": "product-carousel", "props": picked}
    house.run(site.pages[1]["id"], [row])
    lea = house.edit(site, 1)
    expect(canvas(lea).get_by_role("region", name="Nouveautés")).to_contain_text("Bol")
    lea.locator(".rail").get_by_role("button", name="Ajouter", exact=True).click()
    lea.get_by_role("searchbox", name="Trouver un bloc").fill("fiche")
    lea.get_by_role("button", name="Fiche produit").click()
    choose = lea.locator(".inspector").get_by_role("button", name="Produit, ")
    choose.click()  # what was inserted asks for it by itself
    lea.get_by_role("option", name="Bol").click()
    expect(choose.get_by_text("Bol", exact=True)).to_be_visible()
    expect(canvas(lea).locator(".v-detail h1")).to_have_text("Bol")
    # To show what is at the end of the page scrolls the page, not what is around it.
    assert lea.locator(".sheet-of-page").evaluate("sheet => sheet.scrollTop") == 0
