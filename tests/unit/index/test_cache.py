from pathlib import Path

import numpy as np
import pytest

from index.cache import VectorCache, text_hash

DIM = 4


def opened(root: Path) -> VectorCache:
    return VectorCache(root, "enc", "f" * 64, DIM)


def shards(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*.npz"))


def vectors(*values: float) -> np.ndarray:
    return np.array([[value] * DIM for value in values], np.float32)


KEYS = [text_hash(text) for text in "abcdef"]


def test_what_was_added_is_there_after_a_restart(tmp_path: Path) -> None:
    cache = opened(tmp_path)
    assert cache.get(KEYS[0]) is None
    cache.add(KEYS[:2], vectors(1, 2))
    cache.add(KEYS[2:3], vectors(3))
    for reader in (cache, opened(tmp_path)):
        assert [float(reader.get(key)[0]) for key in KEYS[:3]] == [1, 2, 3]
        assert reader.get(KEYS[3]) is None


def test_other_weights_share_nothing(tmp_path: Path) -> None:
    opened(tmp_path).add(KEYS[:1], vectors(1))
    assert VectorCache(tmp_path, "enc", "0" * 64, DIM).get(KEYS[0]) is None


def test_compaction_leaves_one_shard_with_exactly_what_is_used(tmp_path: Path) -> None:
    cache = opened(tmp_path)
    for row in range(3):
        cache.add(KEYS[row : row + 1], vectors(row))
    cache.compact([KEYS[2], KEYS[0], KEYS[2]], vectors(2, 0, 2))
    assert len(shards(tmp_path)) == 1
    again = opened(tmp_path)
    assert again.get(KEYS[1]) is None
    assert (float(again.get(KEYS[0])[0]), float(again.get(KEYS[2])[0])) == (0, 2)
    before = shards(tmp_path)
    again.compact(KEYS[0:3:2], vectors(0, 2))
    assert shards(tmp_path) == before  # nothing to do, nothing written
    again.compact(KEYS[0:1], vectors(0))
    assert len(shards(tmp_path)) == 1
    assert opened(tmp_path).get(KEYS[2]) is None


def test_a_crash_while_compacting_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = opened(tmp_path)
    for row in range(3):
        cache.add(KEYS[row : row + 1], vectors(row))

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "unlink", killed)
    with pytest.raises(KeyboardInterrupt):
        cache.compact(KEYS[:3], vectors(0, 1, 2))
    monkeypatch.undo()
    again = opened(tmp_path)
    assert [float(again.get(key)[0]) for key in KEYS[:3]] == [0, 1, 2]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 cut", b"not a zip at all", None])
def test_a_damaged_shard_only_costs_its_own_texts(tmp_path: Path, damage: bytes | None) -> None:
    cache = opened(tmp_path)
    for row in range(3):
        cache.add(KEYS[row : row + 1], vectors(row))
    middle = next(path for path in tmp_path.rglob("*.npz") if path.name == shards(tmp_path)[1])
    content = middle.read_bytes()
    middle.write_bytes(content[: len(content) // 2] if damage is None else damage)
    again = opened(tmp_path)
    assert again.get(KEYS[1]) is None
    again.add(KEYS[3:4], vectors(3))  # must not take the name of a good shard
    last = opened(tmp_path)
    assert [float(last.get(KEYS[row])[0]) for row in (0, 2, 3)] == [0, 2, 3]


def test_a_shard_of_another_dimension_is_not_used(tmp_path: Path) -> None:
    opened(tmp_path).add(KEYS[:1], vectors(1))
    assert VectorCache(tmp_path, "enc", "f" * 64, DIM + 1).get(KEYS[0]) is None
