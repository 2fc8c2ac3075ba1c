// @ts-check
/**
 * What each word of a query may stand for: itself, the entity that it names in any spelling, a compound, and where
 * nothing is found, what begins with it, what sounds like it, or what it may have been before it was mistyped.
 */

import { oneEdit, near } from "./distance.js";

const EXACT = 10;
const COMPOUND = 8;
const WEAK_NAME = 8;
const PEELED = 8;
const PREFIX = 5;
const SIMILAR = 4;
const FEW = 10;
const MOST_SIMILAR = 8;
const MOST_COMPLETIONS = 24;
const MOST_BEGUN = 3;
const MOST_BLOCKS = 3;
/** Letters; what is longer is no word (compounds.py). */
const LONGEST_WHOLE = 64;

/** @typedef {import("./reader.js").Row} Row */
/** @typedef {import("./reader.js").Segment} Segment */
/** @typedef {{words: string[], entity: string, home: string, weak: boolean, anchor: number}} Alias */
/** @typedef {{weight: number, rows: (Row | undefined)[]} | {all: Slot[], share: number} | {sets: Uint8Array[]}} Choice */
/** @typedef {{surface: string, words: string[], choices: Choice[], names: string[], similar: string[]}} Slot */
/** @typedef {{word: (Row | undefined)[], compound: (Row | undefined)[], aliases: Alias[]}} Found */

/** Looks words and entities up in all segments, each once a query. */
export class Lookup {
  /** @param {Segment[]} segments @param {import("./fold.js").Folder} folder */
  constructor(segments, folder) {
    this.segments = segments;
    this.folder = folder;
    /** Every alias that was read on the way: what to mark in a text. @type {Alias[]} */
    this.aliases = [];
    /** @type {Map<string, Promise<Found>>} */
    this.found = new Map();
  }

  /** @param {string} form @returns {Promise<Found>} */
  word(form) {
    let known = this.found.get(form);
    if (!known) this.found.set(form, (known = this.read(form)));
    return known;
  }

  /** @param {string} form @returns {Promise<Found>} */
  async read(form) {
    const key = this.folder.key(form);
    const all = await Promise.all(this.segments.map((segment) => segment.between(key, `${key}\t\uffff`)));
    /** @type {Map<string, Alias>} */
    const aliases = new Map();
    for (const row of all.flat()) {
      if (!row.line.startsWith("=")) continue;
      const alias = this.alias(row.line);
      if (alias.words[alias.anchor] === form) aliases.set(row.line, alias);
    }
    return {
      word: all.map((rows) => rows.find((row) => row.line === form)),
      compound: all.map((rows) => rows.find((row) => row.line === `+${form}`)),
      aliases: [...aliases.values()],
    };
  }

  /**
   * A name stands under its first word that is no stop word: the anchor.
   * @param {string} line
   */
  alias(line) {
    const [text, entity, home, weak] = line.slice(1).split("\t");
    const words = text.split(" ");
    const anchor = Math.max(0, words.findIndex((word) => !this.folder.stopwords.has(word)));
    const alias = { words, entity, home, weak: weak === "w", anchor };
    this.aliases.push(alias);
    return alias;
  }

  /** The rows of an entity. @param {Alias} alias */
  entity({ entity, home }) {
    const key = `${home}\t@${entity}`;
    return Promise.all(
      this.segments.map(async (segment) =>
        (await segment.between(key, key)).find((row) => row.line.startsWith(`@${entity}\t`)),
      ),
    );
  }

