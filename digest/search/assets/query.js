// @ts-check
/** What somebody asks for: words, phrases in quotes, filters (`country:`, `ملک:`), a range of days. */

const DAY = 86_400_000;
const LONG_AGO = 100_000;
const FILTER = /([\p{L}\p{M}_]+):\s*(?:["“«]([^"”»]*)["”»]|(\S+))/gu;
const QUOTED = /["“«]([^"”“«»]*)["”»]/gu;

/**
 * @typedef {object} Asked
 * @property {{form: string, surface: string}[][]} runs words that stand side by side
 * @property {string[][]} phrases
 * @property {{kind: string, value: string, surface: string}[]} filters
 * @property {number} from first day, as in the index
 * @property {number} to last day
 * @property {boolean} open the last word may still be being typed
 * @property {boolean} empty nothing was asked for
 */

/**
 * The number of a day in the index.
 * @param {number} year @param {number} [month] from 1 @param {number} [day]
 */
export function dayNumber(year, month = 1, day = 1) {
  return Math.floor(Date.UTC(year, month - 1, day) / DAY) + LONG_AGO;
}

/** @param {number} number @returns {number} the year of a day in the index */
export function yearOf(number) {
  return new Date((number - LONG_AGO) * DAY).getUTCFullYear();
}

/**
 * First and last day of `2021`, `2021-12`, `2021-12-28`.
 * @param {string} text
 * @returns {[number, number] | undefined}
 */
export function days(text) {
  const match = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  if (day) return [dayNumber(year, month, day), dayNumber(year, month, day)];
  if (month) return [dayNumber(year, month), dayNumber(year, month + 1) - 1];
  return [dayNumber(year), dayNumber(year + 1) - 1];
}

/**
 * @param {string} text
 * @param {import("./fold.js").Folder} folder
 * @param {Record<string, string>} keys what stands before a colon, folded → kind of filter
 * @returns {Asked}
 */
export function parse(text, folder, keys) {
  /** @type {Asked} */
  const asked = { runs: [], phrases: [], filters: [], from: 0, to: Infinity, open: false, empty: true };
  const kinds = new Map(Object.entries(keys)); // every object has a `constructor`
  const ascii = [...text.normalize("NFC")].map((letter) => digit(letter, folder)).join("");
  const words = ascii
    .replace(FILTER, (whole, key, quoted, bare) =>
      restrict(asked, kinds.get(folder.word(key)), quoted ?? bare, whole) ? " ; " : whole,
    )
    .replace(QUOTED, (_, inside) => {
      const forms = folder.words(inside).map((word) => word.form);
      if (forms.length) asked.phrases.push(forms);
      return " ; ";
    });
  for (const run of words.split(";")) {
    const found = folder.words(run).map(({ form, start, end }) => ({ form, surface: run.slice(start, end) }));
    if (found.length) asked.runs.push(found);
  }
  asked.open = /[\p{L}\p{M}\p{N}]$/u.test(words) && asked.runs.length > 0;
  asked.empty = !asked.runs.length && !asked.phrases.length && !asked.filters.length && !asked.from && asked.to === Infinity;
  return asked;
}

/** @param {string} letter @param {import("./fold.js").Folder} folder */
function digit(letter, folder) {
  const folded = folder.table.letters[letter];
  return folded && /^[0-9]$/.test(folded) ? folded : letter;
}

/**
 * @param {Asked} asked
 * @param {string | undefined} kind
 * @param {string} value
 * @param {string} surface
 */
function restrict(asked, kind, value, surface) {
  if (!kind) return false;
  if (kind !== "date" && kind !== "from" && kind !== "to") {
    asked.filters.push({ kind, value, surface });
    return true;
  }
  const [first, last = first] = value.split("..").map(days);
  if (!first || !last) return false;
  if (kind !== "to") asked.from = Math.max(asked.from, first[0]);
  if (kind !== "from") asked.to = Math.min(asked.to, last[1]);
  return true;
}
