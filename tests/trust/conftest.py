"""Give the tests of this folder an office of their own."""

from tests.returns.fixtures import desk, issued_desk
from tests.trust.values_judge import forms, session

__all__ = ["desk", "forms", "issued_desk", "session"]
