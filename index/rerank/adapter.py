"""The reader: low-rank changes to the default encoder that make it judge a question and a text read as one.

Only the changes are shipped (`reader.safetensors`, under 2 MB); merged into the encoder's weights once, they give an
int8 model beside the encoder's. They were trained by `bench/reader` (docs/design/reader.md says on what).
"""

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Weights = dict[str, npt.NDArray[np.float32]]

FILE = Path(__file__).with_name("reader.safetensors")
_SCALE = 2.0
"""Factor of the low-rank product, as in training."""
_HEAD_SCALE = 4.0
"""Factor of the mean state before the head, as in training."""


@cache
def fingerprint() -> str:
    """First digits of the SHA-256 of the shipped changes: names the model made with them."""
    return hashlib.sha256(FILE.read_bytes()).hexdigest()[:12]


def model_file(folder: Path) -> Path:
    """Where the merged model lies beside the encoder's."""
    return folder / f"reader.{fingerprint()}.int8.onnx"


def prepare(folder: Path) -> Path:
    """Make the merged model in an encoder's folder if it is not there, and remove those of older changes."""
    from index.encoders import bert_onnx

    target = model_file(folder)
    if not target.is_file():
        draft = target.with_name(f".{target.name}")
        bert_onnx.export_judge(folder, draft, *_changes())
        draft.rename(target)
    for stale in folder.glob("reader.*.onnx"):
        if stale != target:
            stale.unlink()
    return target


def _changes() -> tuple[Weights, Weights]:
    """What is added to the encoder's weights by name, and the head: weight (1, hidden) and bias (1,)."""
    from safetensors.numpy import load_file

    stored = {name: value.astype(np.float32) for name, value in load_file(FILE).items()}
    names = [name.removesuffix(".a") for name in stored if name.endswith(".a")]
    scale, head_scale = np.float32(_SCALE), np.float32(_HEAD_SCALE)
    added = {f"{name}.weight": scale * (stored[f"{name}.b"] @ stored[f"{name}.a"]) for name in names}
    return added, {"weight": head_scale * stored["head.weight"], "bias": stored["head.bias"]}
