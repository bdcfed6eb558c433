"""Give the tests of this folder an office of their own."""

from tests.returns.fixtures import desk, issued_desk

__all__ = ["desk", "issued_desk"]
