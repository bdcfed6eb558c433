"""The consolidated IKU/IKI master workbook."""
