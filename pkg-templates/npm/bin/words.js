// What the import says to who writes a program, in the words of the command line.

/** An option of the package by its flag, where there is one; advice without one is left out. */
export function words(message) {
  return message
    .replace(/columns: \{ "([^"]*)": "(\w+)" \}/g, "--columns '$1=$2'")
    .replace(/ with `columns` that it is(?: the)? "(\w+)", or "ignore"/, " with --columns that it is $1, or ignore")
    .replace(/duplicates: "accept"/g, "--duplicates accept")
    .replace(/, remove it, or say hidden: "accept"/g, " or remove it")
    .replace(/say sheet: "([^"]*)"/g, "say --sheet '$1'")
    .replace(/, or say with `(?:dateOrder|deliveryTime|defaultCountry)`[^.]*/g, "")
    .replace(/`defaults`/g, "--product, --value or --quantity")
    .replace(/`(columns|encoding)`/g, "--$1");
}
