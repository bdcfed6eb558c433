"""The whole story in order: issue, ingest, consolidate, audit; owns the order of effects."""
