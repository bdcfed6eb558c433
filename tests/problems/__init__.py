"""Tests of the form: written, read, parsed."""
