// Files to try, made on the spot. The people in them are invented, and so are their mistakes.
import type { OrderType } from "giftcard-partners/slim";

const FIRST = ["Ada", "Bola", "Chen", "Dana", "Emil", "Farah", "Grete", "Hugo", "Ines", "Jun", "Kofi", "Lena"];
const LAST = ["Abara", "Berg", "Costa", "Diaz", "Ekström", "Fox", "Garcia", "Holm", "Ito", "Jansen"];

/** 240 people, of which some rows are to be mended and some stand twice. */
export function team(type: OrderType): File {
  const rows = people(240, type, 25, "team");
  const [product, , where] = TAILS[type];
  rows[11] = `ada.abara@,Ada Abara,${product},25,Thank you!${where}`;
  rows[47] = `bola.berg@example.com,Bola Berg,${product.replace(/(.)(.)$/, "$2$1")},25,Thank you!${where}`;
  rows[90] = `chen.costa@example.com,Chen Costa,${product},1.000,Thank you!${where}`;
  rows[133] = `dana.diaz@example.com,Dana Diaz,${product},30,Thank you!${where}`;
  rows[180] = `,Emil Ekström,${product},25,Thank you!${where.replace("IL", "")}`;
  rows[200] = rows[20] ?? "";
  rows[201] = rows[21] ?? "";
  return csv("team.csv", type, rows);
}

/** More than the account holds: it shows where the funds stop. */
export function customers(type: OrderType): File {
  return csv("customers.csv", type, people(2_000, type, 50, "customer"));
}

/** The product, the further columns, and what stands in them. */
const TAILS: Record<OrderType, [product: string, columns: string, cells: string]> = {
  DigitalDelivery: ["INKWHISTLE", "", ""],
  Links: ["INKWHISTLE", "", ""],
  PhysicalShipment: ["LAMPENVALE", ",Address,City,State,Zip,Country", ",1 Main Street,Springfield,IL,62701,US"],
};

function people(number: number, type: OrderType, value: number, kind: string): string[] {
  const [product, , cells] = TAILS[type];
  return Array.from({ length: number }, (_, index) => {
    const first = FIRST[index % FIRST.length];
    const last = LAST[Math.floor(index / FIRST.length) % LAST.length];
    return `${kind}-${index + 1}@example.com,${first} ${last},${product},${value},Thank you!${cells.replace("1 ", `${index + 1} `)}`;
  });
}

function csv(name: string, type: OrderType, rows: string[]): File {
  const [, columns] = TAILS[type];
  return new File([`E-mail,Name,Product,Value,Message${columns}\r\n`, rows.join("\r\n"), "\r\n"], name, { type: "text/csv" });
}
