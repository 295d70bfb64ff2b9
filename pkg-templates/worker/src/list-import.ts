// Reads a list into a campaign: text piece by piece, however long it is, and a workbook as a whole.
import { type Catalog, type ImportProgress, type ImportReport, importRecipients, inspectRecipients, RecipientImport } from "giftcard-partners";

import type { CampaignDraft, CampaignRequest } from "./campaign-draft.js";
import { HEADER_ROW, isAscii, linesOf, openCsv, recordsAt } from "./csv-records.js";
import { PIECE_BYTES, ROW_BYTES, WORKBOOK_BYTES, WORKBOOK_ROWS } from "./limits.js";
import { ListReport } from "./list-report.js";
import { bytesOf } from "./orders.js";
import { type Piece, type PiecePlan, planPiece } from "./piece-plan.js";
import type { CostOf } from "./plan-orders.js";
import type { PostedList } from "./posted-list.js";
import { mixed, orRefuse, refuse, Refused, unclear } from "./refusals.js";

export async function readList(campaign: CampaignDraft, { kind, ...list }: PostedList): Promise<object> {
  const report = new ListReport();
  if (kind === "workbook") await readWorkbook(campaign, list.content, report);
  else await readText(campaign, list, report);
  const refusal = (message: string) => new Refused(400, "validation_failed", message, report.toJSON());
  if (report.accepted === 0 || (report.rejected > 0 && !campaign.request.skipRejected)) {
    const again = report.duplicates.length > 0 ? "?duplicates=accept where people are meant to be paid again, or " : "";
    const left = report.rejected > 0 && report.accepted > 0 ? `, or send it with ${again}?skipRejected=true to leave such rows out` : "";
    throw refusal(`Nothing was sent. Mend what \`summary\` says${left}; \`help\` names parameters that say more.`);
  }
  if (campaign.children === 0) throw refusal("Every row of this file is paid already, or may be.");
  return report.toJSON();
}

/** Piece by piece, however long it is. */
async function readText(campaign: CampaignDraft, { content, encoding: known }: Omit<PostedList, "kind">, told: ListReport): Promise<void> {
  const { request, catalog } = campaign;
  const { type, columns, delimiter: said, headerRow } = request.read;
  const options = { type, ...(columns ? { columns } : {}), ...(said ? { delimiter: said } : {}), ...(headerRow ? { headerRow } : {}), ...(known ? { encoding: known } : {}) };
  const { header, delimiter, pieces } = await openCsv(content, (start) => inspectRecipients(start, options).catch(refuse));
  const costs = campaign.listCosts();
  let encoding: string | undefined;
  for await (const { bytes, rows, linesBefore } of pieces(PIECE_BYTES, ROW_BYTES)) {
    await campaign.touch();
    const report = reportOf(request, catalog, known, header, bytes);
    try {
      // The file was cut where the import sees no row end: what it makes of the pieces is not what it makes of the file.
      if (report.rows !== rows) throw unclear(linesBefore + 1);
      // Each piece tells its encoding by itself. Where two of them differ, the package would reject rows of the whole file.
      if (report.encoding !== encoding && !(report.encoding === "utf-8" && isAscii(bytes))) {
        encoding ??= report.encoding;
        if (report.encoding !== encoding) throw mixed(linesBefore + 1);
      }
      // Each piece was read behind a copy of the header.
      const offset = linesBefore - linesOf(header);
      const planned = await takePiece(campaign, { report, offset }, costs, told);
      if (request.skipRejected && planned.rejected.length > 0) {
        const lines = new Set(planned.repeated.map((line) => line - linesBefore));
        const repeated = recordsAt(bytes, delimiter, lines);
        await campaign.keepRejected(report.rejectedCsv(), lines.size > 0 ? repeatedCsv(request, catalog, known, header, repeated) : undefined);
      }
      if (planned.child) await campaign.addChild(planned.child);
    } finally {
      report.free();
    }
  }
  if (encoding) told.encoding = encoding;
}

/** As a whole: what a workbook says stands at its end. */
async function readWorkbook(campaign: CampaignDraft, content: ReadableStream<Uint8Array>, told: ListReport): Promise<void> {
  const { request, catalog } = campaign;
  const bytes = await bytesOf({ headers: new Headers(), body: content }, WORKBOOK_BYTES);
  if (!bytes) throw new Refused(413, "too_large", `A workbook may have ${WORKBOOK_BYTES} bytes. Save the sheet as CSV UTF-8, which may be of any length.`);
  const { headerRow, encoding: _, delimiter: __, ...read } = request.read;
  const onProgress = ({ rows }: ImportProgress) => {
    if (rows > WORKBOOK_ROWS) throw new Refused(413, "too_large", `A workbook may have ${WORKBOOK_ROWS} rows. Save the sheet as CSV UTF-8, which may be of any length.`);
  };
  const report = await importRecipients(bytes, { ...read, ...(headerRow ? { headerRow } : {}), ...(catalog ? { catalog } : {}), onProgress }).catch(refuse);
  try {
    onProgress({ bytes: bytes.length, rows: report.rows, accepted: report.accepted, rejected: report.rejected.length });
    await campaign.touch();
    const planned = await takePiece(campaign, { report, offset: 0 }, campaign.listCosts(), told);
    if (request.skipRejected && planned.rejected.length > 0) await campaign.keepRejected(report.rejectedCsv());
    if (planned.child) await campaign.addChild(planned.child);
  } finally {
    report.free();
  }
}

async function takePiece(campaign: CampaignDraft, piece: Omit<Piece, "child" | "rejects">, costs: CostOf, told: ListReport): Promise<PiecePlan> {
  const rejects = campaign.request.read.duplicates !== "accept";
  const planned = await planPiece(campaign.series, { ...piece, child: campaign.children, rejects }, campaign.planOptions(), campaign.paymentOptions(), costs);
  told.add(piece.report, planned, piece.offset);
  return planned;
}

/** What some pieces make. What the caller asked for and cannot be had is the caller's to mend. `encoding`: what the pieces are in, where that is known. */
function reportOf({ read }: CampaignRequest, catalog: Catalog | undefined, encoding: string | undefined, ...pieces: Uint8Array[]): ImportReport {
  // What is said of the whole file, each piece's header says already.
  const { sheet: _, delimiter: __, encoding: ___, ...options } = read;
  const told = { ...options, headerRow: HEADER_ROW, ...(encoding ? { encoding } : {}), ...(catalog ? { catalog } : {}) };
  const importer = orRefuse(() => new RecipientImport(told));
  for (const piece of pieces) importer.push(piece);
  return importer.finish();
}

/** Rows that repeat those of a piece before, as the package writes rejected ones: of each row twice the second is one. */
function repeatedCsv(request: CampaignRequest, catalog: Catalog | undefined, encoding: string | undefined, header: Uint8Array, records: Uint8Array): Uint8Array {
  const report = reportOf(request, catalog, encoding, header, records, records);
  try {
    return report.rejectedCsv();
  } finally {
    report.free();
  }
}
