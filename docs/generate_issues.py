"""Write the table of issue codes in docs/catalog.md from `catalog.issues.RULES`.

    python docs/generate_issues.py

A test fails when the page and the code differ.
"""

from pathlib import Path

from catalog.issues import RULES

PAGE = Path(__file__).with_name("catalog.md")
BEGIN, END = "<!-- issues: written by docs/generate_issues.py -->\n", "<!-- end of issues -->"
EFFECT = {"error": "the row is left out", "warning": "the row is kept without that part", "note": "the row is kept"}
EXCEPT = {
    "orphan": "the build leaves the record out",
    "not_published": "the row is left out on purpose",
    "member_conflict": "the first value is kept",
    "price_range": "the lowest price is kept",
    "mode_conflict": "the mode of the build holds",
    "duplicate_gtin": "the row is kept",
    "bad_gtin": "the row is kept",
    "idle_sale": "the row is kept; the product's price stays",
}


def table() -> str:
    """The codes with what happens to the row and how to fix it."""
    rows = [
        f"| `{code}` | {rule.severity} | {EXCEPT.get(code, EFFECT[rule.severity])} | {rule.fix} |"
        for code, rule in RULES.items()
    ]
    return "\n".join(["| code | severity | what happens | how to fix it |", "|---|---|---|---|", *rows]) + "\n"


def render(page: str) -> str:
    """The page with a fresh table."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(render(PAGE.read_text("utf-8")), "utf-8")
