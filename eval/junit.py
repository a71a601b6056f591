"""A gate's verdict as JUnit XML, which build servers show: a test case for each bound, and one for the verdict.

The last is there because a verdict may fail without any bound (too many cases had no answer): whoever counts failures
comes to the same end as the exit code.
"""

import re
from xml.etree import ElementTree as xml

from eval.gate import GateVerdict
from eval.gate_words import bound_of, change_of, some
from eval.ruled import RuleCheck

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUITE = "guide-eval gate"


def junit(verdict: GateVerdict) -> bytes:
    """The verdict as a document in UTF-8."""
    suites = xml.Element("testsuites")
    suite = xml.SubElement(suites, "testsuite", name=_SUITE)
    for check in verdict.checks:
        _add(suite, check)
    last = xml.SubElement(suite, "testcase", classname=_SUITE, name="verdict")
    if not verdict.passed:
        xml.SubElement(last, "failure", message=_clean(f"exit code {verdict.exit_code}: {verdict.says}"))
    suite.set("tests", str(len(suite)))
    for kind, counted in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
        suite.set(counted, str(len(suite.findall(f"testcase/{kind}"))))
    xml.indent(suites)
    return bytes(xml.tostring(suites, encoding="utf-8", xml_declaration=True)) + b"\n"


def _add(suite: xml.Element, check: RuleCheck) -> None:
    case = xml.SubElement(
        suite,
        "testcase",
        classname=_clean(check.slice or "all cases"),
        name=f"{check.metric} {check.kind} {check.bound:g}",
    )
    kind = {"missed": "failure", "inconclusive": "failure", "unscored": "error", "ok": ""}.get(check.state, "skipped")
    if kind:
        said = xml.SubElement(case, kind, message=f"{check.state}: {change_of(check)} ({bound_of(check)})")
        said.text = _clean(some(check.cases)) or None


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
