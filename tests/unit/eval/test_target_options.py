from pathlib import Path
from typing import Any

import pytest

from eval.cases import Case
from eval.errors import TargetOptionError
from eval.targets.choose import TargetOptions, choose
from eval.targets.paths import Path as JsonPath
from eval.targets.template import fill, named, parts_of

FILE = """
path = "/ask"
request = {q = "{question}"}
[response]
text = "text"
"""


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"target": "guide.test:8000"}, "no http"),
        ({"target": "http://user:word@guide.test"}, "--key-env"),
        ({"target": "http://guide.test/?api_key=1"}, "plain base address"),
        ({"target": "openai:http://guide.test/v1"}, "go together"),
        ({"target": "http://guide.test", "model": "m"}, "go together"),
        ({"target": "http://guide.test", "dont_know": ["x"]}, "response.dont_know"),
        ({"target": "openai:http://guide.test/v1", "model": "m", "dont_know": ["("]}, "regular expression"),
        ({"target": "http://guide.test", "key_env": "UNSET"}, "UNSET holds no key"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: dict[str, Any], says: str) -> None:
    with pytest.raises(TargetOptionError, match=says):
        choose(TargetOptions(**options), {})


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("{question}", "{questoin}"), "questoin"),
        (('text = "text"', 'text = "a[x]"'), "cannot be read"),
        (('text = "text"', ""), "text"),
        (("[response]", "[response]\nanswer = 1"), "answer"),
        (("[response]", '[headers]\nAuthorization = "Bearer x"\n[response]'), "would put a key into a file"),
        (("[response]", '[response]\ndont_know = ["("]'), "regular expression"),
        (('text = "text"', 'text = "text"\noutcome = "o"\noutcomes = {ok = "fine"}'), "fine"),
        (('path = "/ask"', "path ="), "target.toml"),
    ],
)
def test_a_wrong_target_file_is_refused_before_anything_is_asked(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    file = tmp_path / "target.toml"
    file.write_text(FILE.replace(*change), "utf-8")
    with pytest.raises(TargetOptionError, match=says):
        choose(TargetOptions(target="http://guide.test", file=file), {})


def test_a_target_file_goes_without_streams(tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    file.write_text(FILE, "utf-8")
    with pytest.raises(TargetOptionError, match="--stream"):
        choose(TargetOptions(target="http://guide.test", file=file, stream=True), {})


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", [{"a": [{"b": 1}, {"b": 2}, {"c": 3}], "odd name": {"x.y": 4}}]),
        ("a[*].b", [1, 2]),
        ("a[1].b", [2]),
        ("a[9].b", []),
        ("a.b", []),
        ('odd name["x.y"]', [4]),
        ("a[2]", [{"c": 3}]),
    ],
)
def test_paths_lead_to_every_value_in_order(path: str, found: list[Any]) -> None:
    body = {"a": [{"b": 1}, {"b": 2}, {"c": 3}], "odd name": {"x.y": 4}}
    assert JsonPath(path).find(body) == found
    assert JsonPath(path).first(body) == (found[0] if found else None)


@pytest.mark.parametrize("path", ["a[", "a[x]", "a]", "[*", "a..b"])
def test_a_path_that_cannot_be_read_is_refused(path: str) -> None:
    with pytest.raises(TargetOptionError, match="cannot be read"):
        JsonPath(path)


def test_a_template_keeps_lists_and_leaves_out_what_is_not_there() -> None:
    template = {"q": "{question}", "n": 3, "ids": "{product_ids}", "deep": [{"l": "{language}"}, "{language}", "x"]}
    assert named(template) == {"question", "product_ids", "language"}
    assert fill(template, parts_of(Case(id="a", question="{q}"))) == {"q": "{q}", "n": 3, "deep": [{}, "x"]}
    full = Case(id="a", question="q", product_ids=["p"], language="zh")
    assert fill(template, parts_of(full)) == {"q": "q", "n": 3, "ids": ["p"], "deep": [{"l": "zh"}, "zh", "x"]}
