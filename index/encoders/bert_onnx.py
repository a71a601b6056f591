"""A BERT sentence encoder as an ONNX graph with int8 weights, written straight from its safetensors.

Fused operators (attention, skip + layer norm, bias + GELU) and dynamic int8 make it two to three times as fast on
a CPU as fp32 in torch, and serving needs neither torch nor transformers. The figures are in docs/design/encoders.md.
"""

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

_MS = "com.microsoft"
Array = npt.NDArray[np.float32]


def export(folder: Path, target: Path) -> None:
    """Write `target` (int8 ONNX) from a folder holding config.json and model.safetensors of a BertModel.

    The graph maps input_ids (int64, batch x tokens) and attention_mask (int32, same shape) to `vector`
    (float32, batch x hidden): the mean over unmasked tokens, scaled to unit length.
    """
    _quantised(_Graph(folder).encoder(), target)


def export_judge(folder: Path, target: Path, added: dict[str, Array], head: dict[str, Array]) -> None:
    """Write `target` (int8 ONNX) of a model that judges instead of encoding.

    Args:
        folder: the encoder's config.json and model.safetensors.
        target: the graph maps the inputs of `export` to `score` (float32, batch x 1).
        added: what is added to the encoder's weights, by name.
        head: weight (1 x hidden) and bias (1,) applied to the mean over unmasked tokens.
    """
    _quantised(_Graph(folder, added).judge(head), target)


def _quantised(model: Any, target: Path) -> None:
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    plain = target.with_suffix(".fp32.onnx")
    silenced = logging.root.manager.disable
    try:
        onnx.save(model, plain)
        # Fused operators hide tensor types from ONNX shape inference; all of them are float here.
        options = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        logging.disable(logging.WARNING)  # it advises a preparation that changes nothing here
        quantize_dynamic(plain, target, per_channel=True, weight_type=QuantType.QInt8, extra_options=options)
    finally:
        logging.disable(silenced)
        plain.unlink(missing_ok=True)


def export_fp32(folder: Path, target: Path) -> None:
    """Write `target` with the weights as they are; the yardstick for the int8 model."""
    import onnx

    onnx.save(_Graph(folder).encoder(), target)


