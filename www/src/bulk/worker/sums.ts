// Sums of amounts without a float in between: whole thousandths, exact up to nine billion.
const PARTS = 1_000;

export function minor(amount: number | string): number {
  return Math.round(Number(amount) * PARTS);
}

export function decimal(sum: number): string {
  return (sum / PARTS).toFixed(sum % 10 === 0 ? 2 : 3);
}
