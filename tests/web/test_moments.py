"""Moments in answers name their zone: a browser takes one without it for the time of where it is."""

from __future__ import annotations

import re

BARE = re.compile(r'"(\w+)":"\d{4}-\d\d-\d\dT[\d:.]+"')


def test_every_moment_of_a_site_a_page_and_a_token_is_told_with_its_zone(askers):
    owner = askers["owner"]
    site = owner.ask("POST", "/api/sites", json={"name": "Fuseaux"}).json()["id"]
    page = owner.ask("GET", f"/api/sites/{site}/pages").json()[0]["id"]
    owner.ask("POST", f"/api/pages/{page}/versions", json={"label": "Midi"}).raise_for_status()
    owner.ask("POST", f"/api/sites/{site}/publish").raise_for_status()
    for path, name in (
        ("/api/sites", "updated_at"),
        (f"/api/sites/{site}", "published_at"),
        (f"/api/sites/{site}/deployments", "created_at"),
        (f"/api/pages/{page}", "published_at"),
        (f"/api/pages/{page}/history", "ended_at"),
        (f"/api/pages/{page}/versions", "at"),
        ("/api/tokens", "created_at"),
    ):
        told = owner.ask("GET", path).raise_for_status().text
        assert f'"{name}":"' in told, path
        assert BARE.findall(told) == [], path
