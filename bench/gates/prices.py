"""A guide that gets every fiftieth amount wrong, in its text, on the card and in the table alike."""

import re
from decimal import Decimal

from bench.gates.edits import Body, replaced

EVERY = 50
_AMOUNT = re.compile(r"(?<=[¥$])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


class WrongPrices:
    """Counts the amounts of all answers that it is given, in their order; an amount said twice in one answer is one."""

    def __init__(self) -> None:
        self._seen = 0

    def __call__(self, body: Body) -> None:
        """Change every fiftieth of them by a tenth."""
        cards = [card["offer"]["price"] for card in body["products"] if (card.get("offer") or {}).get("price")]
        said = [Decimal(match[0].replace(",", "")) for match in _AMOUNT.finditer(body["text"])]
        amounts = dict.fromkeys([*(Decimal(price["amount"]) / 100 for price in cards), *said])
        wrong = set()
        for amount in amounts:
            self._seen += 1
            if self._seen % EVERY == 0:
                wrong.add(amount)
        if not wrong:
            return
        for price in cards:
            if Decimal(price["amount"]) / 100 in wrong:
                price["amount"] = int(_other(Decimal(price["amount"]) / 100) * 100)
        replaced(body, _AMOUNT, lambda match: _written(match[0], wrong))
        for row in (body.get("table") or {}).get("rows", []):
            for cell in row["cells"]:
                if isinstance(cell.get("value"), str):
                    cell["value"] = _AMOUNT.sub(lambda match: _written(match[0], wrong), cell["value"])


def _written(shown: str, wrong: set[Decimal]) -> str:
    amount = Decimal(shown.replace(",", ""))
    return f"{_other(amount):,.{len(shown.partition('.')[2])}f}" if amount in wrong else shown


def _other(amount: Decimal) -> Decimal:
    return amount + max(Decimal(1), (amount / 10).quantize(Decimal(1)))
