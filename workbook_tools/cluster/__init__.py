"""Turn batches of returns into errands that the workers of a Dask cluster do (ADR 0013)."""
