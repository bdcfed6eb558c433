"""A file of unknown bytes becomes a neutral picture of a workbook, bounded and without trust."""
