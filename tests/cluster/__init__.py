"""Test the cluster with a scheduler and workers that are processes of their own."""
