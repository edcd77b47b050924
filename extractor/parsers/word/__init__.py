"""WordprocessingML: what a reader sees of a DOCX file's parts."""
