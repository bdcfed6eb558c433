"""Turn one measured year into tidy tables for other systems, with their dictionary."""
