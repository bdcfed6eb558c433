"""Tests of what goes back to staff."""
