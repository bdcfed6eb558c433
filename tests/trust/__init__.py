"""Prove the promises of docs/trust.md, each with a figure."""
