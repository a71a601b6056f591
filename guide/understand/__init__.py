"""Reading a question by rules: one file an idea, words and patterns as data in `rules/`.

shop = Shop.build(products)          once for each snapshot
understand(question, shop, price)    milliseconds, pure; price(product id) is that of the moment
"""

from guide.understand.carried import understand
from guide.understand.shop import Item, Shop

__all__ = ("Item", "Shop", "understand")
