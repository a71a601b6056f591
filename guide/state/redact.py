"""Personal data that shoppers type by the way is taken out of every text that is kept.

A small net, not a promise: e-mail addresses, telephone numbers and card numbers, as people write them.
"""

import re
from itertools import chain

# Tried from a word's first letter only: from each of them, a long word would take the square of its length.
# ASCII, because in Chinese the words beside an address or a number stand without a blank.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Groups of digits parted by single blanks or dashes, 13 to 19 digits in all (ISO/IEC 7812).
_CARD = re.compile(r"(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])")
# A mainland mobile number; a number with its country code; a North American one.
_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\+|00)86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\w)"
    r"|(?<![\w.])(?:\+|00)\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}(?!\d)"
    r"|(?<![\w.])(?:\(\d{3}\) ?|\d{3}[ -])\d{3}[ -]\d{4}(?!\d)",
    re.ASCII,
)


def redact(text: str) -> str:
    """The text with `[email]`, `[card]` and `[phone]` where those stood."""
    text = _EMAIL.sub("[email]", text)
    text = _CARD.sub(lambda found: "[card]" if _luhn(found[0]) else found[0], text)
    return _PHONE.sub("[phone]", text)


def _luhn(text: str) -> bool:
    """Whether the check digit of a card number is right; an article number rarely is one by chance."""
    digits = [int(sign) for sign in reversed(text) if sign.isdigit()]
    doubled = chain.from_iterable(divmod(2 * digit, 10) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
