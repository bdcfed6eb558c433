"""The register of positions, indicators, inputs and targets."""
