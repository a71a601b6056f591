"""Countries that a question wants something sent to, and whether the shop's texts cover them."""

import pytest

from guide.understand.places import unreached

TEXTS = "We ship to Germany and France.\n香港、澳门订单满 500 元包邮。"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("do you ship to Brazil", ["BR"]),
        ("能寄到巴西吗", ["BR"]),
        ("can you deliver to the UK?", ["GB"]),
        ("do you ship to Germany", []),
        ("可以寄到德国吗", []),  # the same country in the other language
        ("do you deliver to Hong Kong", []),
        ("was it made in Brazil?", []),  # nothing is sent
        ("can you send the turkey roaster today", []),
        ("寄到巴西和法国", ["BR"]),
    ],
)
def test_a_country_is_unreached_until_a_text_names_it(text: str, codes: list[str]) -> None:
    assert unreached(text, TEXTS) == codes


@pytest.mark.parametrize(
    "wide",
    [
        "We ship worldwide.",
        "Do you ship internationally?\nYes, from 30 euros.",
        "We deliver to all of South America.",
        "全球直邮，15 天送达。",
        "We send to any country.",
    ],
)
def test_a_text_for_all_the_world_or_a_continent_covers_every_country(wide: str) -> None:
    assert unreached("do you ship to Brazil", wide) == []


def test_a_heading_that_only_asks_covers_nothing() -> None:
    assert unreached("do you ship to Brazil", "Do you ship internationally?\nOnly to France.") == ["BR"]
