"""Office Open XML packages: the ZIP file of parts that DOCX and XLSX share."""
