"""Blocks of cells as Excel and LibreOffice put them on the clipboard, in and out.

Cells are parted by tabs, rows by line breaks. A cell that holds one of them, or begins with a
quotation mark, stands in quotation marks, and each of its own is doubled.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# Nothing is tried twice, so that a lone quotation mark in a large block costs one walk.
_CELL: Final = re.compile(r'"((?:[^"]++|"")*+)"(?=[\t\r\n]|\Z)|([^\t\r\n]*+)')
_NEEDS_QUOTES: Final = re.compile(r'\A"|[\t\r\n]')


def rows_pasted(text: str) -> list[list[str]]:
    """Return the cells of a block, row by row; a quotation mark that nothing closes is a letter."""
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text) or row:
        found = _CELL.match(text, at)
        if found is None:  # the second alternative takes anything, even nothing
            raise AssertionError
        row.append(_plain(found))
        at = found.end()
        if text[at : at + 1] == "\t":
            at += 1
            continue
        rows.append(row)
        row = []
        at += 2 if text.startswith("\r\n", at) else 1
    return rows


def as_pasted(rows: Sequence[Sequence[str]]) -> str:
    """Return a block of cells as other programs take it from the clipboard."""
    return "".join("\t".join(map(_quoted, row)) + "\r\n" for row in rows)


def _plain(found: re.Match[str]) -> str:
    quoted = found[1]
    if quoted is None:
        return found[2]
    return quoted.replace('""', '"').replace("\r\n", "\n").replace("\r", "\n")


def _quoted(cell: str) -> str:
    if _NEEDS_QUOTES.search(cell) is None:
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'
