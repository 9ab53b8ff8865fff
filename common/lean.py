"""A stylesheet without the rules that no page can use (decision 031)."""

import re

import tinycss2

WORD = re.compile(r"[A-Za-z][\w-]*")
CLASS = re.compile(r"\.([A-Za-z_][\w-]*)")
NESTED = {"media", "supports"}


def lean(css: str, words: set[str]) -> str:
    """`css` without the selectors that ask for a class outside `words`, and without comments.

    Selectors of elements and attributes stay; so do at-rules, but for emptied conditions.
    """
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return _kept(rules, words)


def _kept(rules, words) -> str:
    return "".join(_rule(rule, words) for rule in rules)


def _rule(rule, words) -> str:
    if rule.type == "qualified-rule":
        selectors = [
            one for one in _selectors(rule.prelude) if words.issuperset(CLASS.findall(one))
        ]
        return _block(",".join(selectors), tinycss2.serialize(rule.content)) if selectors else ""
    if rule.type == "at-rule" and rule.at_keyword in NESTED:
        inside = _kept(tinycss2.parse_rule_list(rule.content, True, True), words)
        head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}"
        return _block(head, inside) if inside else ""
    return rule.serialize()


def _selectors(prelude) -> list[str]:
    """The parts between the commas of the list itself; those inside `:not(a, b)` stay together."""
    parts = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _block(head: str, body: str) -> str:
    return f"{head}{{{body}}}"
