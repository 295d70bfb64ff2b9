import "./shared.js";

import { addLanguage } from "../order/messages/languages.js";
import { french } from "../order/messages/french.js";
import { german } from "../order/messages/german.js";
import { spanish } from "../order/messages/spanish.js";

const words = { de: german, es: spanish, fr: french };
for (const [tag, language] of Object.entries(words)) addLanguage(tag, language);

export const locales = ["en", ...Object.keys(words)];
