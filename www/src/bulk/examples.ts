// Files to try, made on the spot. The people in them are invented, and so are their mistakes.
const FIRST = ["Ada", "Bola", "Chen", "Dana", "Emil", "Farah", "Grete", "Hugo", "Ines", "Jun", "Kofi", "Lena"];
const LAST = ["Abara", "Berg", "Costa", "Diaz", "Ekström", "Fox", "Garcia", "Holm", "Ito", "Jansen"];
const HEADER = "E-mail,Name,Product,Value,Message\r\n";

/** 240 people, of which some rows are to be mended and some stand twice. */
export function team(): File {
  const rows = Array.from({ length: 240 }, (_, index) => row(index, 25, "team"));
  rows[11] = "ada.abara@,Ada Abara,INKWHISTLE,25,Thank you!";
  rows[47] = "bola.berg@example.com,Bola Berg,INKWHISTEL,25,Thank you!";
  rows[90] = "chen.costa@example.com,Chen Costa,INKWHISTLE,1.000,Thank you!";
  rows[133] = "dana.diaz@example.com,Dana Diaz,INKWHISTLE,30,Thank you!";
  rows[180] = ",Emil Ekström,INKWHISTLE,25,Thank you!";
  rows[200] = rows[20] ?? "";
  rows[201] = rows[21] ?? "";
  return csv("team.csv", rows);
}

/** More than the account holds: it shows where the funds stop. */
export function customers(): File {
  return csv("customers.csv", Array.from({ length: 2_000 }, (_, index) => row(index, 50, "customer")));
}

function row(index: number, value: number, kind: string): string {
  const first = FIRST[index % FIRST.length];
  const last = LAST[Math.floor(index / FIRST.length) % LAST.length];
  return `${kind}-${index + 1}@example.com,${first} ${last},INKWHISTLE,${value},Thank you!`;
}

function csv(name: string, rows: string[]): File {
  return new File([HEADER, rows.join("\r\n"), "\r\n"], name, { type: "text/csv" });
}
