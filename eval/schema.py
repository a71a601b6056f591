"""The JSON Schema of a case; `python -m eval.schema > eval/cases.schema.json` writes the committed file."""

import sys

import msgspec

from eval.cases import Case


def case_schema() -> bytes:
    """The schema as indented JSON with a line break at its end."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Case)}
    return msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=2) + b"\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(case_schema())
