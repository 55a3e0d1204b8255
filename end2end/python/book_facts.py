"""Reads a workbook from standard input with the library `openpyxl` and prints its sheets as JSON:
every cell as text, and which cells are formulas."""

import io
import json
import sys

import openpyxl

book = openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()))
sheets = []
for sheet in book.worksheets:
    rows = [["" if cell.value is None else str(cell.value) for cell in row] for row in sheet.iter_rows()]
    formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    sheets.append({"name": sheet.title, "rows": rows, "formulas": formulas})
json.dump(sheets, sys.stdout)
