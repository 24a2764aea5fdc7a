"""Files say what they would do, do it at once or not at all, and come out as they went in."""

from __future__ import annotations

import asyncio
import csv
import io

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings, strategies as st

from tests.commerce.shop import ANNE, Shop, open_shop
from vitrail.commerce import sheets
from vitrail.commerce.cards import Format, ProductCard, VariantCard
from vitrail.commerce.inputs import CategoryInput, CollectionInput
from vitrail.commerce.model import Image, Option, Price, StockPolicy
from vitrail.commerce.money import CURRENCIES, read_decimal, write_decimal
from vitrail.commerce.planning import Outcome
from vitrail.commerce.sheets import read_sheet, write_csv
from vitrail.core.errors import InvalidInput, TooLarge

CSV = """\
slug;merchant;category;status;name:fr;name:en;tags;sku;available;price:EUR;compare_at:EUR;price:JPY
lampe;atelier-marin;lumiere;active;Lampe;Lamp;bois | Été;L-1;4;19,90;25;3200
lampe;;;;;;;L-2;0;21.9;;
table;forge-du-nord;;draft;Table;"Table; basse";;;;;;
"""


def outcomes(report) -> list[tuple[int, str, str]]:
    return [
        (line.line, line.slug, line.outcome) for line in report.lines if line.kind == "products"
    ]


async def apply(shop: Shop, text: str | bytes, format_: Format = "csv", **options):
    content = text.encode() if isinstance(text, str) else text
    return await shop.commerce.imports.apply_import(shop.site, ANNE, content, format_, **options)


async def test_a_plan_says_what_happens_and_changes_nothing(shop: Shop):
    head = await shop.commerce.ledger.head(shop.site)
    planned = await shop.commerce.imports.plan_import(shop.site, CSV.encode(), "csv")
    assert await shop.commerce.ledger.head(shop.site) == head
    assert not planned.is_applied
    assert outcomes(planned) == [
        (2, "lampe", "created"),
        (3, "lampe", "created"),
        (4, "table", "created"),
    ]
    done = await apply(shop, CSV)
    assert done.is_applied
    assert done.lines == planned.lines
    reads = shop.commerce.reading([shop.site])
    found = await reads.products_by_slug(shop.site, ["lampe", "table"])
    lamp, table = found["lampe"], found["table"]
    variants = (await reads.variants_of([lamp.id]))[lamp.id]
    (light,) = (await reads.categories_of([shop.site]))[shop.site]
    assert lamp.tags == ("bois", "été")
    assert lamp.prices == {"EUR": Price(1990, "EUR", 2500), "JPY": Price(3200, "JPY")}
    assert [(v.sku, v.stock.available) for v in variants] == [("L-1", 4), ("L-2", 0)]
    assert table.name == {"fr": "Table", "en": "Table; basse"}
    assert (table.merchant.slug, table.merchant.name) == ("forge-du-nord", "Forge du nord")
    assert (light.id, light.slug) == (lamp.category_id, "lumiere")
    again = await apply(shop, CSV)
    assert {outcome for _, _, outcome in outcomes(again)} == {"unchanged"}
    assert (await shop.read(lamp.id)).revision == 1


async def test_what_differs_is_updated_and_what_is_not_named_stays(shop: Shop):
    await apply(shop, CSV)
    report = await apply(shop, "\ufeffslug,sku,price:EUR,name:fr\r\nlampe,L-2,30,Lampe\r\n")
    assert outcomes(report) == [(2, "lampe", Outcome.UPDATED)]
    assert report.counts[Outcome.UPDATED] == 1
    reads = shop.commerce.reading([shop.site])
    lamp = (await reads.products_by_slug(shop.site, ["lampe"]))["lampe"]
    variants = (await reads.variants_of([lamp.id]))[lamp.id]
    assert lamp.name == {"fr": "Lampe", "en": "Lamp"}
    assert lamp.tags == ("bois", "été")
    assert [v.prices.get("EUR") for v in variants] == [Price(1990, "EUR", 2500), Price(3000, "EUR")]
    assert await shop.names(search="lampes") == ["Lampe"]


