"""One entry of a Google Merchant feed, before it is mapped."""

from typing import TypeAlias

from catalog.issues import Code, Issue

Fields: TypeAlias = dict[str, list[str | dict[str, str]]]
"""Field -> its values in feed order: a text, or the parts of a field that has some (product_detail)."""


class Item:
    """One entry of a feed, and what is wrong with it."""

    def __init__(self, fields: Fields, file: str, line: int) -> None:
        self.fields = fields
        self.line = line
        self.issues: list[Issue] = []
        self._file = file

    def texts(self, name: str) -> list[str]:
        """The values of a field that are text."""
        return [value for value in self.fields.get(name, []) if isinstance(value, str) and value]

    def text(self, *names: str) -> str | None:
        """The first value of the first of these fields that has one."""
        for name in names:
            for value in self.fields.get(name, ()):
                if isinstance(value, str) and value:
                    return value
        return None

    def parts(self, name: str) -> list[dict[str, str]]:
        """The values of a field that has parts."""
        return [value for value in self.fields.get(name, []) if isinstance(value, dict)]

    def report(self, code: Code, message: str, field: str, value: object = "") -> None:
        """Note a problem; an error makes the item unusable."""
        self.issues.append(
            Issue(code=code, file=self._file, line=self.line, field=field, value=str(value)[:80], message=message)
        )

    @property
    def usable(self) -> bool:
        """Whether no error was reported."""
        return all(issue.severity != "error" for issue in self.issues)
