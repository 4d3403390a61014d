"""Text that a spreadsheet leaves as it is."""

import re

_FORMULAS = tuple("=+-@'\t\r\n＝＋－＠")
_NUMERIC = re.compile(r"[(.,]?[0-9][0-9\s.,:/%()+-]*(?:[eE][+-]?[0-9]+)?")
"""Digits and what stands between them: a number, a date, a share or a time to a spreadsheet."""


def guarded(text: str) -> str:
    """`text` as a cell that is shown as it is, by whatever opens it.

    What would be taken for a formula, a number or a date has an apostrophe before it: so `+31205550123` keeps
    its plus, long numbers their digits, and nothing is carried out. Text that begins with an apostrophe gets
    another one, so taking one away always gives the value.
    """
    return f"'{text}" if text.startswith(_FORMULAS) or _NUMERIC.fullmatch(text) else text