async def test_a_language_and_a_currency_without_a_column_stay(shop: Shop):
    await apply(
        shop,
        "slug,merchant,name:fr,name:en,description:fr,description:en,sku,price:EUR,compare_at:EUR,price:JPY\n"
        "lampe,m,Lampe,Lamp,Jolie,Nice,L-1,19.90,25,3200\n",
    )

    async def read():
        reads = shop.commerce.reading([shop.site])
        lamp = (await reads.products_by_slug(shop.site, ["lampe"]))["lampe"]
        (variant,) = (await reads.variants_of([lamp.id]))[lamp.id]
        return dict(lamp.name), dict(lamp.description), variant.prices

    await apply(shop, "slug;name:fr;description:fr;sku;price:EUR\nlampe;Lampe bleue;;L-1;22,50\n")
    names, descriptions, prices = await read()
    assert names == {"fr": "Lampe bleue", "en": "Lamp"}
    assert descriptions == {"en": "Nice"}
    assert prices == {"EUR": Price(2250, "EUR", 2500), "JPY": Price(3200, "JPY")}
    await apply(shop, "slug;sku;price:EUR\nlampe;L-1;26\n")  # no reduction any more
    assert (await read())[2] == {"EUR": Price(2600, "EUR"), "JPY": Price(3200, "JPY")}
    report = await apply(shop, "slug;sku;price:EUR;price:JPY\nlampe;L-1;26;\n")
    assert outcomes(report) == [(2, "lampe", Outcome.UPDATED)]
    assert (await read())[2] == {"EUR": Price(2600, "EUR")}
    again = await apply(shop, "slug;sku;price:EUR;name:fr\nlampe;L-1;26;Lampe bleue\n")
    assert outcomes(again) == [(2, "lampe", Outcome.UNCHANGED)]


async def test_columns_that_a_spreadsheet_left_empty_are_none(shop: Shop):
    report = await apply(
        shop,
        "slug;merchant;name:fr;status;sku;policy;;\r\nlampe;m;Lampe;Active;L;DENY;;\r\n;;;;;;;\r\n",
    )
    assert outcomes(report) == [(2, "lampe", Outcome.CREATED)]
    report = await apply(shop, "slug;name:fr;;\r\nlampe;Lampe;;quoi\r\n")
    assert outcomes(report) == [(2, "lampe", Outcome.REFUSED)]


async def test_variants_that_are_added_stand_last_and_are_found(shop: Shop, monkeypatch):
    monkeypatch.setattr("vitrail.commerce.imports.PART", 1)  # the second product goes by itself
    await apply(shop, CSV)
    await apply(
        shop, "slug,sku,price:EUR\nlampe,NEW-1,5\nlampe,NEW-2,6\nlampe,L-1,7\ntable,T-9,8\n"
    )
    reads = shop.commerce.reading([shop.site])
    found = await reads.products_by_slug(shop.site, ["lampe", "table"])
    variants = await reads.variants_of([product.id for product in found.values()])
    told = [(v.sku, v.prices["EUR"].amount) for v in variants[found["lampe"].id] if v.prices]
    assert told == [("L-1", 700), ("L-2", 2190), ("NEW-1", 500), ("NEW-2", 600)]
    assert await shop.names(search="NEW-2") == ["Lampe"]
    assert await shop.names(search="T-9") == ["Table"]


REFUSED = [
    ("Pas Un Slug,m,N,,,", "no part of an address"),
    ("a,,N,,,", "needs a name and a merchant"),
    ("a,m,,,,", "needs a name and a merchant"),
    ("a,m,N,S,x,", "no number"),
    ("a,m,N,S,-1,", "no number"),
    ("a,m,N,S,1,1.999", "no amount|not an amount"),
    ("a,m,N,S,1,-5", "not an amount"),
    ("a,m,N,TAKEN,1,5", "another variant's"),
    ("a,m,N,S,1,5,what", "more cells"),
    ("a,m,N,,,5", "a price or stock and no sku"),
    ("a,m,N,,3,", "a price or stock and no sku"),
    ("a,m,N,S,1,5\na,other,,T,1,5", "another merchant"),
    ("a,m,N,S,1,5\na,,,S,1,5", "another variant's"),
    ("a,m," + "x" * 201 + ",S,1,5", "1 to 200"),
    ("a,Not A Slug,N,S,1,5", "no part of an address"),
]


async def test_lines_are_refused_with_their_reason(shop: Shop):
    await shop.product(sku="TAKEN")
    imports = shop.commerce.imports
    for rows, reason in REFUSED:
        text = f"slug,merchant,name:fr,sku,available,price:EUR\nb,m,B,B,1,1\n{rows}\n"
        report = await imports.plan_import(shop.site, text.encode(), "csv")
        bad = [line for line in report.lines if line.outcome is Outcome.REFUSED]
        assert bad, rows
        assert bad[0].line == 3
        assert any(part in bad[0].reason for part in reason.split("|")), bad[0].reason
        assert not (await apply(shop, text)).is_applied
    assert await shop.names() == ["Lampe"]
    done = await apply(shop, text, skips_refused=True)
    assert done.is_applied
    assert sorted(await shop.names()) == ["B", "Lampe"]


