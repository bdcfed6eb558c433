"""Test the ledger in a file and on a server."""
