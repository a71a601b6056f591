"""One contract for every kind of target: asked through the runner, read into one shape, scored where it speaks."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from eval.answer import Answer, read_answer, read_hits
from eval.asking import Job
from eval.cases import Case, Turn
from eval.outcomes import DECLINED, REPLIED
from eval.results import Folder, Row, RunInfo
from eval.runner import Settings, config_of, run
from eval.score import METRICS, judge
from eval.targets.choose import TargetOptions, choose
from eval.targets.model import Target

TEXT = "The Aurora lamp costs $49.90 [1]."
OFFER = {"price": {"amount": 4990, "currency": "USD"}, "availability": "in_stock"}
CARD = {"id": "lamp", "title": "Aurora", "offer": OFFER}
CITATION = {"n": 1, "record_id": "lamp", "quote": "49.90 USD"}
PASSAGE = {"record_id": "lamp", "text": "Aurora, 49.90 USD"}
NATIVE = {
    "outcome": "answered", "text": TEXT, "language": "en", "products": [CARD], "citations": [CITATION],
    "claims": [{"start": 0, "end": len(TEXT), "citations": [1], "kind": "answer"}], "evidence": [PASSAGE],
    "usage": {"kept": 1},
}  # fmt: skip
TOKENS = {"prompt_tokens": 11, "completion_tokens": 7}
PEER = {
    "result": {"reply": TEXT, "status": "ok"}, "lang": "en", "cost": {"in": 11, "out": 7},
    "items": [{"sku": "lamp", "name": "Aurora", "price": 49.9, "stock": "in_stock"}],
    "sources": [{"doc": "lamp", "snippet": "49.90 USD"}],
    "contexts": ["Aurora, 49.90 USD"],
}  # fmt: skip
PEER_FILE = """
name = "peer"
path = "/api/query"
[headers]
X-Shop = "one"
[key]
env = "PEER_KEY"
header = "X-Key"
scheme = ""
[ready]
path = "/health"
version = "build"
[request]
q = "{question}"
turns = "{history}"
about = "{product_ids}"
lang = "{language}"
options = {top = 3, hint = "in {language}: {question}"}
[response]
text = "result.reply"
outcome = "result.status"
outcomes = {ok = "answered", none = "unanswerable"}
language = "lang"
[response.products]
each = "items[*]"
id = "sku"
title = "name"
price = "price"
in_currency = "USD"
availability = "stock"
[response.citations]
each = "sources[*]"
id = "doc"
quote = "snippet"
marked = true
[response.evidence]
each = "contexts[*]"
text = ""
[response.usage]
input_tokens = "cost.in"
output_tokens = "cost.out"
[search]
path = "/api/search"
request = {q = "{question}", n = 100, kinds = "{types}"}
ids = "found[*].id"
"""
BARE_FILE = """
path = "/api/query"
request = {q = "{question}"}
[response]
text = "result.reply"
"""
SECRET = "sk-secret-0123456789"

Reply = tuple[int, dict[str, str], bytes]


def as_json(body: Any) -> Reply:
    return 200, {"Content-Type": "application/json"}, json.dumps(body).encode()


def as_events(*events: tuple[str, Any]) -> Reply:
    lines = (f"event: {name}\ndata: {json.dumps(data)}\n\n" if name else f"data: {data}\n\n" for name, data in events)
    return 200, {"Content-Type": "text/event-stream"}, (": ping\n\n" + "".join(lines)).encode()


def completion(content: str = TEXT, **message: Any) -> dict[str, Any]:
    return {"choices": [{"message": {"content": content, **message}, "finish_reason": "stop"}], "usage": TOKENS}


def chunks(*deltas: dict[str, Any]) -> list[tuple[str, Any]]:
    said: list[dict[str, Any]] = [
        {"choices": [{"index": 0, "delta": delta, "finish_reason": None}], "usage": None} for delta in deltas
    ]
    ends = [{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}, {"choices": [], "usage": TOKENS}]
    return [("", json.dumps(chunk)) for chunk in [*said, *ends]] + [("", "[DONE]")]


class Kind(NamedTuple):
    """A kind of target: its options, what its API answers, and the parts of an answer it cannot say."""

    options: dict[str, Any]
    reply: Reply
    lacks: set[str]
    file: str = ""


_DONE = {name: value for name, value in NATIVE.items() if name not in ("text", "products", "citations")}
_REFERENCE = {name: value for name, value in NATIVE.items() if name not in ("text", "usage", "evidence")}
KINDS = {
    "native": Kind({"target": "http://api.test"}, as_json(NATIVE), set()),
    "native stream": Kind(
        {"target": "http://api.test", "stream": True},
        as_events(
            ("status", {"answer_id": "a"}), ("products", {"products": [CARD]}), ("text", {"text": TEXT[:10]}),
            ("text", {"text": TEXT[10:]}), ("citation", CITATION), ("done", _DONE),
        ),
        set(),
    ),
    "openai": Kind(
        {"target": "openai:http://api.test/v1", "model": "m", "dont_know": ["don't know"]}, as_json(completion()),
        {"products", "citations", "quotes", "claims", "evidence"},
    ),
    "openai stream": Kind(
        {"target": "openai:http://api.test/v1", "model": "m", "dont_know": ["don't know"], "stream": True},
        as_events(*chunks({"role": "assistant", "content": ""}, {"content": TEXT[:10]}, {"content": TEXT[10:]})),
        {"products", "citations", "quotes", "claims", "evidence"},
    ),
    "guide as openai": Kind(
        {"target": "openai:http://api.test/v1", "model": "shopguide"}, as_json(completion(reference=_REFERENCE)),
        {"evidence"},
    ),
    "mapped": Kind({"target": "http://api.test"}, as_json(PEER), set(), PEER_FILE),
    "mapped, text alone": Kind(
        {"target": "http://api.test"}, as_json(PEER),
        {"outcome", "products", "citations", "quotes", "claims", "evidence"}, BARE_FILE,
    ),
}  # fmt: skip


class Api(NamedTuple):
    """A target and the folder of one run, with every request that came."""

    target: Target
    folder: Folder
    requests: list[httpx.Request]

    def ask(self, reply: Reply | Callable[[httpx.Request], httpx.Response], *cases: Case) -> list[Row]:
        def answer(request: httpx.Request) -> httpx.Response:
            self.requests.append(request)
            if callable(reply):
                return reply(request)
            if "search" in request.url.path:
                ids = [{"id": "lamp"}, {"id": "cup"}]
                return httpx.Response(200, json={"hits": ids, "found": ids})
            status, headers, body = reply
            return httpx.Response(status, headers=headers, content=body)

        jobs = [Job(case, config_of(case, self.target, None), ["faq"]) for case in cases]
        info = RunInfo(
            harness="h", target=self.target.name, snapshot=None, cases_file="c", cases_hash="", catalog=[],
            ids=[case.id for case in cases], configs={job.case.id: job.config for job in jobs},
        )  # fmt: skip
        self.folder.start(info, list(cases))
        settings = Settings(deadline=5.0)
        asyncio.run(run(self.target, jobs, self.folder, settings, transport=httpx.MockTransport(answer)))
        return list(self.folder.saved(info).values())


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def api(kind: Kind, tmp_path: Path) -> Api:
    return opened(kind, tmp_path)


def opened(kind: Kind, tmp_path: Path, file: str | None = None, **options: Any) -> Api:
    said = kind.options | options
    if kind.file:
        path = tmp_path / "target.toml"
        path.write_text(kind.file if file is None else file, "utf-8")
        said["file"] = path
    target = choose(TargetOptions(**said), {"PEER_KEY": SECRET, "OTHER_KEY": SECRET})
    return Api(target, Folder(tmp_path / "run"), [])


def answered(row: Row) -> Answer:
    assert row.error is None
    assert row.ask is not None
    return read_answer(row.ask.body)


def test_an_answer_is_read_into_the_shape_of_the_native_wire(api: Api, kind: Kind) -> None:
    (row,) = api.ask(kind.reply, Case(id="a", question="How much?"))
    answer = answered(row)
    assert answer.text == TEXT
    assert set(answer.lacks) == kind.lacks
    if answer.tells("products"):
        assert [(card.id, card.title) for card in answer.products] == [("lamp", "Aurora")]
        offer = answer.products[0].offer
        assert offer is not None
        assert offer.price is not None
        assert (offer.price.amount, offer.price.currency, offer.availability) == (4990, "USD", "in_stock")
    if answer.tells("citations"):
        assert [(one.n, one.record_id, one.quote) for one in answer.citations] == [(1, "lamp", "49.90 USD")]
    if answer.tells("evidence"):
        assert [one.text for one in answer.evidence] == ["Aurora, 49.90 USD"]
    if answer.tells("outcome"):
        assert answer.outcome in ("answered", REPLIED)
    streamed = bool(kind.options.get("stream"))
    assert row.ask is not None
    assert (row.ask.first_text_ms is not None) == streamed


def test_what_a_target_cannot_say_is_not_applicable_and_never_a_score(api: Api, kind: Kind) -> None:
    case = Case(
        id="a", question="How much?", must=["49.90"], forbidden_ids=["cup"], relevant={"lamp": 1}, references=[TEXT]
    )
    rows = api.ask(kind.reply, case, Case(id="b", question="Boats?", answerable=False))
    first, second = judge([case, Case(id="b", question="Boats?", answerable=False)], {r.id: r for r in rows}, None)
    taken = {metric.name: metric.sample(first).state for metric in METRICS}
    assert taken["must_coverage"] == taken["token_f1"] == taken["ask_ms_p50"] == "scored"
    told = first.answer
    assert told is not None
    assert (taken["accuracy"] == "scored") == told.tells("outcome", "products")
    assert (taken["outcome"] == "scored") == told.tells("outcome")
    assert (taken["abstention_f1"] == "scored") == told.tells("outcome")
    assert (taken["faithfulness_offline"] == "scored") == told.tells("evidence")
    assert (taken["copied_share"] == "scored") == told.tells("evidence")
    assert (taken["nDCG@10"] == "scored") == (api.target.search(case, []) is not None)
    assert (taken["input_tokens"] == "scored") == (told.usage is not None and told.usage.input_tokens is not None)
    assert not [name for name, state in taken.items() if state == "error"]
    unanswerable = {metric.name: metric.sample(second) for metric in METRICS}["accuracy"]
    assert unanswerable.state == ("scored" if told.tells("outcome") else "not_applicable")
    if told.tells("outcome"):
        assert unanswerable.values == (0.0,)


def test_the_raw_reply_is_kept_where_it_was_translated(api: Api, kind: Kind) -> None:
    api.ask(kind.reply, Case(id="a", question="How much?"))
    (row,) = api.folder.rows().values()
    assert row.ask is not None
    native = api.target.name == "http://api.test" and not kind.file
    assert (row.ask.raw is None) == native


def test_history_and_question_are_sent(api: Api, kind: Kind) -> None:
    history = [Turn(role="user", content="lamps?"), Turn(role="assistant", content="Two.", product_ids=["lamp"])]
    case = Case(id="a", question="第二个呢？", history=history, filters={"in_stock": True})
    api.ask(kind.reply, case)
    sent = json.loads(api.requests[0].content)
    assert "第二个呢？" in json.dumps(sent, ensure_ascii=False)
    assert ("lamps?" in json.dumps(sent)) == ("history" not in api.target.unsent(case))
    assert ("in_stock" in json.dumps(sent)) == ("filters" not in api.target.unsent(case))


@pytest.mark.parametrize(
    "broken",
    [as_json([]), as_json({"outcome": "answered"}), (200, {}, b"<html>"), (200, {}, b""), (200, {}, b'{"a": "\xff"}')],
)
def test_a_body_that_is_no_answer_is_an_error(api: Api, broken: Reply) -> None:
    (row,) = api.ask(broken, Case(id="a", question="q"))
    assert row.error is not None
    assert (row.error.kind, row.ask) == ("answer", None)


def test_a_status_is_an_error_with_its_words(api: Api) -> None:
    (row,) = api.ask((418, {}, b"teapot"), Case(id="a", question="q"))
    assert row.error is not None
    assert (row.error.kind, row.error.status) == ("http", 418)
    assert "teapot" in row.error.detail


def test_a_busy_target_is_asked_again(api: Api, kind: Kind) -> None:
    def busy_once(_: httpx.Request) -> httpx.Response:
        if len(api.requests) == 1:
            return httpx.Response(503, headers={"Retry-After": "0"})
        status, headers, body = kind.reply
        return httpx.Response(status, headers=headers, content=body)

    (row,) = api.ask(busy_once, Case(id="a", question="q"))
    assert answered(row).text == TEXT
    assert row.ask is not None
    assert row.ask.attempts == 2


def test_the_key_is_sent_and_never_saved(kind: Kind, tmp_path: Path) -> None:
    api = opened(kind, tmp_path, **({} if kind.file else {"key_env": "OTHER_KEY"}))
    if "[key]" not in kind.file and kind.file:
        pytest.skip("this file names no key")

    def echo(request: httpx.Request) -> httpx.Response:
        assert SECRET in " ".join(request.headers.values())
        return httpx.Response(401, text=f"wrong key {SECRET}")

    (row,) = api.ask(echo, Case(id="a", question="q"))
    assert row.error is not None
    assert row.error.detail.endswith("wrong key ***")
    assert kind.reply[2]
    api.ask((200, kind.reply[1], kind.reply[2].replace(TEXT.encode(), SECRET.encode())), Case(id="b", question="q"))
    for file in api.folder.path.iterdir():
        assert SECRET not in file.read_text("utf-8")
    assert SECRET not in json.dumps(api.target.identity())


def test_the_config_follows_the_target(api: Api, kind: Kind, tmp_path: Path) -> None:
    case = Case(id="a", question="q")
    config = config_of(case, api.target, "v1")
    again = tmp_path / "again"
    again.mkdir()
    assert config == config_of(case, opened(kind, again).target, "v1")
    assert config != config_of(case, api.target, "v2")
    assert config != config_of(Case(id="a", question="other"), api.target, "v1")
    moved = kind.options["target"].replace("api.test", "other.test")
    assert config != config_of(case, opened(kind, again, target=moved).target, "v1")
    if kind.file:
        changed = opened(kind, again, file=kind.file.replace("result.reply", "result.other"))
        assert config != config_of(case, changed.target, "v1")
    elif "model" in kind.options:
        assert config != config_of(case, opened(kind, again, model="n").target, "v1")


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.options.get("stream")])
def test_a_stream_that_ends_early_or_tells_of_an_error_is_no_answer(name: str, tmp_path: Path) -> None:
    kind = KINDS[name]
    api = opened(kind, tmp_path)
    status, headers, body = kind.reply
    (cut,) = api.ask((status, headers, body[: body.index(TEXT[:10].encode()) + 14]), Case(id="a", question="q"))
    failing = b'event: error\ndata: {"error": {"message": "boom"}, "title": "boom", "detail": "x"}\n\n'
    (failed,) = api.ask((status, headers, failing), Case(id="a", question="q"))
    assert cut.error is not None
    assert failed.error is not None
    assert (cut.error.kind, failed.error.kind) == ("answer", "answer")
    assert "boom" in failed.error.detail


def test_a_dont_know_sentence_is_an_abstention(tmp_path: Path) -> None:
    api = opened(KINDS["openai"], tmp_path)
    reply = as_json(completion("Sorry, I DON'T KNOW that."))
    (row,) = api.ask(reply, Case(id="a", question="q"))
    assert answered(row).outcome == DECLINED
    case = Case(id="a", question="q", outcome=["unanswerable", "no_match"], answerable=False)
    (judged,) = judge([case], {"a": row}, None)
    assert judged.abstained
    assert {metric.name: metric.sample(judged) for metric in METRICS}["accuracy"].values == (1.0,)


def test_a_refusal_of_a_model_is_refused(tmp_path: Path) -> None:
    api = opened(KINDS["openai"], tmp_path)
    (row,) = api.ask(as_json(completion("", refusal="I cannot help.")), Case(id="a", question="q"))
    assert (answered(row).outcome, answered(row).text) == ("refused", "I cannot help.")


def test_a_guide_is_told_which_products_its_earlier_answers_showed(tmp_path: Path) -> None:
    api = opened(KINDS["guide as openai"], tmp_path)
    history = [Turn(role="user", content="lamps?"), Turn(role="assistant", content="Two.", product_ids=["lamp"])]
    api.ask(KINDS["guide as openai"].reply, Case(id="a", question="q", history=history))
    sent = json.loads(api.requests[0].content)
    assert sent["reference"] is True
    assert sent["messages"][1]["reference"] == {"products": [{"id": "lamp"}]}


def test_a_mapped_request_leaves_out_what_a_case_has_not(tmp_path: Path) -> None:
    api = opened(KINDS["mapped"], tmp_path)
    api.ask(KINDS["mapped"].reply, Case(id="a", question="q", language="zh", relevant={"lamp": 1}))
    sent, search = (json.loads(request.content) for request in api.requests)
    assert sent == {"q": "q", "lang": "zh", "options": {"top": 3, "hint": "in zh: q"}}
    assert search == {"q": "q", "n": 100, "kinds": ["faq"]}
    assert api.requests[0].headers["X-Shop"] == "one"
    (row,) = api.folder.rows().values()
    assert row.search is not None
    assert read_hits(row.search.body) == ["lamp", "cup"]


def test_a_mapped_get_sends_its_request_as_a_query(tmp_path: Path) -> None:
    file = BARE_FILE.replace('path = "/api/query"', 'path = "/api/query"\nmethod = "GET"')
    file = file.replace('"{question}"}', '"{question}", turns = "{history}", ids = "{product_ids}"}')
    api = opened(KINDS["mapped, text alone"], tmp_path, file=file)
    history = [Turn(role="user", content="灯？")]
    api.ask(KINDS["mapped"].reply, Case(id="a", question="多少钱？", history=history, product_ids=["b", "c"]))
    (request,) = api.requests
    assert (request.method, request.url.params["q"], request.content) == ("GET", "多少钱？", b"")
    assert json.loads(request.url.params["turns"]) == [{"role": "user", "content": "灯？"}]
    assert request.url.params.get_list("ids") == ["b", "c"]


def test_a_mapped_outcome_without_an_entry_is_an_error_that_names_it(tmp_path: Path) -> None:
    api = opened(KINDS["mapped"], tmp_path)
    strange = PEER | {"result": {"reply": TEXT, "status": "meh"}}
    (row,) = api.ask(as_json(strange), Case(id="a", question="q"))
    assert row.error is not None
    assert "'meh' has no entry in response.outcomes" in row.error.detail
    without = PEER | {"result": {"reply": TEXT}}
    (row,) = api.ask(as_json(without), Case(id="b", question="q"))
    assert (answered(row).outcome, "outcome" in answered(row).lacks) == (None, True)


def test_what_is_no_price_is_no_price(tmp_path: Path) -> None:
    api = opened(KINDS["mapped"], tmp_path)
    for price in ("on request", None, True, -3, "1,299", 12.345):
        reply = as_json(PEER | {"items": [{"sku": 7, "price": price}, {"name": "no id"}]})
        rows = api.ask(reply, Case(id=repr(price), question="q"))
        (card,) = answered(rows[-1]).products
        assert card.id == "7"
        assert card.offer is not None
        assert card.offer.price is None
