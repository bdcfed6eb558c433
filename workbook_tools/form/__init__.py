"""The form: declared once, written, read back and parsed."""
