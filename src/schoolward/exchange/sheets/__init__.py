"""Tables in any common wrapping: CSV, gzip, XLSX, ODS and pasted cells, as streamed rows."""
