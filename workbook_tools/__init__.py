"""Turn Excel forms that staff return into one trusted IKU/IKI master workbook."""

__version__ = "0.1.0"