async def test_a_catalogue_goes_into_another_site_whole(shop: Shop):
    await apply(shop, CSV)
    tree = shop.commerce.categories
    root = await tree.create(shop.site, ANNE, CategoryInput(name={"fr": "Maison"}))
    reads = shop.commerce.reading([shop.site])
    found = (await reads.categories_of([shop.site]))[shop.site]
    (light,) = (category for category in found if category.slug == "lumiere")
    await tree.update(shop.site, ANNE, light.id, CategoryInput(parent_id=root))
    product = await shop.product(
        "=Formule",
        tags=["a|b", "'+1"],
        description={"fr": "-1\nligne;,\"'"},
        options=[Option("@x", ("=1",))],
        images=[Image(url="https://example.org/i.png")],
        policy=StockPolicy.PREORDER,
    )
    new = CollectionInput(name={"en": "All"}, product_ids=[product])
    await shop.commerce.collections.create(shop.site, ANNE, new)
    imports = shop.commerce.imports
    for format_ in ("json", "csv"):
        exported = await imports.export(shop.site, format_)
        same = await imports.plan_import(shop.site, exported, format_)
        assert {line.outcome for line in same.lines} == {Outcome.UNCHANGED}
        other = await open_shop(shop.database, shop.clock)
        done = await apply(other, exported, format_)
        assert done.is_applied
        assert done.counts[Outcome.REFUSED] == 0
        if format_ == "csv":
            assert await imports.export(other.site, "csv") == exported
        else:
            again = await imports.export(other.site, "json")
            assert msgspec.json.decode(again) == msgspec.json.decode(exported)


async def test_json_names_what_it_needs(shop: Shop):
    document = {
        "merchants": [{"slug": "m", "name": "M"}, {"slug": "nameless"}],
        "categories": [
            {"slug": "a", "name": {"en": "A"}},
            {"slug": "b", "name": {"en": "B"}, "parent": "a"},
            {"slug": "c", "name": {"en": "C"}, "parent": "missing"},
        ],
        "products": [
            {"slug": "p", "merchant": "m", "name": {"en": "P"}, "category": "b"},
            {"slug": "p", "merchant": "m", "name": {"en": "P"}},
            {"slug": "q", "merchant": "m", "name": {"en": "Q"}, "unknown": 1},
            3,
        ],
        "collections": [
            {"slug": "all", "name": {"en": "All"}, "products": ["p"]},
            {"slug": "none", "name": {"en": "None"}, "products": ["q"]},
        ],
    }
    content = msgspec.json.encode(document)
    report = await apply(shop, content, "json", skips_refused=True)
    refused = [(x.kind, x.line, x.reason) for x in report.lines if x.outcome is Outcome.REFUSED]
    assert [(kind, line) for kind, line, _ in refused] == [
        ("merchants", 2), ("categories", 3), ("products", 2), ("products", 3), ("products", 4),
        ("collections", 2),
    ]  # fmt: skip
    assert all(reason for _, _, reason in refused)
    circle = {"categories": [{"slug": "a", "parent": "b"}]}
    report = await apply(shop, msgspec.json.encode(circle), "json")
    assert report.lines[0].outcome is Outcome.REFUSED


async def test_files_beyond_a_limit_are_refused(shop: Shop, monkeypatch):
    head = "slug,name:fr\n"
    for content, error in (
        (b"x" * (sheets.MAX_BYTES + 1), TooLarge),
        (head + "a,b\n" * (sheets.MAX_ROWS + 1), TooLarge),
        (head + f"a,{'x' * (sheets.MAX_CELL + 1)}\n", TooLarge),
        (head + ("," * 200) + "\n", TooLarge),
        (b"\xff\xfe", InvalidInput),
        ("", InvalidInput),
        ("name:fr\nx\n", InvalidInput),
        ("slug,slug\n", InvalidInput),
        ("slug,surprise\n", InvalidInput),
        ("slug,price:EURO\n", InvalidInput),
        ('slug\n"open', InvalidInput),
    ):
        with pytest.raises(error):
            await apply(shop, content)
    for content in (b"[]", b"{", b'{"x": []}', b"[" * 100_000, b'{"products": 1}'):
        with pytest.raises(InvalidInput):
            await apply(shop, content, "json")
    many = {"merchants": [{"slug": "a"}] * (sheets.MAX_ROWS + 1)}
    with pytest.raises(TooLarge):
        await apply(shop, msgspec.json.encode(many), "json")


