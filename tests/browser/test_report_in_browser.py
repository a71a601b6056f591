"""report.html in a real browser. `make browser` runs these; without a browser on the machine they are skipped."""

from collections.abc import Iterator
from pathlib import Path

import chromium
import pytest
from hostile_run import ANSWERS, MARKUP, call, hostile_page, saved

from eval.cases import Case

pytestmark = pytest.mark.skipif(chromium.found() is None, reason="no browser on this machine")

CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")
"""Text that does not stand out from what it stands on (WCAG AA: 4.5 to 1)."""
OPEN_ALL = "document.querySelectorAll('#list details').forEach((one) => { one.open = true; })"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    return hostile_page(tmp_path_factory.mktemp("runs")).as_uri()


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Page]:
    with chromium.browser(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture
def page(tab: chromium.Page, address: str) -> chromium.Page:
    tab.view(1280, 900)
    tab.open("about:blank")
    tab.open(address)
    return tab


def settled(page: chromium.Page) -> None:
    """Wait until what was asked for is drawn."""
    page.run("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")


def test_nothing_an_answer_says_is_run_and_nothing_is_fetched(page: chromium.Page, address: str) -> None:
    page.run(OPEN_ALL)
    settled(page)
    text = "document.querySelector('[data-id=markup] .answer:last-child .text')"
    assert (
        page.run(f"[...{text}.querySelectorAll('sup')].forEach((mark) => mark.remove()), {text}.textContent") == MARKUP
    )
    assert page.run("document.title").startswith("<cases>.jsonl: FAIL")
    assert page.run("document.querySelectorAll('img, iframe, a[href^=javascript]').length") == 0
    assert page.complaints() == []
    assert page.requests() == [address]


def test_the_verdict_is_the_first_thing_said_in_either_language(page: chromium.Page) -> None:
    assert page.run("document.querySelector('#verdict h2').textContent").endswith(
        "No verdict"
    )  # one case in five erred
    assert "without an answer" in page.run("document.querySelector('#verdict .lead').textContent")
    page.run("document.getElementById('language').click()")
    assert page.run("document.documentElement.lang") == "zh"
    assert page.run("document.querySelector('#verdict h2').textContent").endswith("无法判定")
    page.run(OPEN_ALL)
    settled(page)
    seen = page.run("document.body.innerText")
    assert "undefined" not in seen
    assert "object Object" not in seen
    assert "Cases" not in seen
    page.run("document.getElementById('language').click()")
    assert "undefined" not in page.run("document.body.innerText")


def test_cases_are_found_and_opened_with_the_keyboard(page: chromium.Page) -> None:
    page.run("document.getElementById('find').focus()")
    for letter in "lamp":
        page.press(letter)
    assert page.run("document.querySelectorAll('#list > li').length") == 2
    page.run("document.querySelector('#list summary').focus()")
    page.press("ArrowDown")
    page.press("Enter")
    settled(page)
    assert page.run("document.activeElement.closest('li') === document.querySelectorAll('#list > li')[1]")
    assert page.run("document.querySelectorAll('#list > li')[1].querySelector('.body .question').textContent")
    page.run("document.querySelector('#state').value = 'error'")
    page.run("document.querySelector('#state').dispatchEvent(new Event('change'))")
    assert page.run("document.getElementById('count').textContent") == "No case fits these filters."


def test_changed_words_and_statements_are_marked_where_they_stand(page: chromium.Page) -> None:
    page.run(OPEN_ALL)
    settled(page)
    case = "document.querySelector('[data-id=price]')"
    assert page.run(f"[...{case}.querySelectorAll('del')].map((one) => one.textContent)") == ["49.90"]
    assert page.run(f"[...{case}.querySelectorAll('ins')].map((one) => one.textContent)") == ["44.40"]
    claim = page.run(f"{case}.querySelector('.answer:last-child .claim').textContent")
    assert claim.startswith("The Aurora Desk Lamp costs $44.40")
    assert claim.endswith("✗1")  # a sign, not only a colour
    party = page.run("document.querySelector('[data-id=party] .answer:last-child .claim').textContent")
    assert party.startswith("🎉🎉 Aurora")  # offsets count code points
    assert "“$49.90” or “49.90 USD”" in page.run(f"{case}.querySelector('.why').textContent")
    first = page.run("[...document.querySelectorAll('#list > li > details')].slice(0, 3).map((one) => one.dataset.id)")
    assert set(first) == {"late", "price", "party"}  # what got worse stands first


def test_slices_sort_and_lead_to_their_cases(page: chromium.Page) -> None:
    button = "document.querySelector('#sliced button[data-by=n]')"
    page.run(f"{button}.click()")
    page.run(f"{button}.click()")
    counts = page.run(
        "[...document.querySelectorAll('#sliced tbody tr')].map((row) => Number(row.cells[1].textContent))"
    )
    assert counts == sorted(counts, reverse=True)
    assert page.run(f"{button}.closest('th').ariaSort") == "descending"
    page.run("[...document.querySelectorAll('#sliced .link')].find((one) => one.textContent.includes('><b>')).click()")
    assert page.run("[...document.querySelectorAll('#list details')].map((one) => one.dataset.id)") == ["party"]


def test_a_case_has_an_address(tab: chromium.Page, address: str) -> None:
    tab.open("about:blank")
    tab.open(f"{address}#case=boats")
    settled(tab)
    assert tab.run("document.querySelector('#list details[open]').dataset.id") == "boats"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [390, 1280])
def test_it_reads_well_light_and_dark_narrow_and_wide(page: chromium.Page, width: int, *, dark: bool) -> None:
    page.view(width, 900, dark=dark)
    page.run(OPEN_ALL)
    page.run("document.getElementById('all-metrics').open = true")
    settled(page)
    assert page.run(CONTRAST) == []
    assert page.run("document.documentElement.scrollWidth") <= width
    ground = "getComputedStyle(document.body).backgroundColor"
    shown = page.run(ground)
    page.run("document.getElementById('theme').value = '%s'" % ("light" if dark else "dark"))
    page.run("document.getElementById('theme').dispatchEvent(new Event('change'))")
    assert page.run(ground) != shown
    assert page.run(CONTRAST) == []


def test_on_paper_the_controls_are_gone(page: chromium.Page) -> None:
    page.view(800, 1000, dark=True, media="print")
    assert page.run("document.getElementById('filters').checkVisibility()") is False
    assert page.run("document.querySelector('#verdict h2').checkVisibility()") is True
    assert page.run("getComputedStyle(document.documentElement).colorScheme") == "light"


def test_many_cases_are_drawn_as_they_are_needed(tab: chromium.Page, tmp_path: Path) -> None:
    cases = [Case(id=f"c{at}", question=f"How much is lamp {at}?") for at in range(180)]
    folder = saved(tmp_path / "many", {case.id: ANSWERS["before"]["price"] for case in cases}, cases)
    assert call("report", folder).exit_code == 0
    tab.view(1280, 900)
    tab.open((folder / "report.html").as_uri())
    rows = "document.querySelectorAll('#list > li').length"
    assert 50 <= tab.run(rows) < 180
    for _ in range(3):
        tab.run("document.getElementById('more').click()")
    assert tab.run(rows) == 180
    assert tab.run("document.getElementById('more').hidden") is True
