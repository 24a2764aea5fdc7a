"""Settings are checked before anything starts, and an error says what to write instead."""

from __future__ import annotations

import pytest

from vitrail.core.errors import InvalidInput
from vitrail.core.settings import Settings, load_settings


def test_the_defaults_need_nothing():
    settings = load_settings({})
    assert settings == Settings()
    assert settings.is_sqlite
    assert settings.folder.is_absolute()


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("VITRAIL_DATABSE_URL", "VITRAIL_DATABASE_URL"),
        ("VITRAIL_BASEURL", "VITRAIL_BASE_URL"),
        ("VITRAIL_OPENAI_KEY", "VITRAIL_OPENAI_API_KEY"),
        ("VITRAIL_data", "VITRAIL_DATA"),
    ],
)
def test_an_unknown_name_is_refused_with_the_nearest_one(tmp_path, name, near):
    with pytest.raises(InvalidInput, match=f"unknown setting {name}$") as refused:
        load_settings({name: "x"})
    assert refused.value.hint == f"did you mean {near}?"
    file = tmp_path / "vitrail.toml"
    file.write_text(f'{name} = "x"')
    with pytest.raises(InvalidInput, match=r"vitrail\.toml"):
        load_settings({}, file=file)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("VITRAIL_DATABASE_URL", "mysql://x", "postgresql\\+asyncpg"),
        ("VITRAIL_DATABASE_URL", "postgresql://x", "postgresql\\+asyncpg"),
        ("VITRAIL_REDIS_URL", "localhost:6379", "redis://"),
        ("VITRAIL_BASE_URL", "studio.example", "full URL"),
        ("VITRAIL_BASE_URL", "ftp://studio.example", "full URL"),
        ("VITRAIL_SITES_URL", "//sites.example", "full URL"),
        ("VITRAIL_OPENAI_BASE_URL", "api", "full URL"),
        ("VITRAIL_SECRET", "short", "32 characters"),
        ("VITRAIL_DRAIN_SECONDS", "soon", "must be a number"),
        ("VITRAIL_DRAIN_SECONDS", "-1", "from 0 to 600"),
        ("VITRAIL_DRAIN_SECONDS", "nan", "from 0 to 600"),
    ],
)
def test_a_bad_value_is_refused_by_name(name, value, said):
    with pytest.raises(InvalidInput, match=said) as refused:
        load_settings({name: value})
    assert name in refused.value.message
    assert value not in refused.value.message or name != "VITRAIL_SECRET"


def test_names_that_kubernetes_injects_and_those_of_others_are_left_alone():
    environ = {
        "VITRAIL_PORT": "tcp://10.0.0.1:80",
        "VITRAIL_PORT_80_TCP": "tcp://10.0.0.1:80",
        "VITRAIL_SERVICE_HOST": "10.0.0.1",
        "PATH": "/bin",
    }
    assert load_settings(environ) == Settings()


def test_the_command_line_wins_over_the_environment_and_that_over_the_file(tmp_path):
    file = tmp_path / "vitrail.toml"
    file.write_text('VITRAIL_DATA = "file"\nVITRAIL_BASE_URL = "https://file.example"\n')
    found = load_settings({"VITRAIL_DATA": "environment"}, file=file, data=None)
    assert found.data == "environment"
    assert found.base_url == "https://file.example"
    assert load_settings({"VITRAIL_DATA": "environment"}, file=file, data="given").data == "given"


@pytest.mark.parametrize(
    ("content", "said"), [("VITRAIL_DATA = ", "is not TOML"), (None, "cannot be read")]
)
def test_a_bad_file_is_named(tmp_path, content, said):
    file = tmp_path / "vitrail.toml"
    if content is not None:
        file.write_text(content)
    with pytest.raises(InvalidInput, match=said) as refused:
        load_settings({}, file=file)
    assert str(file) in refused.value.message
