"""What goes back to staff: correction workbook, short text, receipt."""
