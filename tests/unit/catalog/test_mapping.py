from pathlib import Path

import pytest

from catalog.errors import MappingError
from catalog.feeds.mapping import Column, Mapping, column, load_mapping


def write(folder: Path, text: str) -> Path:
    path = folder / "m.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_in_the_docstring_is_a_mapping(tmp_path: Path) -> None:
    from catalog.feeds import mapping

    example = "\n".join(line[4:] for line in (mapping.__doc__ or "").splitlines() if line.startswith("    "))
    loaded = load_mapping(write(tmp_path, example))
    assert column(loaded.fields["offer.price"]) == Column("price_cents", scale="0.01")
    assert column(loaded.attributes["weight"]).unit == "kg"
    assert loaded.prefixes == {"attr_": ""}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("not toml", "m.toml"),
        ("type = 3\n[fields]\nid = 'a'", "type"),
        ("type = 'thing'\n[fields]\nid = 'a'", "type"),
        ("type = 'faq'\ngroup = 'b'\n[fields]\nid = 'a'", "`group`"),
        ("kind = 'product'\n[fields]\nid = 'a'", "kind"),
        ("[fields]\ntitle = 'a'", "`id`"),
        ("[fields]\nid = 'a'\n'offer.price' = {column = 'b', scale = 'ten'}", "scale"),
        ("[fields]\nid = 'a'\n'offer.price' = {column = 'b', factor = '10'}", "factor"),
        ("[fields]\nid = 'a'\noffer = 'b'", "offer.price"),
        ("[fields]\nid = 'a'\nattributes = 'b'\n'attributes.size' = 'c'", "in parts"),
    ],
)
def test_a_wrong_mapping_is_an_error_that_names_the_file_and_the_key(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(MappingError, match=r"m\.toml") as raised:
        load_mapping(write(tmp_path, text))
    assert named in str(raised.value)


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="cannot be read"):
        load_mapping(tmp_path / "absent.toml")


def test_the_mappings_of_the_benchmarks_load() -> None:
    folder = Path(__file__).parents[3] / "bench" / "mappings"
    assert {path.stem for path in folder.glob("*.toml") if load_mapping(path)} >= {"icecat", "esci", "zh_ecom"}


def test_a_file_with_nothing_but_the_currency_maps_no_column(tmp_path: Path) -> None:
    path = tmp_path / "m.toml"
    path.write_text('currency = "CNY"\n')
    assert load_mapping(path) == Mapping(currency="CNY")
