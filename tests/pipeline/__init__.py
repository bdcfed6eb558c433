"""Tests of the pipeline: the order of effects, audits, the watcher."""
