"""What every ONNX model here needs: a session and a tokenizer out of a folder, and rows of token ids made one block."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.errors import MissingExtraError
from index.errors import ModelError


def open_model(model: Path, tokenizer: Path, threads: int) -> tuple[Any, Any]:
    """An onnxruntime session whose runs use so many threads, and a tokenizer that neither pads nor cuts.

    Raises:
        ModelError: a file is missing or damaged.
        MissingExtraError: onnxruntime is not installed.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtraError("onnxruntime", "embed") from error
    if not model.is_file():
        raise ModelError(f"{model.parent} holds no {model.name}: run `guide-index models fetch`")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # A thread that waits for another gives its core away: spinning cost 40 % more CPU, and far more on a busy machine.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        loaded = Tokenizer.from_file(str(tokenizer))
    except Exception as error:  # both libraries raise types of their own, the second a bare Exception
        raise ModelError(
            f"{model.parent} is damaged: remove it and run `guide-index models fetch` ({error})"
        ) from error
    loaded.no_padding()
    loaded.no_truncation()
    return session, loaded


def run(session: Any, rows: list[list[int]]) -> npt.NDArray[np.float32]:
    """The model's one output, a row for each row of token ids; shorter ones are masked at their end."""
    width = max(map(len, rows))
    ids = np.zeros((len(rows), width), np.int64)
    mask = np.zeros((len(rows), width), np.int32)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = row
        mask[at, : len(row)] = 1
    output: npt.NDArray[np.float32] = session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    return output
