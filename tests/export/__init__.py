"""Tidy tables for other systems, and their dictionary."""
