"""Measure the program beside what people use today, both in one run."""
