"""What every Reranker promises, held by a fake and the int8 ONNX one, which must be the model it was made from."""

from pathlib import Path

import numpy as np
import pytest
import tiny_bert
from fake_encoder import HashEncoder
from fake_reranker import WordReranker

from index import models
from index.encoders.worker import QueryWorker
from index.errors import ModelError
from index.rerank import Reranker, adapter

TEXTS = ["a red lamp", "quiet vacuum", "the phone is warm " * 20, "", "耳机 70", "a red lamp"]
LAYER = "encoder.layer.1.attention.self.query"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny encoder's folder, with shipped changes of its size."""
    for package in ("torch", "transformers", "onnx", "onnxruntime"):
        pytest.importorskip(package)
    return tiny_bert.write(tmp_path_factory.mktemp("tiny-reader"))


@pytest.fixture(scope="session")
def changes(folder: Path) -> Path:
    from safetensors.numpy import save_file

    chance = np.random.default_rng(3)
    size = tiny_bert.HIDDEN
    shapes = {f"{LAYER}.a": (4, size), f"{LAYER}.b": (size, 4), "head.weight": (1, size), "head.bias": (1,)}
    path = folder / "reader.safetensors"
    save_file({name: chance.normal(size=shape).astype(np.float16) for name, shape in shapes.items()}, path)
    return path


@pytest.fixture
def prepared(folder: Path, changes: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(adapter, "FILE", changes)
    adapter.fingerprint.cache_clear()
    yield adapter.prepare(folder)
    adapter.fingerprint.cache_clear()


@pytest.fixture(params=["fake", "onnx"])
def reranker(request: pytest.FixtureRequest, folder: Path) -> Reranker:
    if request.param == "fake":
        return WordReranker()
    from index.rerank.onnx import OnnxReranker

    return OnnxReranker(request.getfixturevalue("prepared"), folder / "tokenizer.json", 1)


def test_every_text_gets_a_score_in_its_place(reranker: Reranker) -> None:
    assert isinstance(reranker, Reranker)
    scores = reranker.scores("red lamp", TEXTS)
    assert len(scores) == len(TEXTS)
    assert scores[0] == pytest.approx(scores[5], abs=0.05)
    alone = [reranker.scores("red lamp", [text])[0] for text in TEXTS]
    # int8 scales a batch's activations together, so company changes a score a little.
    assert scores == pytest.approx(alone, abs=0.3)


def test_the_question_matters(reranker: Reranker) -> None:
    assert reranker.scores("red lamp", ["a red lamp"]) != pytest.approx(reranker.scores("phone 7", ["a red lamp"]))


def test_no_texts_give_no_scores(reranker: Reranker) -> None:
    assert reranker.scores("red lamp", []) == []


def test_the_merged_model_computes_what_the_changed_encoder_computes(folder: Path, prepared: Path) -> None:
    import torch
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer
    from transformers import BertModel

    from index.rerank.onnx import OnnxReranker

    stored = {name: value.astype(np.float32) for name, value in load_file(adapter.FILE).items()}
    model = BertModel.from_pretrained(folder, add_pooling_layer=False).eval()
    weight = model.get_submodule(LAYER).weight
    weight.data += torch.from_numpy(2.0 * stored[f"{LAYER}.b"] @ stored[f"{LAYER}.a"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def ids(text: str) -> list[int]:
        return list(tokenizer.encode(text, add_special_tokens=False).ids)

    expected = []
    for text in TEXTS[:2]:
        row = torch.tensor([[0, *ids("query: red lamp"), 2, 2, *ids(f"passage: {text}"), 2]])
        with torch.no_grad():
            mean = model(row).last_hidden_state[0].mean(0).numpy()
        expected.append(float(4.0 * stored["head.weight"][0] @ mean + stored["head.bias"][0]))
    found = OnnxReranker(prepared, folder / "tokenizer.json", 1).scores("red lamp", TEXTS[:2])
    assert found == pytest.approx(expected, abs=0.15 * max(map(abs, expected)) + 0.3)


def test_a_model_of_older_changes_is_replaced(folder: Path, prepared: Path) -> None:
    stale = folder / "reader.0123456789ab.int8.onnx"
    stale.write_bytes(b"old")
    assert adapter.prepare(folder) == prepared
    assert not stale.exists()
    assert prepared.is_file()


def test_a_damaged_model_is_an_error_that_names_the_command(folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    from index.rerank.onnx import OnnxReranker

    (tmp_path / "broken.onnx").write_bytes(b"no model")
    with pytest.raises(ModelError, match="guide-index models fetch"):
        OnnxReranker(tmp_path / "broken.onnx", folder / "tokenizer.json", 1)


def test_the_shipped_changes_are_small_and_whole() -> None:
    from safetensors.numpy import load_file

    assert adapter.FILE.stat().st_size < 10 << 20
    stored = load_file(adapter.FILE)
    assert stored["head.weight"].shape == (1, 384)
    assert {name.removesuffix(".a") for name in stored if name.endswith(".a")} == {
        name.removesuffix(".b") for name in stored if name.endswith(".b")
    }
    assert all(np.isfinite(value).all() for value in stored.values())


def test_only_the_default_encoder_has_a_reader() -> None:
    assert models.load_reranker("minilm", 1) is None


def test_the_worker_reads_each_pair_once() -> None:
    reranker = WordReranker()
    worker = QueryWorker(HashEncoder(), reranker)
    first = worker.answers("red lamp", ["a red lamp", "phone"])
    again = worker.answers("red lamp", ["phone", "a red lamp", "vacuum"])
    worker.close()
    assert first is not None
    assert again is not None
    assert again[:2] == first[::-1]
    assert reranker.asked == ["a red lamp", "phone", "vacuum"]


def test_a_worker_without_a_reranker_says_so() -> None:
    worker = QueryWorker(HashEncoder())
    assert worker.answers("red lamp", ["phone"]) is None
    worker.close()
