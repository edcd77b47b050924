"""SpreadsheetML: what a reader sees of an XLSX file's sheets."""
