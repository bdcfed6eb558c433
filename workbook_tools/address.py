"""Turn rows and columns, both counted from 1, into the addresses people see."""

from __future__ import annotations


def column_letter(number: int) -> str:
    """Turn a column number into its letters: 1 is A, 28 is AB."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def a1(row: int, column: int) -> str:
    """Turn a row and column into an address such as H9."""
    return f"{column_letter(column)}{row}"
