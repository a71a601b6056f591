"""A tiny causal language model with random weights, made here, behind the same Protocol."""

import asyncio
import time
from contextlib import aclosing

import pytest

from catalog.errors import MissingExtraError
from guide.errors import GeneratorError, GeneratorTimeout
from guide.write.local import LocalModel
from guide.write.model import Message

MESSAGES = [Message("system", "a b c"), Message("user", "d e f ?")]
TEMPLATE = "{% for message in messages %}{{ message['content'] }} {% endfor %}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    tokenizers = pytest.importorskip("tokenizers")
    words = {word: i for i, word in enumerate(["<unk>", "<s>", "</s>", *(chr(97 + i) for i in range(26)), "?"])}
    raw = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token="<unk>"))
    raw.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    tokenizer = transformers.PreTrainedTokenizerFast(tokenizer_object=raw, unk_token="<unk>", eos_token="</s>")
    tokenizer.chat_template = TEMPLATE
    torch.manual_seed(0)
    config = transformers.LlamaConfig(
        vocab_size=len(words), hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        bos_token_id=1, eos_token_id=None, pad_token_id=0,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("model")
    tokenizer.save_pretrained(path)
    transformers.LlamaForCausalLM(config).save_pretrained(path)
    return str(path)


async def collect(model, max_tokens=8, seconds=60.0):
    deadline = asyncio.get_running_loop().time() + seconds
    return [piece async for piece in model.stream(MESSAGES, max_tokens, deadline)]


def with_model(name, work):
    async def run():
        model = LocalModel(name)
        try:
            return await work(model)
        finally:
            await model.aclose()

    return asyncio.run(run())


@pytest.mark.slow
def test_it_streams_and_questions_wait_in_line(folder):
    async def work(model):
        return await asyncio.gather(collect(model), collect(model))

    first, second = with_model(folder, work)
    assert len("".join(first).split()) == 8
    assert first == second
    assert len(first) > 1


@pytest.mark.slow
def test_who_finds_the_line_full_is_refused_and_who_leaves_it_makes_room(folder):
    async def opened(model, tokens):
        pieces = model.stream(MESSAGES, tokens, asyncio.get_running_loop().time() + 60)
        return pieces, asyncio.create_task(anext(pieces))

    async def work():
        model = LocalModel(folder, line=1)
        at_work, first = await opened(model, 100_000)
        await first
        in_line, waiting = await opened(model, 1)
        await asyncio.sleep(0)
        with pytest.raises(GeneratorError, match="too many"):
            await collect(model)
        assert not waiting.done()
        waiting.cancel()  # a shopper in line leaves
        await asyncio.gather(waiting, return_exceptions=True)
        next_in_line = asyncio.create_task(collect(model))
        await asyncio.sleep(0)
        await at_work.aclose()  # and so does the one at work: its answer is not finished for nobody
        found = await next_in_line
        await in_line.aclose()
        await model.aclose()
        return found

    assert len("".join(asyncio.run(work())).split()) == 8


@pytest.mark.slow
def test_it_stops_when_nobody_listens_and_at_the_deadline(folder):
    async def work(model):
        await collect(model)
        start = time.monotonic()
        async with aclosing(model.stream(MESSAGES, 100_000, asyncio.get_running_loop().time() + 60)) as pieces:
            await anext(pieces)
        with pytest.raises(GeneratorTimeout):
            await collect(model, max_tokens=100_000, seconds=0.5)
        await collect(model)
        return time.monotonic() - start

    assert with_model(folder, work) < 20


@pytest.mark.slow
def test_a_model_that_cannot_be_loaded_is_a_generator_error(tmp_path):
    with pytest.raises(GeneratorError):
        with_model(str(tmp_path), collect)


def test_a_missing_extra_names_the_command(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(MissingExtraError, match="pip install"):
        LocalModel("any")
