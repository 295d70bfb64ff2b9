// Writes one list with exceljs, SheetJS, hucre and write-excel-file: node write.mjs FOLDER.

import { writeFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { writeXlsx } from 'hucre';
import writeExcelFile from 'write-excel-file/node';
import XLSX from 'xlsx';

const folder = process.argv[2];
const DAY = new Date(Date.UTC(2026, 11, 24));
const MOMENT = new Date(Date.UTC(2026, 11, 24, 9, 30));
const HEADERS = ['Email', 'Name', 'Value', 'Quantity', 'ZIP', 'Phone', 'Day', 'Note', 'Share', 'Known', 'Odd'];
const ACCOUNTING = '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)';
const NOTE = 'Two\nlines & <more> "quoted"';

async function exceljs(name, properties) {
  const book = new ExcelJS.Workbook();
  Object.assign(book.properties, properties);
  book.addWorksheet('Lists', { state: 'hidden' });
  const sheet = book.addWorksheet('Recipients');
  sheet.getCell('A1').value = 'Gift cards, December';
  sheet.mergeCells('A1:K1');
  sheet.getRow(3).values = HEADERS;
  const put = (address, value, numFmt) => {
    sheet.getCell(address).value = value;
    if (numFmt) sheet.getCell(address).numFmt = numFmt;
  };
  put('A4', { text: 'ann@example.com', hyperlink: 'mailto:ann@example.com' });
  put('B4', { richText: [{ font: { bold: true }, text: 'Ana ' }, { text: 'Lima' }] });
  put('C4', 25, '"$"#,##0.00');
  put('D4', 2);
  put('E4', 2134, '00000');
  put('F4', 15555550100);
  put('G4', DAY, 'm/d/yyyy');
  put('H4', NOTE);
  put('I4', 0.5, '0%');
  put('J4', true);
  put('K4', { error: '#N/A' });
  put('A5', 'bob@example.com');
  put('B5', '  Bob ');
  put('C5', 25.1, '#,##0.00 [$€-407]');
  put('D5', { formula: 'D4*2', result: 4 });
  put('E5', 21341234, '00000-0000');
  put('G5', MOMENT, 'dd.mm.yyyy hh:mm');
  put('A6', { formula: 'CONCATENATE("a","b")' });
  put('C6', 1000, ACCOUNTING);
  put('D6', { formula: 'D4*0', result: 0 });
  put('K6', { formula: 'NA()', result: { error: '#N/A' } });
  sheet.getRow(6).hidden = true;
  put('A7', 'zoë@example.com');
  put('C7', 12.5, '[$$-1009]#,##0.00');
  sheet.mergeCells('C7:C8');
  put('A8', 'max@example.com');
  await book.xlsx.writeFile(`${folder}/${name}.xlsx`);
}

function sheetjs() {
  const sheet = XLSX.utils.aoa_to_sheet([
    ['Gift cards, December'], [], HEADERS,
    ['ann@example.com', 'Ana Lima', { t: 'n', v: 25, z: '"$"#,##0.00' }, 2, { t: 'n', v: 2134, z: '00000' }, 15555550100,
      { t: 'n', v: 46380, z: 'm/d/yyyy' }, NOTE, { t: 'n', v: 0.5, z: '0%' }, true, { t: 'e', v: 42 }],
    ['bob@example.com', '  Bob ', { t: 'n', v: 25.1, z: '#,##0.00 [$€-407]' }, { t: 'n', f: 'D4*2' }, { t: 'n', v: 21341234, z: '00000-0000' },
      '+15555550101', { t: 'n', v: 46380.395833333336, z: 'dd.mm.yyyy hh:mm' }, 'a\r\nb'],
    ['eve@example.com', 'Eve', { t: 'n', v: 1000, z: ACCOUNTING }, { t: 'n', f: 'D4*3', v: 6 }],
    ['max@example.com', 'Max', 1.1 + 1.1 + 1.1, { t: 's', f: 'CONCATENATE("a","b")', v: 'ab' }],
  ]);
  sheet['!merges'] = [XLSX.utils.decode_range('A1:K1')];
  sheet['!rows'] = [, , , , , { hidden: true }];
  const book = { SheetNames: ['Recipients', 'Lists'], Sheets: { Recipients: sheet, Lists: XLSX.utils.aoa_to_sheet([['CVS']]) } };
  book.Workbook = { Sheets: [{ Hidden: 0 }, { Hidden: 2 }] };
  for (const [name, bookType, options] of [
    ['sheetjs.xlsx', 'xlsx', {}],
    ['sheetjs-shared.xlsx', 'xlsx', { bookSST: true, compression: true }],
    ['sheetjs.xls', 'biff8', {}],
    ['sheetjs.xlsb', 'xlsb', { compression: true }],
    ['sheetjs.ods', 'ods', { compression: true }],
  ]) {
    writeFileSync(`${folder}/${name}`, XLSX.write(book, { type: 'buffer', bookType, ...options }));
  }
}

async function numbers() {
  const { default: payload } = await import('xlsx/dist/xlsx.zahl.mjs');
  const book = { SheetNames: ['List'], Sheets: { List: XLSX.utils.aoa_to_sheet([['Email'], ['ann@example.com']]) } };
  writeFileSync(`${folder}/sheetjs.numbers`, XLSX.write(book, { type: 'buffer', bookType: 'numbers', numbers: payload, compression: true }));
}

async function hucre() {
  const cells = new Map(Object.entries({
    '3,2': { value: 25, style: { numFmt: '"$"#,##0.00' } },
    '3,4': { value: 2134, style: { numFmt: '00000' } },
    '3,6': { value: DAY, style: { numFmt: 'm/d/yyyy' } },
    '4,2': { value: 25.1, style: { numFmt: '#,##0.00 [$€-407]' } },
    '4,3': { value: null, formula: 'D4*2' },
  }));
  writeFileSync(`${folder}/hucre.xlsx`, await writeXlsx({
    sheets: [
      { name: 'Lists', hidden: true, rows: [['CVS']] },
      {
        name: 'Recipients',
        rows: [
          ['Gift cards, December'], [], HEADERS,
          ['ann@example.com', 'Ana Lima', 25, 2, 2134, 15555550100, DAY, NOTE, 0.5, true, '#N/A'],
          ['bob@example.com', '  Bob ', 25.1, null, 1, '+15555550101', MOMENT, '=D4*2'],
        ],
        cells,
        merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 10 }],
      },
    ],
  }));
}

async function writeExcel() {
  const rows = [
    HEADERS.map((value) => ({ value })),
    [{ value: 'ann@example.com' }, { value: 'Ana Lima' }, { value: 25, format: '"$"#,##0.00' }, { value: 2 }, { value: 2134, format: '00000' },
      { value: 15555550100 }, { value: DAY, type: Date, format: 'm/d/yyyy' }, { value: NOTE }, { value: 0.5, format: '0%' }, { value: true }],
    [{ value: 'bob@example.com' }, { value: '  Bob ' }, { value: 25.1, format: '#,##0.00 [$€-407]' }, null, { value: 21341234, format: '00000-0000' },
      { value: '+15555550101' }, { value: MOMENT, type: Date, format: 'dd.mm.yyyy hh:mm' }],
  ];
  const out = await writeExcelFile(rows, { sheet: 'Recipients', buffer: true });
  writeFileSync(`${folder}/write-excel-file.xlsx`, Buffer.isBuffer(out) ? out : await out.toBuffer());
}

await exceljs('exceljs', {});
await exceljs('exceljs-1904', { date1904: true });
sheetjs();
await numbers();
await hucre();
await writeExcel();