class _Graph:
    """Collects nodes and weights of one encoder."""

    def __init__(self, folder: Path, added: dict[str, Array] | None = None) -> None:
        from safetensors.numpy import load_file

        self._config = json.loads((folder / "config.json").read_text())
        self._weights = load_file(folder / "model.safetensors")
        for name, change in (added or {}).items():
            self._weights[name] = self._weights[name] + change
        self._epsilon = float(self._config["layer_norm_eps"])
        self._nodes: list[Any] = []
        self._initializers: list[Any] = []

    def encoder(self) -> Any:
        """The whole fp32 model, text to vector."""
        # Scaling to unit length makes the division by the token count unnecessary.
        self._node("LpNormalization", [self._sum(self._states())], "vector", axis=-1, p=2)
        return self._model("vector", self._config["hidden_size"])

    def judge(self, head: dict[str, Array]) -> Any:
        """The whole fp32 model, text to score."""
        total = self._sum(self._states())
        self._node("ReduceSum", ["mask", self._constant("every", np.array([1], np.int64))], "count", keepdims=1)
        mean = self._node("Div", [total, "count"], "mean")
        product = self._node("MatMul", [mean, self._constant("head.weight", head["weight"].T)], "judged")
        self._node("Add", [product, self._constant("head.bias", head["bias"])], "score")
        return self._model("score", 1)

    def _states(self) -> str:
        hidden = self._embeddings()
        for layer in range(self._config["num_hidden_layers"]):
            hidden = self._layer(f"encoder.layer.{layer}", hidden)
        return hidden

    def _model(self, output: str, width: int) -> Any:
        from onnx import TensorProto, helper

        shape = ["batch", "tokens"]
        graph = helper.make_graph(
            self._nodes,
            "sentence-encoder",
            [
                helper.make_tensor_value_info("input_ids", TensorProto.INT64, shape),
                helper.make_tensor_value_info("attention_mask", TensorProto.INT32, shape),
            ],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", width])],
            self._initializers,
        )
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_MS, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=10)

    def _node(self, op: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self._nodes.append(helper.make_node(op, inputs, [output], name=output, **attributes))
        return output

    def _constant(self, name: str, array: npt.NDArray[Any]) -> str:
        from onnx import numpy_helper

        self._initializers.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _weight(self, name: str) -> str:
        return self._constant(name, self._weights[name])

    def _embeddings(self) -> str:
        words = self._node("Gather", [self._weight("embeddings.word_embeddings.weight"), "input_ids"], "words")
        # One sentence a text: the token type is always 0, so its row is added to every position.
        places = self._weights["embeddings.position_embeddings.weight"]
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        self._node("Shape", ["input_ids"], "shape")
        one = self._constant("one", np.array([1], np.int64))
        self._node("Slice", ["shape", one, self._constant("two", np.array([2], np.int64))], "length")
        start = self._constant("zero", np.array([0], np.int64))
        self._node("Slice", [self._constant("places", places), start, "length", start], "positions")
        total = self._node("Add", [words, "positions"], "embedded")
        norm = [self._weight(f"embeddings.LayerNorm.{kind}") for kind in ("weight", "bias")]
        return self._node("LayerNormalization", [total, *norm], "embeddings", axis=-1, epsilon=self._epsilon)

    def _layer(self, prefix: str, hidden: str) -> str:
        parts = [f"{prefix}.attention.self.{name}" for name in ("query", "key", "value")]
        weight = np.concatenate([self._weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        packed = [self._constant(f"{prefix}.qkv.weight", weight), self._constant(f"{prefix}.qkv.bias", bias)]
        heads = self._config["num_attention_heads"]
        attended = self._node(
            "Attention", [hidden, *packed, "attention_mask"], f"{prefix}.attended", domain=_MS, num_heads=heads
        )
        attended = self._dense(f"{prefix}.attention.output.dense", attended)
        hidden = self._add_norm(f"{prefix}.attention.output", attended, hidden)
        inner = self._dense(f"{prefix}.intermediate.dense", hidden, with_bias=False)
        bias_name = self._weight(f"{prefix}.intermediate.dense.bias")
        inner = self._node("BiasGelu", [inner, bias_name], f"{prefix}.gelu", domain=_MS)
        return self._add_norm(f"{prefix}.output", self._dense(f"{prefix}.output.dense", inner), hidden)

    def _dense(self, name: str, hidden: str, *, with_bias: bool = True) -> str:
        weight = self._constant(f"{name}.weight", self._weights[f"{name}.weight"].T)
        product = self._node("MatMul", [hidden, weight], f"{name}.product")
        if not with_bias:
            return product
        return self._node("Add", [product, self._weight(f"{name}.bias")], f"{name}.out")

    def _add_norm(self, prefix: str, change: str, hidden: str) -> str:
        norm = [self._weight(f"{prefix}.LayerNorm.{kind}") for kind in ("weight", "bias")]
        return self._node(
            "SkipLayerNormalization", [change, hidden, *norm], f"{prefix}.norm", domain=_MS, epsilon=self._epsilon
        )

    def _sum(self, hidden: str) -> str:
        """Sum of the states of unmasked tokens."""
        from onnx import TensorProto

        self._node("Cast", ["attention_mask"], "mask", to=TensorProto.FLOAT)
        last = self._constant("last", np.array([2], np.int64))
        self._node("Unsqueeze", ["mask", last], "mask3")
        self._node("Mul", [hidden, "mask3"], "masked")
        tokens = self._constant("tokens", np.array([1], np.int64))
        return self._node("ReduceSum", ["masked", tokens], "sum", keepdims=0)
