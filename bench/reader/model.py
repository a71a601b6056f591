"""The encoder with low-rank changes in its upper layers and one output: does the text answer the question?"""

import math
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from index import models

FIRST = 4
"""Layers below stay as they are: they read words, and training them would cost twice the time."""
RANK = 16
_QUESTION, _TEXT = 32, 56
"""Tokens kept of each while training; serving keeps a few more."""


class LowRank(nn.Module):
    """A frozen linear layer plus a product of two thin matrices (LoRA, arXiv 2106.09685), factor 2."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.a = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.b = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        return self.linear(states) + (states @ self.a.T) @ self.b.T * 2.0


class Reader(nn.Module):
    """(batch,) log-odds of token ids and mask, both (batch, tokens)."""

    def __init__(self) -> None:
        super().__init__()
        folder = models.fetch(models.DEFAULT)
        self.encoder = BertModel.from_pretrained(folder, add_pooling_layer=False)
        for parameter in self.encoder.parameters():
            parameter.requires_grad = False
        for layer in self.encoder.encoder.layer[FIRST:]:
            own = layer.attention.self
            own.query, own.key, own.value = LowRank(own.query), LowRank(own.key), LowRank(own.value)
            layer.attention.output.dense = LowRank(layer.attention.output.dense)
            layer.intermediate.dense = LowRank(layer.intermediate.dense)
            layer.output.dense = LowRank(layer.output.dense)
        self.head = nn.Linear(self.encoder.config.hidden_size, 1)
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return self.head(mean * 4.0)[:, 0]

    def ids(self, question: str, text: str) -> list[int]:
        """One pair as the encoder's token ids."""
        asked = self._tokenizer.encode(f"query: {question}", add_special_tokens=False).ids[:_QUESTION]
        said = self._tokenizer.encode(f"passage: {text}", add_special_tokens=False).ids[:_TEXT]
        return [0, *asked, 2, 2, *said, 2]

    def trained(self) -> list[nn.Parameter]:
        """What training changes."""
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def save(self, target: Path) -> None:
        """Write the changes in half precision."""
        kept = {name: value for name, value in self.state_dict().items() if name.endswith((".a", ".b"))}
        kept |= {f"head.{name}": value for name, value in self.head.state_dict().items()}
        arrays = {
            name.removeprefix(
                "encoder.",
            ): value.numpy().astype(np.float16)
            for name, value in kept.items()
        }
        save_file(arrays, target)


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask of a batch."""
    width = max(map(len, rows))
    ids, mask = torch.ones(len(rows), width, dtype=torch.long), torch.zeros(len(rows), width)
    for at, row in enumerate(rows):
        ids[at, : len(row)] = torch.tensor(row)
        mask[at, : len(row)] = 1
    return ids, mask
