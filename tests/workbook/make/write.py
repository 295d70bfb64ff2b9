"""Writes one list with openpyxl, XlsxWriter and the standard library: python write.py FOLDER."""

import csv
import datetime
import io
import sys
import zipfile

import msoffcrypto
import openpyxl
import xlsxwriter
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

folder = sys.argv[1]
DAY = datetime.date(2026, 12, 24)
MOMENT = datetime.datetime(2026, 12, 24, 9, 30)
HEADERS = ["Email", "Name", "Value", "Quantity", "ZIP", "Phone", "Day", "Note", "Share", "Known", "Odd"]
ACCOUNTING = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)'
NOTE = "Two\nlines & <more> \"quoted\""


def with_openpyxl(name, epoch=None):
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    sheet = book.active
    sheet.title = "Recipients"
    sheet["A1"] = "Gift cards, December"
    sheet.merge_cells("A1:K1")
    for column, header in enumerate(HEADERS, 1):
        sheet.cell(3, column, header).font = Font(bold=True)

    def row(number, cells, formats=None, hidden=False):
        for column, value in enumerate(cells, 1):
            if value is not None:
                cell = sheet.cell(number, column, value)
                if formats and column in formats:
                    cell.number_format = formats[column]
        sheet.row_dimensions[number].hidden = hidden

    bold = InlineFont(b=True)
    row(4, ["ann@example.com", CellRichText(TextBlock(bold, "Ana "), "Lima"), 25, 2, 2134, 15555550100, DAY, NOTE, 0.5, True, "#N/A"],
        {3: '"$"#,##0.00', 5: "00000", 6: "0", 7: "m/d/yyyy", 9: "0%"})
    sheet["A4"].hyperlink = "mailto:ann@example.com"
    row(5, ["bob@example.com", "  Bob ", 25.1, "=D4*2", 21341234, "+15555550101", MOMENT, "_x000D_", 0.125, False, None],
        {3: "#,##0.00\\ [$€-407]", 5: "00000-0000", 7: "dd\\.mm\\.yyyy\\ hh:mm", 9: "0.0%"})
    row(6, ["eve@example.com", "Eve", 1000, 1], {3: ACCOUNTING}, hidden=True)
    row(7, ["zoë@example.com", "山田 蓮", 12.5, 1, None, 447911123456], {3: "[$$-1009]#,##0.00"})
    row(8, ["max@example.com", '=CONCATENATE("M","ax")', "=C4+C5", 1])
    sheet.merge_cells("C7:C8")
    sheet["A9"] = "odd@example.com"
    sheet["C9"] = 12345.678
    sheet["C9"].number_format = '0.0,"k"'
    for number in range(10, 14):
        for column in range(1, 12):
            sheet.cell(number, column).font = Font(bold=True)
    book.create_sheet("Lists").sheet_state = "hidden"
    book["Lists"]["A1"] = "CVS"
    more = book.create_sheet("More")
    more["B2"] = "second"
    book.save(f"{folder}/{name}.xlsx")


