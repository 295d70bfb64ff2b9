/** How a heading of code is read out. */
export function reading(title: string): string {
  return `Code: ${title}`;
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}

/** "Nov 30, 2026", or nothing where that is not known. */
export function day(date: unknown): string {
  const at = new Date(String(date));
  return Number.isNaN(at.getTime()) ? "" : at.toLocaleDateString("en-US", { dateStyle: "medium" });
}
