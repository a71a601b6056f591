"""The real `openai` client against a real server: completions, streams, errors, and what "the second one" means."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import openai
import pytest
from openai import OpenAI
from served import FAKE, REAL, served

from guide.security import keys


def client(address: str, key: str = "none") -> OpenAI:
    return OpenAI(base_url=f"{address}/v1", api_key=key, max_retries=0, timeout=30)


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenAI]:
    folder = tmp_path_factory.mktemp("fake")
    with served(folder, FAKE, SHOPGUIDE_DATA=str(folder)) as address, client(address) as found:
        yield found


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory, sample_data: Path) -> Iterator[OpenAI]:
    """The sample shop, with words only."""
    folder = tmp_path_factory.mktemp("guide")
    data = shutil.copytree(sample_data, folder / "data")
    with served(folder, REAL, SHOPGUIDE_DATA=str(data)) as address, client(address) as found:
        yield found


def said(role: str, content: object) -> Any:
    return {"role": role, "content": content}


def ask(client: OpenAI, *messages: Any, **options: Any) -> Any:
    return client.chat.completions.create(model="shopguide", messages=[*messages], **options)


def native(client: OpenAI, question: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.post(str(client.base_url).rstrip("/") + "/ask", json={"question": question}).json()
    return answer


def test_the_guide_is_the_one_model(fake):
    assert [model.id for model in fake.models.list()] == ["shopguide"]
    assert fake.models.retrieve("shopguide").created > 0
    with pytest.raises(openai.NotFoundError) as refused:
        fake.models.retrieve("gpt-4o")
    assert refused.value.code == "unknown_model"


@pytest.mark.parametrize("question", ["降噪耳机推荐", "which headphones?", "对比一下"])
def test_a_completion_is_the_native_answer(fake, question):
    expected = native(fake, question)
    completion = ask(fake, said("system", "Answer in French"), said("user", question), extra_body={"reference": True})
    (choice,) = completion.choices
    assert choice.finish_reason == "stop"
    assert choice.message.role == "assistant"
    assert choice.message.content == expected["text"]
    for part in ("outcome", "claims", "products", "citations", "follow_ups", "snapshot"):
        assert choice.message.reference[part] == expected[part], part
    assert choice.message.reference.get("table") == expected.get("table")
    assert completion.usage.total_tokens == 0


@pytest.mark.parametrize("question", ["降噪耳机推荐", "which headphones?"])
def test_a_stream_is_the_same_answer(fake, question):
    whole = ask(fake, said("user", question), extra_body={"reference": True}).choices[0]
    stream = ask(fake, said("user", [{"type": "text", "text": question}]), stream=True,
                 stream_options={"include_usage": True}, extra_body={"reference": True})  # fmt: skip
    *chunks, last = list(stream)
    assert not last.choices
    assert last.usage.total_tokens == 0
    assert len({chunk.id for chunk in chunks}) == 1
    deltas = [chunk.choices[0].delta for chunk in chunks]
    assert deltas[0].role == "assistant"
    assert "".join(delta.content or "" for delta in deltas) == whole.message.content
    assert len([delta for delta in deltas if delta.content]) > 1
    assert chunks[-1].choices[0].finish_reason == whole.finish_reason
    assert deltas[-1].reference["products"] == whole.message.reference["products"]


def test_what_an_ordinary_client_sends_besides_is_taken(fake):
    options = {
        "temperature": 0.2, "top_p": 1, "max_tokens": 200, "max_completion_tokens": 200, "seed": 1, "stop": ["\n\n"],
        "presence_penalty": 0, "frequency_penalty": 0, "user": "u", "n": 1, "response_format": {"type": "text"},
        "tools": [{"type": "function", "function": {"name": "f", "parameters": {}}}], "tool_choice": "auto",
        "metadata": {"a": "b"}, "store": False, "parallel_tool_calls": True,
    }  # fmt: skip
    completion = ask(fake, said("developer", "be brief"), said("user", "x"), **options, extra_body={"chat_id": "c"})
    assert completion.choices[0].message.content


@pytest.mark.parametrize(
    ("options", "param"),
    [
        ({"n": 2}, "n"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"tool_choice": {"type": "function", "function": {"name": "f"}}}, "tool_choice"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"logprobs": True}, "logprobs"),
        ({"modalities": ["text", "audio"]}, "modalities"),
    ],
    ids=str,
)
@pytest.mark.parametrize("stream", [False, True])
def test_what_would_change_the_answer_is_refused(fake, options, param, stream):
    with pytest.raises(openai.BadRequestError) as refused:
        ask(fake, said("user", "x"), stream=stream, **options)
    assert (refused.value.param, refused.value.code) == (param, "unsupported_field")
    assert refused.value.type == "invalid_request_error"


@pytest.mark.parametrize(
    ("messages", "param", "code"),
    [
        ([], None, "invalid_question"),
        ([said("user", "x"), said("assistant", "y")], None, "invalid_question"),
        ([said("user", "  ")], None, "invalid_question"),
        ([{"role": "tool", "content": "x", "tool_call_id": "1"}], "messages[0].role", "invalid_body"),
        ([said("user", [{"type": "image_url", "image_url": {"url": "u"}}])], "messages[0].content[0].type",
         "unsupported_field"),
    ],
)  # fmt: skip
def test_messages_that_cannot_be_read_are_named(fake, messages, param, code):
    with pytest.raises(openai.BadRequestError) as refused:
        ask(fake, *messages)
    assert (refused.value.param, refused.value.code) == (param, code)


def test_a_question_that_is_too_long(fake):
    with pytest.raises(openai.APIStatusError) as refused:
        ask(fake, said("user", "长" * 6000))
    assert (refused.value.status_code, refused.value.body["code"]) == (413, "question_too_large")


def test_a_fault_before_the_answer(fake):
    with pytest.raises(openai.InternalServerError) as fault:
        ask(fake, said("user", "boom"))
    assert fault.value.type == "server_error"
    assert "secret" not in str(fault.value.body)


def test_a_fault_within_a_stream_comes_after_what_was_said(fake):
    text = ""
    with pytest.raises(openai.APIError) as fault:  # noqa: PT012 - the text before it counts
        for chunk in ask(fake, said("user", "boom"), stream=True):
            text += chunk.choices[0].delta.content or ""
    assert (fault.value.code, fault.value.type) == ("internal", "server_error")
    assert text


def test_a_key_opens_it_and_nothing_else_does(tmp_path):
    token = keys.add(tmp_path, "publishable", caps=keys.Caps(rate="3/hour")).token
    with served(tmp_path, FAKE, SHOPGUIDE_DATA=str(tmp_path)) as address:
        with client(address) as stranger, pytest.raises(openai.AuthenticationError) as refused:
            stranger.models.list()
        assert refused.value.code == "key_refused"
        with client(address, token) as shopper:
            for _ in range(3):
                assert ask(shopper, said("user", "x")).choices[0].message.content
            with pytest.raises(openai.RateLimitError) as over:
                ask(shopper, said("user", "x"))
        assert over.value.type == "rate_limit_error"
        assert int(over.value.response.headers["retry-after"]) > 0


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/ui/chat"])
def test_leaving_a_stream_gives_its_place_back(tmp_path, path):
    question = [{"role": "user", "content": "slow", "parts": [{"type": "text", "text": "slow"}]}]
    quick = {"messages": [said("user", "x")]}
    with served(tmp_path, FAKE, SHOPGUIDE_DATA=str(tmp_path), SHOPGUIDE_LIMITS__MAX_IN_FLIGHT="1") as address:
        with httpx.stream("POST", address + path, json={"messages": question, "stream": True}) as response:
            lines = response.iter_lines()  # held: letting go of it would close the response
            next(lines)
            assert httpx.post(address + "/v1/chat/completions", json=quick).status_code == 503
        with client(address) as patient:  # it waits as Retry-After says
            assert ask(patient.with_options(max_retries=5), said("user", "x")).choices[0].message.content


TALKS = {"zh": ("三千以内的手机", "第二个防水吗？"), "en": ("phones under 3000", "How heavy is the second one?")}


@pytest.mark.parametrize("language", TALKS)
@pytest.mark.parametrize("sent_back", ["text", "message"])
def test_the_second_one_is_the_second_that_was_named(guide, language, sent_back):
    first, then = TALKS[language]
    wanted = {"reference": True}
    shown = ask(guide, said("user", first), extra_body=wanted).choices[0].message
    cards = [card["id"] for card in shown.reference["products"]]
    assert len(cards) > 1
    back = shown.to_dict() if sent_back == "message" else said("assistant", shown.content)
    told = ask(guide, said("user", first), back, said("user", then), extra_body=wanted).choices[0].message
    assert [card["id"] for card in told.reference["products"]] == [cards[1]]
    pieces = ask(guide, said("user", first), back, said("user", then), stream=True)
    assert "".join(chunk.choices[0].delta.content or "" for chunk in pieces) == told.content


@pytest.mark.parametrize("language", TALKS)
def test_a_text_that_does_not_tell_is_asked_back(guide, language):
    first, then = TALKS[language]
    history = [said("user", first), said("assistant", "I would take the Nanyu N20 or the X5 Pro.")]
    told = ask(guide, *history, said("user", then), extra_body={"reference": True}).choices[0].message
    assert (told.reference["outcome"], told.reference["products"]) == ("needs_clarification", [])
