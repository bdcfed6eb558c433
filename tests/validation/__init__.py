"""Tests of validation: identity, judge, checks, catalogue."""
