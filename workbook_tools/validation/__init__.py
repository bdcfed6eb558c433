"""Judging a return: problems, schema and checks."""
