"""Makes the workbooks beside this file: `microsoft.xlsx` as Microsoft Forms writes one, and `numbers.ods`.

    pip install openpyxl odfpy && python workbooks.py FOLDER
"""

import csv
import datetime
import sys
from pathlib import Path

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

HERE = Path(__file__).parent


def rows(name, **dialect):
    with open(HERE / name, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, **dialect))


def number(text):
    return float(text) if text.replace(".", "", 1).isdigit() else text


def day(text):
    try:
        return datetime.datetime.strptime(text, "%m/%d/%y %H:%M:%S")
    except ValueError:
        return number(text)


def microsoft(folder):
    workbook = openpyxl.Workbook()
    workbook.active.title = "Read me"
    workbook.active["B2"] = "Answers are on the next sheet."
    sheet = workbook.create_sheet("Sheet1")
    for row in rows("microsoft.csv", delimiter=";"):
        sheet.append([day(cell) or None for cell in row])
    workbook.save(folder / "microsoft.xlsx")


def numbers(folder):
    table = rows("numbers.tsv", delimiter="\t")
    new = OpenDocumentSpreadsheet()
    written = Table(name="Answers")
    new.spreadsheet.addElement(written)
    for row in table:
        line = TableRow()
        written.addElement(line)
        for cell in row:
            value = number(cell)
            is_number = isinstance(value, float)
            written_cell = TableCell(valuetype="float", value=value) if is_number else TableCell(valuetype="string")
            written_cell.addElement(P(text=cell))
            line.addElement(written_cell)
    new.save(folder / "numbers.ods")


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else HERE)
    microsoft(target)
    numbers(target)
