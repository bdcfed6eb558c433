"""The sheets of the master, one module per kind."""
