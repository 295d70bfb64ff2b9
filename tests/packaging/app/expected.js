// What app/form.js, client.js, list.js and desk.js must come to, wherever they run.
const checked = { valid: true, issues: ["not_positive", "required"] };

export const FORM = checked;
export const CLIENT = { ...checked, outcome: "created" };
export const LIST = { rows: 5, accepted: 4, totals: [{ currency: "USD", faceValue: "1126.30", lines: 4 }] };
export const DESK = { order: checked, root: checked, outcome: "created", list: { accepted: 1, rejected: 1, placed: 1 }, orders: 2 };
