from functools import partial

import pytest
from pycrdt import Doc, Map, Text

from vitrail.builder import commands, documents, executor, pages, schema
from vitrail.core.errors import InvalidInput, NotAllowed

WRITE, CONTENT = schema.Scope.WRITE, schema.Scope.CONTENT


class Watched:
    """A page of one text, and what each edit of it touched, as a room would see it."""

    def __init__(self):
        self.doc = documents.create_page("s1")
        site = documents.create_site("Test")
        ops = commands.decode([{"op": "insert", "block": "link", "props": {"text": "Bonjour"}}])
        (self.node,) = executor.execute(self.doc, site, ops, executor.Context()).last
        self.changes, self.held = [], []
        for root in ("nodes", "meta"):
            watched = documents.root(self.doc, root)
            self.held.append(watched)
            watched.observe_deep(partial(self._note, root))

    def _note(self, root, events, _transaction=None):
        for event in events:
            keys = getattr(event, "keys", None) or {}
            touched = tuple((key, change["action"]) for key, change in keys.items())
            self.changes.append(schema.Change(root, tuple(event.path), touched))

    def check(self, scope=WRITE):
        schema.validate(self.doc, "page", self.changes, scope)

    def set(self, key, value):
        self.doc.get("nodes", type=Map)[self.node][key] = value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("type", "section"),
        ("p:href", "javascript:alert(1)"),
        ("p:href", " java\tscript:alert(1)"),
        ("p:href", "&#106;avascript:alert(1)"),
        ("p:href", "data:text/html,x"),
        ("p:unknown", "x"),
        ("p:blank", "yes"),
        ("s:_::color", "red;background:url(x)"),
        ("s:_::background", "url(https://evil.example/x.png)"),
        ("s:_::behavior", "x"),
        ("s:xl::color", "red"),
        ("s:_:active:color", "red"),
        ("s:color", "red"),
        ("pos", "root"),
        ("pos", {"p": "root", "i": "!", "c": 1, "pp": "trash"}),
        ("pos", {"p": "root", "i": "a0", "c": 1.5, "pp": "trash"}),
        ("pos", {"p": "root", "i": "a0", "c": 1, "pp": "trash", "x": 1}),
        ("tag", "script"),
        ("anchor", 'x" onload='),
        ("name", "x" * 201),
        ("onclick", "x"),
        ("text@fr", "not a text"),
        ("p:href", "/" + "x" * 17_000),
    ],
)
def test_a_key_that_breaks_the_page_model_is_refused(key, value):
    page = Watched()
    page.set(key, value)
    with pytest.raises(InvalidInput):
        page.check()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("p:href", "https://example.org"),
        ("p:href", "page:abc"),
        ("p:blank", True),
        ("s:sm:hover:color", "$color.primary"),
        ("s:_::background", "url(asset:abc)"),
        ("s:_::gridTemplateAreas", '"a b" "c d"'),
        ("pos", {"p": "root", "i": "a0", "c": 9.0, "pp": "trash"}),
        ("lock", True),
    ],
)
def test_a_key_within_the_page_model_passes(key, value):
    page = Watched()
    page.set(key, value)
    page.check()


def test_a_node_is_never_deleted():
    page = Watched()
    del page.doc.get("nodes", type=Map)[page.node]
    with pytest.raises(InvalidInput):
        page.check()


def test_a_new_node_is_checked_whole():
    page = Watched()
    page.doc.get("nodes", type=Map)["new1"] = Map({"type": "box"})
    with pytest.raises(InvalidInput, match="position"):
        page.check()


def test_a_content_editor_may_type_and_change_links():
    page = Watched()
    page.doc.get("nodes", type=Map)[page.node]["text@fr"].insert(0, "Ah ", {"bold": True})
    page.set("p:href", "/x")
    page.check(CONTENT)


@pytest.mark.parametrize("key", ["s:_::color", "p:blank", "tag", "name", "pos"])
def test_a_content_editor_may_not_design(key):
    page = Watched()
    page.set(key, "a")
    with pytest.raises(NotAllowed):
        page.check(CONTENT)


def test_a_reader_changes_nothing():
    page = Watched()
    page.doc.get("nodes", type=Map)[page.node]["text@fr"].insert(0, "Ah ")
    with pytest.raises(NotAllowed):
        page.check(schema.Scope.READ)


@pytest.mark.parametrize("attributes", [{"onclick": "x"}, {"link": "javascript:x"}, {"bold": 1}])
def test_a_text_with_a_foreign_attribute_is_refused(attributes):
    page = Watched()
    page.doc.get("nodes", type=Map)[page.node]["text@fr"].insert(0, "Ah ", attributes)
    with pytest.raises(InvalidInput):
        page.check()


def test_an_embedded_type_in_a_text_is_refused():
    page = Watched()
    page.doc.get("nodes", type=Map)[page.node]["text@fr"].insert_embed(0, Map({"a": 1}))
    with pytest.raises(InvalidInput):
        page.check()


def test_an_unknown_root_is_refused():
    with pytest.raises(InvalidInput, match="no root"):
        schema.validate(Doc(), "page", [schema.Change("scripts", ())], WRITE)


def test_a_site_takes_tokens_but_no_remote_images():
    site = documents.create_site("Test")
    documents.root(site, "tokens")["color.primary"] = "#123456"
    change = schema.Change("tokens", (), (("color.primary", "add"),))
    schema.validate(site, "site", [change], WRITE)
    documents.root(site, "tokens")["color.primary"] = "url(//x)"
    with pytest.raises(InvalidInput):
        schema.validate(site, "site", [change], WRITE)


def test_a_content_editor_may_retitle_pages_but_not_move_them():
    site = documents.create_site("Test")
    pages.add_page(site, "p1", {"fr": "Accueil"}, {"fr": ""})
    title = schema.Change("pages", ("p1",), (("title@fr", "update"),))
    schema.validate(site, "site", [title], CONTENT)
    moved = schema.Change("pages", ("p1",), (("pos", "update"),))
    with pytest.raises(NotAllowed):
        schema.validate(site, "site", [moved], CONTENT)


def test_texts_have_every_locale_from_birth():
    page = Watched()
    documents.ensure_locale(page.doc, "de")
    node = page.doc.get("nodes", type=Map)[page.node]
    assert all(isinstance(node[f"text@{locale}"], Text) for locale in ("fr", "en", "de"))
