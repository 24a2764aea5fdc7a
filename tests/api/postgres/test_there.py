"""Queries, products, mutations, webhooks and published shops on PostgreSQL: in one file, so that one server does for all."""

import pytest

from tests.api.test_mutations import *  # noqa: F403
from tests.api.test_once import *  # noqa: F403
from tests.api.test_products import *  # noqa: F403
from tests.api.test_queries import *  # noqa: F403
from tests.api.test_webhooks import *  # noqa: F403
from tests.sites.test_shop_pages import (  # noqa: F401
    site,
    test_published_pages_follow_the_shop_and_not_the_draft,
)

pytestmark = pytest.mark.postgres
