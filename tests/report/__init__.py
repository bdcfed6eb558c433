"""The Word document of LKjIP Bab III."""
