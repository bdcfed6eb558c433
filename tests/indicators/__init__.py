"""The rules of the indicators, in Python and as Excel formulas."""
