//! Makes releases of a few values: record lines, texts, workbooks and zips.
