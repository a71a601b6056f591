"""Worded fields in a statement (`类型：防晒乳`, `— material: steel, glass`) against the field of that label."""

import re

from catalog.model import AttributeValue, Product
from eval.faithfulness.model import Finding, Setting, Source, Verdict
from eval.products import as_flag, value_text
from eval.text.fold import contains_folded, fold, key, language_of

# A value ends with its sentence, or where the next label is given: 材质：TPE，重量是 900 g.
_NEXT = r"[，,]\s*[^，,。；;:：]{1,24}?(?:是|为|[:：]|\s(?:is|are)\b)"
_GIVEN = (
    r"(?:\s*有?\s*[:：]|\s+of\s.*?\b(?:is|are)\b|\s+(?:is|are)\b)\s*(?P<value>.+?)"
    rf"\s*(?=[。；;]|{_NEXT}|\.(?:\s|$)|$)"
)
_LEAD = r"(?:(?<=的)|(?<=—)|(?<=—\s)|(?<=\s\s)|^\s*|\b(?:its|the)\s)"
_LABELLED = re.compile(rf"(?:—\s?|的)(?P<label>[^:：—]{{1,30}}?){_GIVEN}")
_ITEM = re.compile(r"[、,，]|\band\b")


def check_values(text: str, source: Source, setting: Setting) -> list[Finding]:
    """After a label and a colon stands what the record holds there; the items of a list in any order."""
    found: list[Finding] = []
    for product in source.products:
        fields = _fields(product)
        for label in sorted({name for name, value in fields if _is_worded(value)}, key=len, reverse=True):
            held = [fold(value_text(value)) for name, value in fields if name == label]
            translated = _translated(label, product, setting)
            for match in re.finditer(rf"{_LEAD}{re.escape(label)}{_GIVEN}", text, re.I):
                holds = _holds(match["value"], held)
                verdict: Verdict = "supported" if holds else "contradicted"
                finding = Finding(verdict, "value", *match.span())
                if (holds or not translated) and not _overlaps(finding, found):
                    found.append(finding)
        found += [one for one in _in_other_words(text, fields, setting) if not _overlaps(one, found)]
    return found


def _in_other_words(text: str, fields: list[tuple[str, AttributeValue]], setting: Setting) -> list[Finding]:
    """`— size: M, XL` of a record that has no such label: supported by a field that goes by it in another language.

    Where no field is known to, all items have to be whole values of one field labelled in the other language.
    """
    found = []
    for match in _LABELLED.finditer(text):
        said = match["label"].strip()
        if any(key(name) == key(said) for name, _ in fields):
            continue
        synonyms = setting.truth.labels.get(key(said), frozenset()) if setting.truth else frozenset()
        names = {name for name, value in fields if _is_worded(value) and language_of(name) != language_of(said)}
        names = {name for name in names if key(name) in synonyms} or names
        whole = [{fold(item) for field, value in fields if field == name for item in _items(value)} for name in names]
        items = {fold(item) for item in _ITEM.split(match["value"]) if item.strip()}
        if any(items <= values for values in whole):
            found.append(Finding("supported", "value", *match.span()))
    return found


def _overlaps(finding: Finding, others: list[Finding]) -> bool:
    return any(other.start < finding.end and finding.start < other.end for other in others)


def _items(value: AttributeValue) -> list[str]:
    return value if isinstance(value, list) else [value_text(value)]


def _fields(product: Product) -> list[tuple[str, AttributeValue]]:
    said = [product.attributes, *(translation.attributes or {} for translation in product.translations.values())]
    said += [variant.options for variant in product.variants]
    own = [(label, product.brand) for label in ("brand", "品牌") if product.brand]
    return [*own, *((name.replace("_", " "), value) for attributes in said for name, value in attributes.items())]


def _is_worded(value: AttributeValue) -> bool:
    return isinstance(value, str | list) and as_flag(value) is None


def _translated(label: str, product: Product, setting: Setting) -> bool:
    """Whether the variants hold this field only in the other language: a translated value cannot be refuted."""
    names = setting.truth.labels.get(key(label), frozenset()) if setting.truth else frozenset()
    options = {key(name) for variant in product.variants for name in variant.options}
    return bool(options & names) and key(label) not in options


def _holds(said: str, held: list[str]) -> bool:
    """Whether the value, or else every item of it, is held."""
    if any(contains_folded(value, fold(said)) for value in held):
        return True
    items = [fold(item) for item in _ITEM.split(said) if item.strip()]
    return all(any(contains_folded(value, item) for value in held) for item in items)
