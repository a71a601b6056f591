"""What the log and the metrics tell of requests, and what they never tell."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_shop import open_fake
from litestar.testing import TestClient
from prometheus_client.parser import text_string_to_metric_families

from guide.app import create_app
from guide.config import Limits, LogSettings, Settings
from guide.metrics import REFUSALS
from guide.problems import KINDS
from guide.security import keys

PAGE = Path(__file__).parents[2] / "docs" / "operations.md"
SHOP = "https://shop.example"


class Told:
    """The request lines that were written."""

    def __init__(self, caplog: pytest.LogCaptureFixture) -> None:
        self._caplog = caplog

    @property
    def lines(self) -> list[dict[str, Any]]:
        found = [record.msg for record in self._caplog.records if isinstance(record.msg, dict)]
        return [line for line in found if line["event"] == "request"]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Told:
    caplog.set_level(logging.DEBUG)
    return Told(caplog)


def serving(settings: Settings) -> TestClient:
    return TestClient(create_app(settings, open_fake), base_url="http://127.0.0.1", raise_server_exceptions=False)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with serving(Settings(data=tmp_path)) as running:
        yield running


@pytest.mark.parametrize("stream", [False, True])
def test_an_answer_is_one_line(client: TestClient, told: Told, stream: bool) -> None:
    response = client.post("/v1/ask", json={"question": "降噪耳机", "stream": stream})
    (line,) = told.lines
    assert line["ms"] > 0
    assert line["answer_id"] in response.text
    assert len(line["question_mark"]) == 16
    expected = {"method": "POST", "route": "/v1/ask", "status": 200, "outcome": "answered", "writer": "composer",
                "question_chars": 4}  # fmt: skip
    assert line.items() >= expected.items()
    assert "question" not in line


def test_refusals_and_breaks_are_told(client: TestClient, told: Told) -> None:
    client.post("/v1/ask", json={"question": "boom"})
    client.post("/v1/ask", json={"question": "broken", "stream": True})
    client.get("/v1/products/13800138000")
    client.get("/nowhere/13800138000")
    client.get("/healthz")
    client.get("/healthz", headers={"host": "evil.example"})
    found = [(line["route"], line["status"], line.get("problem"), line.get("outcome")) for line in told.lines]
    assert found == [
        ("/v1/ask", 500, "internal", None),
        ("/v1/ask", 200, None, "error"),
        ("/v1/products/{product_id}", 404, "unknown_product", None),
        ("other", 404, "not_found", None),
        ("/healthz", 403, "host_refused", None),
    ]


def test_a_search_tells_the_length_of_its_query(client: TestClient, told: Told) -> None:
    client.post("/v1/search", json={"query": "耳机 300"})
    assert told.lines[0]["question_chars"] == 6


def test_the_key_is_told_by_its_id(tmp_path: Path, told: Told, caplog: pytest.LogCaptureFixture) -> None:
    made = keys.add(tmp_path, "secret", "ERP")
    with serving(Settings(data=tmp_path)) as client:
        headers = {"authorization": f"Bearer {made.token}"}
        client.post("/v1/ask", json={"question": "x"}, headers=headers)
        client.post("/v1/ask", json={"question": "x"}, headers={"authorization": f"Bearer {made.token}x"})
        figures = client.get("/metrics", headers=headers).text
    assert [line.get("key") for line in told.lines] == [made.key.id, None]
    assert made.token not in caplog.text + figures


def test_words_are_told_only_where_the_settings_say_so(tmp_path: Path, told: Told) -> None:
    with serving(Settings(data=tmp_path, logs=LogSettings(questions=True, hash_key="k"))) as client:
        client.post("/v1/ask", json={"question": "退货吗"})
    assert told.lines[0]["question"] == "退货吗"


def personal(number: int) -> tuple[str, list[str]]:
    """A question with things that must not be found anywhere, and those things."""
    parts = [
        f"1380013{number:04}",
        f"zhang.wei{number}@example.com",
        f"62220202000{number:08}",
        f"文化路{number}号王小{number}",
    ]
    words = ["can I return it", "boom", "broken", "能退货吗", "compare", "\r\nrequest status=200", "' OR 1=1 --"]
    return f"{words[number % len(words)]} {' '.join(parts)}", parts


def test_200_questions_leave_no_trace(client: TestClient, told: Told, caplog: pytest.LogCaptureFixture) -> None:
    seeds: list[str] = []
    problems: list[str] = []
    for number in range(200):
        question, parts = personal(number)
        seeds += parts
        filters = {"attributes": {"color": [question]}} if number % 3 else {}
        turns = [{"role": "user", "content": question}, {"role": "assistant", "content": "…", "product_ids": parts}]
        body = {"question": question, "stream": number % 2 == 0, "filters": filters, "history": turns}
        response = client.post("/v1/ask", json=body)
        problems += [response.text] if response.status_code >= 400 else []
    problems += [client.post("/v1/ask", json={"question": seeds[0] * 3000}).text]
    problems += [client.post("/v1/ask", json={"question": question, "history": [{"role": seeds[0]}]}).text]
    written = "\n".join(str(record.__dict__) if record.exc_info is None else record.getMessage()
                        for record in caplog.records)  # fmt: skip
    everything = "\n".join([written, client.get("/metrics").text, *problems])
    assert len(told.lines) > 200
    assert len(problems) > 20
    assert [seed for seed in seeds if seed in everything] == []


def samples(text: str) -> dict[str, Any]:
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(text: str, name: str, **labels: str) -> float:
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == name and sample.labels.items() >= labels.items():
                return sample.value
    return 0.0


def test_answers_are_counted_by_stage_and_reason(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": "x"})
    client.post("/v1/ask", json={"question": "x", "stream": True})
    client.get("/v1/products/none")
    text = client.get("/metrics").text
    assert value(text, "guide_answers_total", outcome="answered") == 2
    assert value(text, "guide_stage_seconds_count", stage="first_event") == 2
    assert value(text, "guide_stage_seconds_count", stage="first_text") == 2
    assert value(text, "guide_requests_total", route="/v1/ask", status="200") == 2
    assert value(text, "guide_requests_total", route="/v1/products/{product_id}", status="404") == 1
    assert value(text, "guide_failed_checks_total", check="number") == 2
    assert value(text, "guide_model_calls_total", result="timeout") == 1
    assert value(text, "guide_in_flight") == 0
    assert value(text, "guide_snapshot_age_seconds") > 0


def test_refusals_are_counted_by_reason(tmp_path: Path) -> None:
    public = keys.add(tmp_path, "publishable", origins=(SHOP,)).token
    secret = {"authorization": f"Bearer {keys.add(tmp_path, 'secret').token}"}
    page = {"authorization": f"Bearer {public}"}
    ask = {"question": "x"}
    with serving(Settings(data=tmp_path, limits=Limits(per_key="2/hour", max_in_flight=0))) as client:
        client.post("/v1/ask", json=ask)
        client.post("/v1/ask", json=ask, headers={"authorization": "Bearer pk_wrong"})
        client.post("/v1/ask", json=ask, headers=page | {"origin": "https://evil.example"})
        for _ in range(3):
            client.post("/v1/ask", json=ask, headers=page)
        text = client.get("/metrics", headers=secret).text
    counts = {
        reason: value(text, "guide_refused_total", reason=reason) for reason in ("key", "origin", "admission", "rate")
    }
    assert counts == {"key": 2, "origin": 1, "admission": 2, "rate": 1}


def test_the_page_lists_every_metric(client: TestClient) -> None:
    client.post("/v1/ask", json={"question": "x"})
    client.post("/v1/ask", json={"question": "unknown"})
    section = PAGE.read_text("utf-8").split("\n## Metrics\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| ([\w, ]*) ?\|", section, re.MULTILINE)
    listed = {name.removesuffix("_total"): (kind, set(re.findall(r"\w+", labels))) for name, kind, labels in rows}
    families = samples(client.get("/metrics").text)
    assert {name: kind for name, (kind, _) in listed.items()} == {name: f.type for name, f in families.items()}
    for name, family in families.items():
        used = {label for sample in family.samples for label in sample.labels} - {"le"}
        assert used <= listed[name][1], name
    reasons = section.split("`guide_refused_total`")[1].split("\n")[0]
    assert all(reason in reasons for reason in REFUSALS.values())
    assert REFUSALS.keys() <= KINDS.keys()
