"""A search for a front: what was read from the words is given up when nothing passes, what was asked never is."""

from pathlib import Path

import pytest

from guide.config import Settings
from guide.listing import Wish, find
from guide.shop import Shop, open_shop
from index.api import Filter, PriceFilter


@pytest.fixture(scope="module")
def served(sample_data: Path) -> Shop:
    return open_shop(Settings(data=sample_data))


def test_a_budget_that_nothing_meets_is_given_up_and_told(served: Shop) -> None:
    page = find(Wish(query="100 元以内的手机"), served)
    assert page.relaxed == ["price"]
    assert page.filter.price is None
    assert {hit.id[:5] for hit in page.results.hits} == {"audio"}


def test_a_budget_that_is_met_stays(served: Shop) -> None:
    page = find(Wish(query="phones under ¥1500"), served)
    assert page.relaxed == []
    assert page.filter.price is not None


def test_the_requests_own_filter_is_never_given_up(served: Shop) -> None:
    none = Filter(price=PriceFilter(currency="CNY", max=1))
    page = find(Wish(query="100 元以内的手机", filters=none), served)
    assert (page.results.total, page.relaxed) == (0, [])


def test_pages_of_a_relaxed_search_follow_each_other(served: Shop) -> None:
    first = find(Wish(query="100 元以内的手机", k=2), served)
    second = find(Wish(query="100 元以内的手机", k=2, cursor=first.cursor), served)
    assert second.relaxed == ["price"]
    shown = [hit.id for page in (first, second) for hit in page.results.hits]
    assert len(set(shown)) == 4
