"""Hold one module per step; its number is the version of the ledger after it."""
