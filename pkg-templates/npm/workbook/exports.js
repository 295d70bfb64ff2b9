// What reads workbooks: a part of the package that is loaded when one comes.
import { Workbook, instance } from "../giftcard_partners_workbook.js";

/** The wasm's own class, with the wasm from there once it is used. */
export function workbookBy(source) {
  if (source) instance.from(source);
  return Workbook;
}
