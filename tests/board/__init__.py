"""Tests of the status board: its values, its page, and the page in a real browser."""
