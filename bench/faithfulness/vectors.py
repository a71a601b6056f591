"""Write the checker's word vectors: the input embeddings of all-MiniLM-L6-v2 in 64 dimensions and 8 bits.

    python -m bench.faithfulness.vectors --out eval/faithfulness/words/weights/vectors.npz

Kept are the ASCII pieces of its vocabulary, in its order (by frequency). The first principal component is removed: it
tells frequent words from rare ones and nothing else (Mu and Viswanath, arXiv 1702.01417).
"""

import argparse
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from index import models

_DIMENSIONS = 64


def main() -> None:
    """Reduce and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    folder = models.fetch("minilm")
    pieces = (folder / "vocab.txt").read_text("utf-8").splitlines()
    kept = [at for at, piece in enumerate(pieces) if piece.isascii() and not piece.startswith("[")]
    matrix = load_file(folder / "model.safetensors")["embeddings.word_embeddings.weight"][kept]
    matrix = matrix / np.linalg.norm(matrix, axis=1, keepdims=True)
    centred = matrix - matrix.mean(axis=0)
    _, _, axes = np.linalg.svd(centred[::3], full_matrices=False)
    reduced = centred @ axes[1 : _DIMENSIONS + 1].T
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    packed = np.round(reduced * 127 / np.abs(reduced).max()).astype(np.int8)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    names = np.frombuffer("\n".join(pieces[at] for at in kept).encode("ascii"), np.uint8)
    np.savez_compressed(options.out, pieces=names, matrix=packed)
    print(f"{len(kept)} pieces, {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
