"""Writes cells.tsv anew: what LibreOffice shows of amounts in 54 number formats under 7 locales, each with the amount that it is.

Needs openpyxl 3.1.5, and of Debian 12 libreoffice-calc-nogui (7.4.7).
"""

import csv
import pathlib
import re
import subprocess
import tempfile

import openpyxl

HERE = pathlib.Path(__file__).parent
LOCALES = ["en-US", "de-DE", "fr-FR", "de-CH", "sv-SE", "en-IN", "ja-JP"]
AMOUNTS = [0, 25, 25.5, 1000, 1234.5, 250000]
FORMATS = [
    # No currency.
    "General", "@", "0", "0.0", "0.00", "#,##0", "#,##0.00", "#,##0.000", "# ##0,00", "#'##0.00",
    # Dollars.
    '"$"#,##0', '"$"#,##0.00', '"$"\\ #,##0.00', '#,##0.00"$"', '"US$"#,##0.00', '#,##0.00" USD"', "[$USD] #,##0.00", "#,##0.00 [$USD]",
    "[$$-409]#,##0.00", "[$$-1009]#,##0.00", "[$$-C0C] #,##0.00", '"$"#,##0.00_);("$"#,##0.00)',
    '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    # Euros, pounds, francs.
    "[$€-407]#,##0.00", "#,##0.00 [$€-407]", "#,##0.00\\ [$€-40C]", '#,##0.00" €"', "[$EUR] #,##0.00", "#,##0 [$€-1]", '[$-40C]#,##0.00" €"',
    '_-* #,##0.00 [$€-407]_-;-* #,##0.00 [$€-407]_-;_-* "-"?? [$€-407]_-;_-@_-', "[$£-809]#,##0.00", "_-[$£-809]* #,##0.00_-",
    "[$CHF] #,##0.00", "[$CHF-807] #,##0.00", '"Fr." #,##0.00',
    # Crowns.
    "#,##0.00 [$kr-41D]", "[$kr-414] #,##0.00", "#,##0.00 [$kr.-406]", '#,##0.00 "SEK"', "#,##0.00 [$Kč-405]",
    # Yen, rupees and others.
    "[$¥-411]#,##0", '"¥"#,##0', '"￥"#,##0', '#,##0"円"', "[$JPY] #,##0", "[$₹-4009] #,##0.00", "[$₹-4009]#,##,##0.00", '"Rs." #,##0.00',
    "[$R$-416] #,##0.00", "#,##0.00 [$zł-415]", "#,##0.00 [$Ft-40E]", "#,##0.00[$₽-419]", "[$R-1C09] #,##0.00",
]  # fmt: skip
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>{}</value></prop></item></oor:items>
"""


def shown(number_format, amount):
    """The amount as far as its format shows it."""
    if number_format in ("General", "@"):
        return amount
    decimals = re.search(r"0\.(0+)", number_format)
    scale = 10 ** (len(decimals[1]) if decimals else 0)
    return int(amount * scale + 0.5) / scale


def main():
    book = openpyxl.Workbook()
    for row, number_format in enumerate(FORMATS, 1):
        for column, amount in enumerate(AMOUNTS, 1):
            cell = book.active.cell(row, column, amount)
            cell.number_format = number_format
    cells = {}
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        book.save(work / "amounts.xlsx")
        for locale in LOCALES:
            user = work / locale / "user"
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(PROFILE.format(locale))
            convert = ["--convert-to", "csv:Text - txt - csv (StarCalc):9,34,76", "--outdir", work, work / "amounts.xlsx"]
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{user.parent}", *convert], check=True, capture_output=True)
            with open(work / "amounts.csv", encoding="utf-8", newline="") as file:
                for number_format, row in zip(FORMATS, csv.reader(file, delimiter="\t"), strict=True):
                    for amount, cell in zip(AMOUNTS, row, strict=True):
                        cells.setdefault(cell, set()).add(shown(number_format, amount))
    for cell, amounts in cells.items():
        assert len(amounts) == 1, f"{cell} is {amounts}"
    lines = [f"{cell}\t{amounts.pop():g}\n" for cell, amounts in sorted(cells.items())]
    (HERE / "cells.tsv").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    assert len(FORMATS) == 54
    main()