cells = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)


@given(
    st.lists(
        st.builds(
            ProductCard,
            slug=st.from_regex(r"[a-z]{3,8}", fullmatch=True),
            name=st.dictionaries(st.sampled_from(["fr", "en"]), cells.filter(bool), min_size=1),
            description=st.dictionaries(st.sampled_from(["fr", "de"]), cells.filter(bool)),
            tags=st.lists(cells.map(str.strip).filter(bool), max_size=3),
            category=st.none() | st.just("light"),
            options=st.just([]),
            images=st.just([]),
            affiliate_links=st.just([]),
            variants=st.lists(
                st.builds(
                    VariantCard,
                    sku=st.from_regex(r"[=+@A-Z'-][A-Z0-9]{0,5}", fullmatch=True),
                    options=st.dictionaries(cells, cells, max_size=2),
                    available=st.integers(0, 10**9),
                    policy=st.sampled_from(StockPolicy),
                    available_on=st.none() | st.dates(),
                    prices=st.lists(
                        st.builds(Price, st.integers(0, 10**12), st.sampled_from(["EUR", "JPY"])),
                        unique_by=lambda price: price.currency,
                        max_size=2,
                    ).map(lambda prices: sorted(prices, key=lambda price: price.currency)),
                ),
                max_size=2,
            ),
        ),
        max_size=3,
        unique_by=lambda card: card.slug,
    )
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_products_come_out_of_csv_as_they_went_in(cards: list[ProductCard]):
    content = write_csv(cards)
    entries = read_sheet(content, "csv")
    found = {entry.slug: entry.card for entry in entries}
    assert [entry.reason for entry in entries if entry.card is None] == []
    for card in cards:
        has_prices = any(v.prices for c in cards for v in c.variants)
        variants = [
            v if has_prices else msgspec.structs.replace(v, prices=msgspec.UNSET)
            for v in card.variants
        ]
        assert found[card.slug] == msgspec.structs.replace(card, variants=variants)
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row)


@given(st.sampled_from(sorted(CURRENCIES)), st.integers(0, 10**12))
@settings(max_examples=100, deadline=None)
def test_amounts_are_written_and_read_exactly(currency: str, amount: int):
    assert read_decimal(write_decimal(amount, currency), currency) == amount


def test_amounts_are_read_as_spreadsheets_write_them():
    for text, amount in (
        ("1 234,50", 123450),
        ("1\u202f234,5", 123450),
        ("12\u00a0345\u00a0678.90", 1234567890),
        (" 19 ", 1900),
    ):
        assert read_decimal(text, "EUR") == amount
    for text in ("1 23", "12 34,5", "1 2345", "1,234.50", "1.234,50", "19,90 €", "٣", "-5", "1e3"):
        with pytest.raises(InvalidInput, match="is not an amount"):
            read_decimal(text, "EUR")


BEGINNINGS = [
    b"",
    b"slug,name:fr,merchant,tags,sku,price:EUR,available,images\n",
    b'{"products": [{"slug": "a", ',
    b'{"merchants": [',
    b"\xef\xbb\xbfslug;description:fr\n",
]


async def test_no_bytes_break_an_import(shop: Shop):
    if not shop.database.is_sqlite:
        return  # what is read is the same, and what is asked of the database is tested above
    loop = asyncio.get_running_loop()

    @given(
        st.sampled_from(BEGINNINGS),
        st.binary(max_size=200) | cells.map(str.encode),
        st.sampled_from(["csv", "json"]),
    )
    @example(BEGINNINGS[1], b"a,b,c,[,d,1,1,{}\n", "csv")
    @example(BEGINNINGS[1], b"a,b,c,[[[[[,\x00,1,1,[1]\n", "csv")
    @example(BEGINNINGS[2], b'"name": {"fr": "\\ud800"}}]}', "json")
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def check(beginning: bytes, rest: bytes, format_) -> None:
        work = shop.commerce.imports.plan_import(shop.site, beginning + rest, format_)
        try:
            asyncio.run_coroutine_threadsafe(work, loop).result()
        except InvalidInput:  # TooLarge is one
            return

    await asyncio.to_thread(check)


async def test_an_import_is_one_change_of_each_thing(shop: Shop):
    head = await shop.commerce.ledger.head(shop.site)
    await apply(shop, CSV)
    page = await shop.commerce.ledger.changes_since(shop.site, head)
    kinds = sorted(change.kind for change in page.changes)
    assert kinds == ["category", "merchant", "product", "product"]
