"""Full-text search in French and English, the same on SQLite and PostgreSQL.

Both databases index words that were made ready here: in lower case without accents, as they are
written and as their Snowball stems (snowballstem.org), so that either finds the same for the same
question. FTS5 knows no French stems, and a PostgreSQL may lack the dictionaries.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Float, Integer, cast, column, func, literal, literal_column, select, table

from vitrail.commerce import tables as t
from vitrail.core.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement, Subquery

MAX_QUERY, MAX_WORDS, MAX_WORD = 200, 12, 60
# How much more a word counts in the name than in the rest.
TITLE_WEIGHT = 8.0
_NAMES = {"fr": "french", "en": "english"}
_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})


def fold(text: str) -> str:
    """Return a text in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    return "".join(c for c in plain if not unicodedata.combining(c))


@cache
def _stemmer(language: str) -> Any:
    # With the first words, not before: it takes 10 MB, and many servers sell nothing.
    import snowballstemmer  # noqa: PLC0415

    make: Any = snowballstemmer.stemmer  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return make(_NAMES[language])


@lru_cache(50_000)  # a stem takes a tenth of a millisecond in plain Python
def stems(word: str, languages: tuple[str, ...] = tuple(_NAMES)) -> tuple[str, ...]:
    """Return a word as it is searched by: as it is, and its stem with and without its accents.

    Args:
        word: In lower case.
        languages: Whose stems; others than French and English have none here.
    """
    plain = fold(word)
    found = [plain]
    for language in languages:
        if language in _NAMES:
            stemmer = _stemmer(language)
            found += [fold(stemmer.stemWord(word)), stemmer.stemWord(plain)]
    return tuple(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    normal = unicodedata.normalize("NFKC", text).casefold()
    return [word[:MAX_WORD] for word in _WORD.findall(normal)]


def indexed(texts: Mapping[str, str], others: Iterable[str] = ()) -> str:
    """Return what is indexed of a text: the words in each language, then those of no language."""
    found = [
        stem
        for locale, text in texts.items()
        for word in _words(text)
        for stem in stems(word, (locale[:2],))
    ]
    found += [stem for text in others for word in _words(text) for stem in stems(word)]
    # A stem may have come apart where its word had a letter with two parts.
    return " ".join(part for stem in found for part in _WORD.findall(stem))


def asked(question: str) -> list[tuple[str, ...]]:
    """Return for each word of a question what it may be found as; the last may be a beginning.

    Raises:
        InvalidInput: The question is too long.
    """
    if len(question) > MAX_QUERY:
        raise InvalidInput(f"a search has at most {MAX_QUERY} characters")
    found = [[p for s in stems(word) for p in _WORD.findall(s)] for word in _words(question)]
    return [tuple(dict.fromkeys(forms)) for forms in found[:MAX_WORDS] if forms]


def hits(question: str, *, is_sqlite: bool) -> Subquery | None:
    """Return the products that a question finds (`product_id`, `rank`), or None if it asks nothing.

    Every word must be there, in one of its forms. The rank is an integer, the larger the better.

    Raises:
        InvalidInput: The question is too long.
    """
    words = asked(question)
    if not words:
        return None
    return _sqlite_hits(words) if is_sqlite else _postgres_hits(words)


def _sqlite_hits(words: Sequence[tuple[str, ...]]) -> Subquery:
    parts = [[f'"{form}"' for form in forms] for forms in words]
    parts[-1][0] += "*"
    question = " AND ".join(f"({' OR '.join(forms)})" for forms in parts)
    index = table("commerce_product_fts", column("rowid", Integer))
    place: ColumnElement[Any] = literal_column("commerce_product_fts")
    rank = func.bm25(place, literal_column(str(TITLE_WEIGHT)), literal_column("1.0"), type_=Float)
    s = t.product_search.c
    return (
        select(s.product_id, cast(func.round(rank * -1_000_000), Integer).label("rank"))
        .select_from(index.join(t.product_search, s.number == index.c.rowid))
        .where(place.op("MATCH")(literal(question)))
        .subquery("hits")
    )


def _postgres_hits(words: Sequence[tuple[str, ...]]) -> Subquery:
    parts = [[f"'{form}'" for form in forms] for forms in words]
    parts[-1][0] += ":*"
    question = " & ".join(f"({' | '.join(forms)})" for forms in parts)
    query = func.to_tsquery(literal_column("'simple'::regconfig"), literal(question))
    vector: ColumnElement[Any] = literal_column(POSTGRES_VECTOR)
    weights: ColumnElement[Any] = literal_column(f"'{{{1 / TITLE_WEIGHT},0.2,0.4,1.0}}'::float4[]")
    rank = cast(func.ts_rank_cd(weights, vector, query) * 1_000_000, Integer)
    return (
        select(t.product_search.c.product_id, rank.label("rank"))
        .where(vector.op("@@")(query))
        .subquery("hits")
    )


# As in the migration, or the index is not used.
POSTGRES_VECTOR = (
    "(setweight(to_tsvector('simple'::regconfig, title), 'A'::\"char\")"
    " || setweight(to_tsvector('simple'::regconfig, body), 'D'::\"char\"))"
)
