"""One name for one thing in both languages: attribute names, closed values, kinds of things.

    >>> key("Battery Life"), key("续航"), label("battery_life", "zh")
    ('battery_life', 'battery_life', '续航')
    >>> value("黑色"), say("black", "zh"), value("machine washable")
    ('black', '黑色', 'machine washable')

The words lie in the TOML files beside this module and are read at the first use. Names compare folded: NFKC, case,
separators.
"""

from catalog.lexicon.attributes import attribute_names, key, label
from catalog.lexicon.categories import kinds, synonyms
from catalog.lexicon.fold import fold, singular
from catalog.lexicon.goods import goods
from catalog.lexicon.values import kind_of, say, value, value_names

__all__ = (
    "attribute_names", "fold", "goods", "key", "kind_of", "kinds", "label", "say", "singular", "synonyms", "value",
    "value_names",
)  # fmt: skip
