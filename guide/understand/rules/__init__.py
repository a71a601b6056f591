"""Word lists and patterns of the readers, as data."""

import re
import tomllib
from importlib.resources import files
from typing import Any


def load(name: str) -> dict[str, Any]:
    """One of the TOML files beside this module."""
    return tomllib.loads((files("guide.understand.rules") / f"{name}.toml").read_text(encoding="utf-8"))


def pattern(lines: list[str]) -> re.Pattern[str]:
    """Lines of alternatives as one expression that ignores case; `{ONE}` in them is a Chinese classifier."""
    return re.compile("|".join(lines).replace("{ONE}", _CLASSIFIER).replace(r"\b", EDGE), re.IGNORECASE)


EDGE = r"(?a:\b)"
"""The edge of a Latin word, beside a Chinese character too: 给baby的."""
_CLASSIFIER = "(?:款|个|件|双|只|台|条|部|把|张|本|瓶|盒|种|支|杯|顶|块|罐|袋|套|副|口|盏|辆|样|号|项)"
