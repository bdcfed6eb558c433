"""Tests of the master: figures, cells, and what LibreOffice makes of them."""
