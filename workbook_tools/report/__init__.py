"""Turn one measured year into the Word document of LKjIP Bab III."""
