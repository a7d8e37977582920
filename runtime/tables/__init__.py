"""Running a function over a table: from a file of rows to the same file with its results beside each row.

`running.run_csv` does it for CSV files, `files.run_file` for CSV and Excel workbooks. Nothing is imported here, because the
process that opens workbooks (`workbook`) needs little of it and starts often.
"""
