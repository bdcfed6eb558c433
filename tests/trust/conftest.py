"""Give the tests of this folder an office of their own; leave out what needs the corpus."""

from __future__ import annotations

from tests.reader.conftest import CORPUS
from tests.returns.fixtures import desk, issued_desk
from tests.trust.values_judge import forms, session

__all__ = ["desk", "forms", "issued_desk", "session"]

collect_ignore = [] if CORPUS.is_dir() else ["test_corpus.py"]
