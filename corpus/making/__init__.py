"""How the corpus is made: sources read, typeset as DOCX and PDF, and their labels written."""
