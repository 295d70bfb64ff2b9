// The import of a spreadsheet, as TypeScript users write it.
import {
  RecipientImport,
  importRecipients,
  inspectRecipients,
  recipientTemplate,
  type ByteStream,
  type Columns,
  type DuplicateRow,
  type Field,
  type FileIssue,
  type ImportColumn,
  type ImportIssueGroup,
  type ImportProgress,
  type ImportRecipientsOptions,
  type ImportReport,
  type ImportTotal,
  type InspectRecipientsOptions,
  type Inspection,
  type IssueCode,
  type RecipientImportOptions,
  type RecipientSource,
  type RejectedRow,
  type RowIssue,
} from "giftcard-partners/bulk";
import { messageOf, type Catalog, type Issue } from "giftcard-partners/order";

declare const chunks: AsyncIterable<Uint8Array>;
declare const stream: ByteStream;
declare const upload: { stream(): ByteStream };
declare const catalog: Catalog;
declare function show(text: string): void;

const options: RecipientImportOptions = {
  type: "DigitalDelivery",
  columns: { "E-Mail Adresse": "DigitalDeliveryAddress.Email", Notes: "" },
  defaults: { ProductId: "CVS", Value: 25, Quantity: 1, Personalization: { FromName: "Acme" } },
};
// Every other option there is.
const careful: Required<RecipientImportOptions> = {
  ...options,
  columns: { "Gift Amt": "value", "#3": "to", "Last Name": "to", Notes: "ignore" },
  defaults: {},
  catalog,
  encoding: "windows-1250",
  delimiter: "|",
  headerRow: 3,
  duplicates: "accept",
  hidden: "accept",
  defaultCountry: "US",
  deliveryTime: "09:00-05:00",
  dateOrder: "mdy",
  maxValue: "500.00",
  limits: { maxCampaignValue: "10000.00" },
};
new RecipientImport(careful);
// @ts-expect-error: one of two
new RecipientImport({ type: "Links", duplicates: "skip" });
// @ts-expect-error: money is decimal text
new RecipientImport({ type: "Links", maxValue: 500 });

const recipients = new RecipientImport(options);
for await (const chunk of chunks) {
  const progress: ImportProgress = recipients.push(chunk);
  show(`${progress.bytes} ${progress.rows} ${progress.accepted} ${progress.rejected}`);
}
const report: ImportReport = recipients.finish();

const counts: [number, number] = [report.rows, report.accepted + report.rejected.length];
const rejected: RejectedRow[] = report.rejected;
for (const { line, lastLine, issues } of rejected) {
  const first: RowIssue | undefined = issues[0];
  const code: IssueCode | undefined = first?.code;
  show(`${line} ${lastLine ?? line} ${first?.column ?? ""} ${code ?? ""} ${first?.message ?? ""}`);
}
const duplicates: DuplicateRow[] = report.duplicates;
const totals: ImportTotal[] = report.totals;
const about: FileIssue[] = report.issues;
const csv: Uint8Array = report.rejectedCsv();
show(`${counts} ${duplicates[0]?.firstLine} ${totals[0]?.currency ?? ""} ${totals[0]?.faceValue} ${about[0]?.code} ${csv.length}`);
show(report.ignoredColumns.join(report.encoding));
const columns: ImportColumn[] = report.columns;
for (const { header, field, certainty } of columns) show(`${header} ${field ?? ""} ${certainty === "likely" ? "?" : ""}`);
const groups: ImportIssueGroup[] = report.summary();
for (const { severity, code, column, message, count, firstLines } of groups) show(`${severity} ${code} ${column ?? ""} ${message} ${count} ${firstLines.join()}`);
const ofFile: Issue[] = report.issues;
for (const { severity, path, line, column, params } of report.issues) show(`${severity} ${path.join(".")} ${line} ${column ?? ""} ${params?.count ?? 0} ${params?.firstLines?.join() ?? ""} ${params?.field ?? ""}`);
show(messageOf(ofFile[0]!));
recipients.free();
const plain: { rows: number; rejected: RejectedRow[] } = report.toJSON();
show(`${plain.rows} ${plain.rejected.length}`);
report.free();

const of: ImportReport = await importRecipients(chunks, {
  ...options,
  sheet: "Recipients",
  onProgress: ({ rows }) => show(`${rows}`),
});
await importRecipients(new Uint8Array(), { type: "Links", sheet: 0 });
await importRecipients([new Uint8Array()], { type: "Links" });
const sources: RecipientSource[] = [chunks, stream, upload, new Uint8Array(), new ArrayBuffer(0), [new Uint8Array()]];
const whole: ImportRecipientsOptions = { ...careful, sheet: "Recipients", onProgress: ({ bytes }) => show(`${bytes}`) };
for (const source of sources) await importRecipients(source, whole);
show(`${of.accepted}`);
const seen: Inspection = await inspectRecipients(chunks);
for (const { name, hidden, rows } of seen.sheets ?? []) show(`${name} ${hidden} ${rows}`);
for (const { header, samples, field, certainty } of seen.columns) show(`${header} ${samples.length} ${field ?? ""} ${certainty}`);
show(`${seen.kind} ${seen.encoding ?? ""} ${seen.delimiter ?? ""} ${seen.headerRow ?? 0} ${seen.missing.length}`);
const look: InspectRecipientsOptions = { type: "Links", sheet: 1, headerRow: 3 };
await inspectRecipients(new Uint8Array(), look);
// What a person says of each column becomes the mapping.
const matched: Columns = Object.fromEntries(seen.columns.map(({ header, field }): [string, Field] => [header, field ?? "ignore"]));
await importRecipients(upload, { type: "DigitalDelivery", columns: matched });
const templates: Uint8Array[] = [recipientTemplate({ type: "Links" }), recipientTemplate({ type: "DigitalDelivery", catalog })];
show(`${templates.length}`);
// @ts-expect-error: the type of the orders is missing
recipientTemplate({});
// @ts-expect-error: it has no defaults
await inspectRecipients(chunks, { defaults: { Value: 25 } });
// @ts-expect-error: text is not bytes
await importRecipients("email,product", options);
// @ts-expect-error: the type of the orders is missing
await importRecipients(chunks, { sheet: 0 });

// @ts-expect-error: the type of the orders is missing
new RecipientImport({});
// @ts-expect-error: text is not bytes
recipients.push("email,product");
// @ts-expect-error: a report cannot be changed
report.rows = 1;
// @ts-expect-error: a report is made by finish()
new (null as unknown as typeof ImportReport)();
// @ts-expect-error: a default has the type of its field
new RecipientImport({ type: "Links", defaults: { Value: "25" } });
