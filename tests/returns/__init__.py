"""Tests of returns made from real forms: what is wrong with each, and what goes back."""
