// The languages of messages. English is built in; `giftcard-partners/locales` adds the others.
import { english } from "./english.js";

const languages = new Map([["en", english]]);

export function addLanguage(tag, words) {
  languages.set(tag, words);
}

/** The words of a locale's language; English where there are none of it. */
export function wordsOf(locale = "en") {
  const [language] = locale.toLowerCase().split("-");
  return languages.get(language) ?? loaded(language) ?? english;
}

/** Where a module can be had at once, as in Node, nobody needs to import the others. A bundle may have them out of reach. */
function loaded(language) {
  try {
    const { createRequire } = globalThis.process.getBuiltinModule("node:module");
    createRequire(import.meta.url)("giftcard-partners/locales");
  } catch {
    languages.set(language, english);
  }
  return languages.get(language);
}
