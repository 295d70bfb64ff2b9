// Loaded when a workbook comes. As in the entry of /bulk: the module is imported, and named as it stands in the package.
import module from "./giftcard_partners_workbook.wasm?module";

export default module;
