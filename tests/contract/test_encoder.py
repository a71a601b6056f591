"""What every Encoder promises, held by a fake one, the int8 ONNX one and sentence-transformers on the same weights."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tiny_bert
from fake_encoder import HashEncoder

from index.encoders import Encoder
from index.encoders.worker import QueryWorker
from index.errors import ModelError

TEXTS = ["quiet vacuum", "a red lamp", "耳机", "x", "the phone is warm " * 40, "", "blue lamp 70"]


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for package in ("torch", "transformers", "onnx", "onnxruntime"):
        pytest.importorskip(package)
    from index.encoders import bert_onnx

    folder = tiny_bert.write(tmp_path_factory.mktemp("tiny-bert"))
    bert_onnx.export(folder, folder / "model.int8.onnx")
    return folder


def _onnx(folder: Path) -> Encoder:
    from index.encoders.onnx import OnnxEncoder

    return OnnxEncoder("tiny", folder, query="", passage="", threads=2, max_tokens=64)


def _sentence(folder: Path) -> Encoder:
    from index.encoders.sentence import SentenceTransformerEncoder

    return SentenceTransformerEncoder(str(folder), threads=2, max_tokens=64)


@pytest.fixture(scope="session", params=["fake", "onnx", "sentence-transformers"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    if request.param == "fake":
        return HashEncoder()
    folder = request.getfixturevalue("tiny_folder")
    return _onnx(folder) if request.param == "onnx" else _sentence(folder)


def test_it_says_what_it_is(encoder: Encoder) -> None:
    assert isinstance(encoder, Encoder)
    assert encoder.id
    assert "/" not in encoder.id
    assert encoder.passages(["lamp"]).shape == (1, encoder.dim)


def test_vectors_have_unit_length(encoder: Encoder) -> None:
    vectors = encoder.passages(TEXTS)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-3)
    assert np.linalg.norm(encoder.query("lamp")) == pytest.approx(1, abs=1e-3)


def test_the_order_of_texts_is_kept_whatever_their_lengths(encoder: Encoder) -> None:
    many = [TEXTS[at % len(TEXTS)] + f" {at}" for at in range(40)]
    together = encoder.passages(many)
    alone = np.stack([encoder.passages([text])[0] for text in many])
    # int8 scales a batch's activations together, so company changes a vector a little.
    assert (together * alone).sum(axis=1).min() > 0.99


def test_equal_texts_get_equal_vectors(encoder: Encoder) -> None:
    vectors = encoder.passages(["red lamp", "phone", "red lamp"])
    assert np.allclose(vectors[0], vectors[2], atol=1e-5)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.passages([]).shape == (0, encoder.dim)


def test_a_query_is_one_vector(encoder: Encoder) -> None:
    assert encoder.query("quiet vacuum").shape == (encoder.dim,)


def test_a_text_beyond_the_length_limit_is_cut_and_not_an_error(encoder: Encoder) -> None:
    assert encoder.passages(["lamp " * 5000]).shape == (1, encoder.dim)


def test_int8_points_where_fp32_points(tiny_folder: Path) -> None:
    cosines = (_onnx(tiny_folder).passages(TEXTS) * _sentence(tiny_folder).passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.97


def test_the_fp32_graph_is_the_model(tiny_folder: Path, tmp_path: Path) -> None:
    import shutil

    from index.encoders import bert_onnx

    folder = Path(shutil.copytree(tiny_folder, tmp_path / "fp32"))
    bert_onnx.export_fp32(folder, folder / "model.int8.onnx")
    cosines = (_onnx(folder).passages(TEXTS) * _sentence(folder).passages(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.9999


def test_a_folder_without_a_model_is_an_error_that_names_the_command(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    with pytest.raises(ModelError, match="guide-index models fetch"):
        _onnx(tmp_path)


@pytest.fixture
def worker() -> Iterator[QueryWorker]:
    opened = QueryWorker(HashEncoder())
    yield opened
    opened.close()


def test_the_worker_gives_what_its_encoder_gives(worker: QueryWorker) -> None:
    plain = HashEncoder()
    assert np.array_equal(worker.query("lamp"), plain.query("lamp"))
    assert np.array_equal(worker.query("lamp"), plain.query("lamp"))  # from the cache
    assert np.array_equal(worker.texts(["a", "b", "a"]), plain.passages(["a", "b", "a"]))
    assert np.array_equal(worker.texts(["b", "c"]), plain.passages(["b", "c"]))


def test_the_worker_hands_an_error_to_whoever_asked(worker: QueryWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: HashEncoder, _text: str) -> None:
        raise ValueError("out of tune")

    monkeypatch.setattr(HashEncoder, "query", broken)
    with pytest.raises(ValueError, match="out of tune"):
        worker.query("lamp")
    monkeypatch.undo()
    assert worker.query("lamp").shape == (64,)


def test_a_closed_worker_says_so_and_never_hangs(worker: QueryWorker) -> None:
    worker.close()
    with pytest.raises(ModelError, match="closed"):
        worker.query("lamp")
    worker.close()
