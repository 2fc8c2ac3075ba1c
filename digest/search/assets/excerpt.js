// @ts-check
/** Which words of a text to mark, and which part of it to show. */

const WINDOW = 32;
const BEFORE = 6;

/** @typedef {{text: string, mark: boolean}} Piece */
/** @typedef {(text: string, from?: number, to?: number) => {pieces: Piece[], places: {start: number, end: number, what: string}[]}} Marker */

/**
 * A function that finds in a text what a result was found by: the words, the names in every spelling that was met.
 * @param {import("./engine.js").Result} result
 * @param {import("./fold.js").Folder} folder
 * @returns {Marker}
 */
export function marker(result, folder) {
  const wanted = wantedBy(result);
  return (text, from = 0, to = text.length) => {
    const words = folder.words(text);
    const places = [];
    for (let at = 0; at < words.length; at++) {
      const length = matched(text, words, at, wanted, folder);
      if (!length) continue;
      places.push({ start: words[at].start, end: words[at + length - 1].end, what: words[at].form });
      at += length - 1;
    }
    return { pieces: pieces(text, places, from, to), places };
  };
}

/**
 * What to mark: words, and phrases by their first word; most words of a text begin none.
 * @typedef {{words: Set<string>, phrases: Map<string, string[]>, known: Map<string, boolean>}} Wanted
 * @param {import("./engine.js").Result} result
 * @returns {Wanted}
 */
function wantedBy(result) {
  const texts = new Set(result.slots.flatMap(({ words, similar }) => [...words, ...similar]));
  for (const entity of named(result))
    for (const alias of result.lookup.aliases) if (alias.entity === entity) texts.add(alias.words.join(" "));
  const words = new Set();
  const phrases = new Map();
  for (const text of texts) {
    const [first, ...rest] = text.split(" ");
    if (rest.length) phrases.set(first, [...(phrases.get(first) ?? []), text].sort((a, b) => b.length - a.length));
    else words.add(text);
  }
  return { words, phrases, known: new Map() };
}

/** The entities that slots were looked up by, or by what is similar. @param {import("./engine.js").Result} result */
function named(result) {
  const texts = new Set(result.slots.flatMap(({ names, similar }) => [...names, ...similar]));
  return new Set(result.lookup.aliases.filter(({ words }) => texts.has(words.join(" "))).map(({ entity }) => entity));
}

/**
 * How many words from this place on are a match.
 * @param {string} text @param {import("./fold.js").Word[]} words @param {number} at @param {Wanted} wanted @param {import("./fold.js").Folder} folder
 */
function matched(text, words, at, wanted, folder) {
  const { form, start, end } = words[at];
  for (const phrase of wanted.phrases.get(form) ?? []) {
    const length = phrase.split(" ").length;
    if (words.slice(at, at + length).map((word) => word.form).join(" ") === phrase) return length;
  }
  const next = words[at + 1];
  if (next && begins(form, wanted) && wanted.words.has(folder.word(text.slice(start, end) + text.slice(next.start, next.end)))) return 2;
  if (wanted.words.has(form)) return 1;
  return folder.bases(form).some((base) => wanted.words.has(base)) ? 1 : 0;
}

/**
 * Whether a wanted word begins with this one; its last letter may be folded otherwise at the end.
 * @param {string} form @param {Wanted} wanted
 */
function begins(form, { words, known }) {
  let found = known.get(form);
  if (found === undefined) {
    found = [...words].some((word) => word.length > form.length && word.startsWith(form.slice(0, -1)));
    known.set(form, found);
  }
  return found;
}

/**
 * @param {string} text @param {{start: number, end: number}[]} places @param {number} from @param {number} to
 * @returns {Piece[]}
 */
function pieces(text, places, from, to) {
  const found = [];
  let at = from;
  for (const { start, end } of places) {
    if (start < from || end > to) continue;
    if (start > at) found.push({ text: text.slice(at, start), mark: false });
    found.push({ text: text.slice(start, end), mark: true });
    at = end;
  }
  if (at < to) found.push({ text: text.slice(at, to), mark: false });
  return found;
}

/**
 * The part of a text that holds most of what was looked for; else the summary.
 * @param {string} text @param {string} summary @param {Marker} mark
 * @param {boolean} [from] whether text goes before it @param {boolean} [to] whether text goes behind it
 * @returns {Piece[]}
 */
export function excerpt(text, summary, mark, from = false, to = false) {
  const { places } = mark(text);
  if (!text || (!places.length && summary)) return mark(summary).pieces;
  const words = [...text.matchAll(/\S+/g)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const starts = places.map(({ start }) => words.findIndex(({ end }) => end > start));
  if (!starts.length) starts.push(0);
  let best = 0;
  let most = 0;
  starts.forEach((first, place) => {
    const inside = places.filter((_, other) => starts[other] >= first && starts[other] < first + WINDOW - BEFORE);
    const value = new Set(inside.map(({ what }) => what)).size * 10 + inside.length;
    if (value > most) {
      most = value;
      best = place;
    }
  });
  const first = Math.max(0, starts[best] - BEFORE);
  const last = Math.min(words.length, first + WINDOW) - 1;
  const shown = mark(text, words[first].start, words[last].end).pieces;
  if (first > 0 || from) shown.unshift({ text: "… ", mark: false });
  if (last < words.length - 1 || to) shown.push({ text: " …", mark: false });
  return shown;
}