def with_xlsxwriter(name, options):
    book = xlsxwriter.Workbook(f"{folder}/{name}.xlsx", options)
    book.add_worksheet("Lists").hide()
    sheet = book.add_worksheet("Recipients")
    sheet.activate()
    sheet.set_first_sheet()
    looks = {code: book.add_format({"num_format": code}) for code in
             ['"$"#,##0.00', "#,##0.00 [$€-407]", "00000", "00000-0000", "m/d/yyyy", "dd.mm.yyyy hh:mm", "0%", ACCOUNTING]}
    bold = book.add_format({"bold": True})
    sheet.merge_range("A1:K1", "Gift cards, December", bold)
    sheet.write_row("A3", HEADERS, bold)
    sheet.write_url("A4", "mailto:ann@example.com")
    sheet.write_rich_string("B4", bold, "Ana ", "Lima")
    sheet.write_number("C4", 25, looks['"$"#,##0.00'])
    sheet.write_number("D4", 2)
    sheet.write_number("E4", 2134, looks["00000"])
    sheet.write_number("F4", 15555550100)
    sheet.write_datetime("G4", DAY, looks["m/d/yyyy"])
    sheet.write_string("H4", NOTE)
    sheet.write_number("I4", 0.5, looks["0%"])
    sheet.write_boolean("J4", True)
    sheet.write_formula("K4", "=NA()", None, "#N/A")
    sheet.write_string("A5", "bob@example.com")
    sheet.write_string("B5", "  Bob ")
    sheet.write_number("C5", 25.1, looks["#,##0.00 [$€-407]"])
    sheet.write_formula("D5", "=D4*2")
    sheet.write_number("E5", 21341234, looks["00000-0000"])
    sheet.write_string("F5", "+15555550101")
    sheet.write_datetime("G5", MOMENT, looks["dd.mm.yyyy hh:mm"])
    sheet.write_string("H5", "a\r\nb_x0041_")
    sheet.write_string("A6", "eve@example.com")
    sheet.write_number("C6", 1000, looks[ACCOUNTING])
    sheet.write_formula("D6", "=D4*3", None, 6)
    sheet.autofilter("A3:K7")
    sheet.filter_column("A", "x != eve@example.com")
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write_formula("A7", '=CONCATENATE("a","b")')
    sheet.write_array_formula("C7:D7", "{=C4:D4}")
    for row in range(8, 12):
        sheet.set_row(row, 30, bold)
    book.close()


def a_list():
    """A list as HR has it, and what Excel saves of it as CSV: the same orders come of both."""
    headers = ["Email", "Product", "Value", "Quantity", "To", "Message", "External Id"]
    rows = [
        ("ann@example.com", 25, 1, "Ana Lima", "Thank you!", "E-1"),
        ("bob@example.com", 50.5, 2, "Bob \"B\" Meyer", "Two\nlines, \u201ecommas\u201c", "E-2"),
        ("zoe@example.com", 1000, 1, "Zoë 山田", "", "E-3"),
        ("nobody", 25, 1, "No address", "", "E-4"),
        ("max@example.com", 0.1 + 0.2, 1, "Max", "See you", "E-5"),
    ]
    book = xlsxwriter.Workbook(f"{folder}/list.xlsx")
    sheet = book.add_worksheet("Recipients")
    dollars = book.add_format({"num_format": '"$"#,##0.00'})
    sheet.write_row("A1", headers)
    with open(f"{folder}/list.csv", "w", newline="", encoding="utf-8-sig") as out:
        lines = csv.writer(out)
        lines.writerow(headers)
        for number, (email, value, quantity, to, message, external) in enumerate(rows, 1):
            for column, text in {0: email, 1: "CVS", 4: to, 5: message, 6: external}.items():
                if text:
                    sheet.write_string(number, column, text)
            sheet.write_number(number, 2, value, dollars)
            sheet.write_number(number, 3, quantity)
            lines.writerow([email, "CVS", f"${value:,.2f}", quantity, to, message, external])
    book.close()


def foreign():
    """What is no workbook. Word and a plain archive are as little as tells them."""
    with zipfile.ZipFile(f"{folder}/word.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", '<w:document xmlns:w="w"><w:body/></w:document>')
    with zipfile.ZipFile(f"{folder}/archive.zip", "w") as archive:
        archive.writestr("list.csv", "Email,Value\n")
    with open(f"{folder}/openpyxl.xlsx", "rb") as plain, open(f"{folder}/password.xlsx", "wb") as out:
        OOXMLFile(io.BytesIO(plain.read())).encrypt("secret", out)


with_openpyxl("openpyxl")
with_openpyxl("openpyxl-1904", CALENDAR_MAC_1904)
with_xlsxwriter("xlsxwriter", {})
with_xlsxwriter("xlsxwriter-1904", {"date_1904": True})
a_list()
foreign()