  /**
   * Words whose key lies in a range, with their rows: the most frequent first.
   * @param {string} from @param {string} to @param {(word: string) => boolean} wanted
   */
  async words(from, to, wanted) {
    const all = await Promise.all(this.segments.map((segment) => segment.between(from, to, MOST_BLOCKS)));
    /** @type {Map<string, (Row | undefined)[]>} */
    const found = new Map();
    all.forEach((rows, number) => {
      for (const row of rows) {
        if (row.line.startsWith("=")) this.alias(row.line);
        if (/^[=@+#]/.test(row.line) || !wanted(row.line)) continue;
        if (!found.has(row.line)) found.set(row.line, all.map(() => undefined));
        /** @type {(Row | undefined)[]} */ (found.get(row.line))[number] = row;
      }
    });
    return [...found].map(([word, rows]) => ({ word, rows, count: count(rows) }));
  }
}

/** @param {(Row | undefined)[]} rows */
function count(rows) {
  return rows.reduce((sum, row) => sum + (row ? row.docs.length : 0), 0);
}

/** @param {{word: string, count: number}} a @param {{word: string, count: number}} b */
function commoner(a, b) {
  return b.count - a.count || (a.word < b.word ? -1 : 1);
}

/**
 * The slots of words that stand side by side: a name of several words is one slot.
 * @param {{form: string, surface: string}[]} run
 * @param {Lookup} lookup
 * @param {boolean} common whether stop words are slots too
 * @returns {Promise<Slot[]>}
 */
export async function slotsOf(run, lookup, common) {
  const { stopwords } = lookup.folder;
  const stop = run.map(({ form }) => !common && stopwords.has(form));
  const found = await Promise.all(run.map(({ form }, place) => (stop[place] ? undefined : lookup.word(form))));
  /** @type {Slot[]} */
  const slots = [];
  for (let place = 0; place < run.length; place++) {
    const here = found[place];
    if (!here) continue;
    const fits = here.aliases.filter(({ words, anchor }) =>
      words.every((word, step) => run[place - anchor + step]?.form === word),
    );
    const length = Math.max(1, ...fits.map(({ words }) => words.length));
    const names = fits.filter(({ words }) => words.length === length);
    const end = place - (names[0]?.anchor ?? 0) + length;
    const inside = [];
    for (let at = place; at < end; at++) {
      const own = found[at];
      if (own) inside.push(plain(run[at], own));
    }
    const slot = inside.length === 1 ? inside[0] : group(inside);
    slot.names = names.map(({ words }) => words.join(" "));
    const rows = await Promise.all(names.map((alias) => lookup.entity(alias)));
    names.forEach(({ weak }, number) => slot.choices.push({ weight: weak ? WEAK_NAME : EXACT, rows: rows[number] }));
    slots.push(slot);
    place = end - 1;
  }
  return slots;
}

/** @param {{form: string, surface: string}} asked @param {Found} found @returns {Slot} */
function plain({ form, surface }, { word, compound }) {
  const choices = [
    { weight: EXACT, rows: word },
    { weight: COMPOUND, rows: compound },
  ];
  return { surface, words: [form], choices, names: [], similar: [] };
}

/**
 * @param {Slot[]} slots
 * @param {number} [share] of their value that counts
 * @returns {Slot}
 */
export function group(slots, share = 1) {
  return {
    surface: slots.map(({ surface }) => surface).join(" "),
    words: slots.flatMap(({ words }) => words),
    choices: [{ all: slots, share }],
    names: [],
    similar: [],
  };
}

/**
 * Adds to a slot what else may have been meant, when it finds nothing or little.
 * @param {Slot} slot
 * @param {number} hits
 * @param {boolean} open whether the word may still be being typed
 * @param {Lookup} lookup
 */
export async function widen(slot, hits, open, lookup) {
  const [word] = slot.words;
  if (slot.words.length > 1 || slot.names.length || hits >= FEW) return;
  if (!hits && open && (await complete(slot, word, lookup))) return;
  if (!hits && (await peel(slot, word, lookup))) return;
  if (!hits && (await split(slot, lookup))) return;
  if (await soundAlike(slot, word, hits, lookup)) return;
  if (!hits) await correct(slot, word, lookup);
}

/** @param {Slot} slot @param {string} word @param {Lookup} lookup */
async function complete(slot, word, lookup) {
  if ([...word].length < 2) return false;
  const skeleton = lookup.folder.skeleton(word);
  const found = await lookup.words(`${skeleton}\t${word}`, `${skeleton}\uffff`, (other) => other.startsWith(word));
  found.sort(commoner);
  for (const { rows } of found.slice(0, MOST_COMPLETIONS)) slot.choices.push({ weight: PREFIX, rows });
  slot.words.push(...found.slice(0, MOST_COMPLETIONS).map((other) => other.word));
  const begun = new Map();
  for (const alias of lookup.aliases) if (!alias.weak && alias.words.length === 1 && alias.words[0].startsWith(word)) begun.set(alias.entity, alias);
  for (const alias of [...begun.values()].slice(0, MOST_BEGUN)) {
    slot.choices.push({ weight: PREFIX, rows: await lookup.entity(alias) });
    slot.words.push(...alias.words);
  }
  return found.length + begun.size > 0;
}

/** @param {Slot} slot @param {string} word @param {Lookup} lookup */
async function peel(slot, word, lookup) {
  for (const base of lookup.folder.bases(word)) {
    const { word: rows, aliases } = await lookup.word(base);
    if (!count(rows)) continue;
    slot.choices.push({ weight: PEELED, rows });
    slot.words.push(base);
    for (const alias of aliases)
      if (alias.words.length === 1) slot.choices.push({ weight: PEELED, rows: await lookup.entity(alias) });
    return true;
  }
  return false;
}

/**
 * Two words that were written as one.
 * @param {Slot} slot @param {Lookup} lookup
 */
async function split(slot, lookup) {
  const { stopwords } = lookup.folder;
  const letters = [...slot.surface]; // as written: a last letter is folded otherwise than one in the middle
  if (letters.length < 5 || letters.length > LONGEST_WHOLE || slot.choices.some((choice) => "rows" in choice && choice.weight === COMPOUND && count(choice.rows)))
    return false;
  for (let cut = 2; cut <= letters.length - 2; cut++) {
    const halves = [letters.slice(0, cut), letters.slice(cut)].map((half) => lookup.folder.word(half.join("")));
    if (halves.some((half) => !half || stopwords.has(half))) continue;
    const first = await lookup.word(halves[0]);
    if (!count(first.word)) continue;
    const second = await lookup.word(halves[1]);
    if (!count(second.word)) continue;
    const sets = await adjacent(lookup, halves);
    if (!sets.some((set) => set.some((hit) => hit))) continue;
    slot.choices.push({ sets });
    slot.words.push(halves.join(" "));
    return true;
  }
  return false;
}

/** @param {Slot} slot @param {string} word @param {number} hits @param {Lookup} lookup */
async function soundAlike(slot, word, hits, lookup) {
  const { folder } = lookup;
  const skeleton = folder.skeleton(word);
  if (skeleton.length < 2 || [...word].length < 3) return false;
  /** @param {string} other */
  const alike = (other) => other !== word && near(word, other) && folder.skeleton(other) === skeleton;
  const found = await lookup.words(`${skeleton}\t`, `${skeleton}\t\uffff`, alike);
  const names = lookup.aliases.filter(({ words, weak }) => words.length === 1 && !weak && alike(words[0]));
  await similar(slot, found.sort(commoner).slice(0, MOST_SIMILAR), hits ? [] : names, lookup);
  return found.length + names.length > 0;
}

/** @param {Slot} slot @param {string} word @param {Lookup} lookup */
async function correct(slot, word, lookup) {
  if ([...word].length <= 4) return;
  const lists = await Promise.all(lookup.segments.map((segment) => segment.vocabulary()));
  const meant = [...new Set(lists.flat().filter((other) => oneEdit(word, other)))];
  const found = await Promise.all(
    meant.map(async (other) => {
      const { word: rows, aliases } = await lookup.word(other);
      return { word: other, rows, count: count(rows), aliases };
    }),
  );
  const likely = found.sort(commoner).slice(0, MOST_SIMILAR);
  const names = likely.flatMap(({ aliases }) => aliases.filter(({ words, weak }) => words.length === 1 && !weak));
  await similar(slot, likely, names, lookup);
}

/**
 * @param {Slot} slot @param {{word: string, rows: (Row | undefined)[]}[]} found @param {Alias[]} names
 * @param {Lookup} lookup
 */
async function similar(slot, found, names, lookup) {
  for (const { rows } of found) slot.choices.push({ weight: SIMILAR, rows });
  const entities = new Map(names.map((alias) => [alias.entity, alias]));
  for (const alias of [...entities.values()].slice(0, MOST_BEGUN)) slot.choices.push({ weight: SIMILAR, rows: await lookup.entity(alias) });
  const words = [...found.map(({ word }) => word), ...[...entities.values()].slice(0, MOST_BEGUN).map(({ words }) => words[0])];
  slot.similar.push(...new Set(words));
}

/**
 * The articles in which words stand side by side, in this order: for each segment, a 1 for each.
 * @param {Lookup} lookup @param {string[]} phrase
 * @returns {Promise<Uint8Array[]>}
 */
export async function adjacent(lookup, phrase) {
  await Promise.all(phrase.map((word) => lookup.word(word)));
  return Promise.all(
    lookup.segments.map(async (segment, number) => {
      const set = new Uint8Array(segment.docs);
      const rows = await Promise.all(phrase.map(async (word) => (await lookup.word(word)).word[number]));
      if (rows.some((row) => !row)) return set;
      const places = await Promise.all(phrase.map((word) => placesOf(segment, word, lookup)));
      places[0].forEach((starts, doc) => {
        const rest = places.slice(1).map((word) => new Set(word.get(doc) ?? []));
        if (starts.some((start) => rest.every((where, step) => where.has(start + step + 1)))) set[doc] = 1;
      });
      return set;
    }),
  );
}

/** @param {Segment} segment @param {string} word @param {Lookup} lookup @returns {Promise<Map<number, number[]>>} */
async function placesOf(segment, word, lookup) {
  const key = lookup.folder.key(word);
  for (let number = segment.blockOf(key); number <= segment.blockOf(`${key}\t`); number++) {
    const rows = await segment.block(number);
    const row = rows.find(({ line }) => line === word);
    const where = row && (await segment.positions(number, rows)).get(word);
    if (row && where) return new Map(where.map((places, place) => [row.docs[place], places]));
  }
  return new Map();
}
