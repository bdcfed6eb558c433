"""Test the archive in a folder and in an object store."""
