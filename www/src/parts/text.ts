/** How a heading of code is read out. */
export function reading(title: string): string {
  return `Code: ${title}`;
}

export function plural(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? one : many}`;
}
