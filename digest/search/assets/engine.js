// @ts-check
/**
 * Searches the index. Knows no theme and no page: it is given an address and a query, and gives back what it found.
 *
 *     const engine = await open("https://example.org/search/");
 *     const result = await engine.search("پوتن");
 *     const shown = await engine.show(result, 0, 10);
 */

import { excerpt, marker } from "./excerpt.js";
import { Folder } from "./fold.js";
import { parse, yearOf } from "./query.js";
import { Files, readRoot, SearchError, Segment } from "./reader.js";
import { adjacent, group, Lookup, slotsOf, widen } from "./slots.js";

export { SearchError };

const IDF_SCALE = 32;
const PHRASE = 10;
const LITTLE = 10;
const SUGGESTED = 3;
const MOST_ASKED = 8;
const APART = 0.5;

/** @typedef {import("./slots.js").Slot} Slot */
/** @typedef {import("./slots.js").Choice} Choice */
/** @typedef {{segment: number, doc: number, score: number, day: number, sequence: number}} Hit */
/** @typedef {{id: string, kind: string, label: string, articles: number, address: string}} Entity */

/**
 * @typedef {object} Result
 * @property {number} total
 * @property {Hit[]} hits best first, as many as were asked for
 * @property {string[]} missing words that no article has, filters that no article is filed under
 * @property {boolean} relaxed no article has all words; these have most of them
 * @property {{word: string, like: string[]}[]} similar words that were also looked for
 * @property {Entity[]} entities what the whole query names
 * @property {Slot[]} slots
 * @property {Uint8Array[]} matched for each segment, a 1 for each article found
 * @property {Uint32Array[][]} values
 * @property {number[]} rarity of each slot
 * @property {Lookup} lookup
 */

/**
 * @param {string} base address of the folder `search/` of a site
 * @param {typeof fetch} [get]
 */
export async function open(base, get) {
  const files = new Files(base, get);
  return new Engine(files, await readRoot(files));
}

/** Scripts that know the format. */
const SCRIPTS = ["engine.js", "search.js", "box.js", "worker.js"];

/**
 * Make the browser forget the scripts that it keeps: they do not know the format of the index any more.
 * @param {string} base
 */
export async function renew(base) {
  await Promise.allSettled(SCRIPTS.map((name) => fetch(base + name, { cache: "reload" })));
}

export class Engine {
  /** @param {Files} files @param {import("./reader.js").Root} root */
  constructor(files, root) {
    this.files = files;
    this.root = root;
    this.folder = new Folder(root.fold);
    this.segments = this.opened();
  }

  opened() {
    return this.root.segments.map((head) => new Segment(this.files, head, this.root));
  }

  /**
   * @param {string} text
   * @param {{limit?: number, sort?: "best" | "newest" | "oldest"}} [options]
   * @returns {Promise<Result>}
   */
  async search(text, options = {}) {
    try {
      return await this.find(text, options);
    } catch (error) {
      if (!(error instanceof SearchError) || error.kind !== "stale") throw error;
      this.root = await readRoot(this.files, "reload"); // the site was published anew: its files have other names now
      this.folder = new Folder(this.root.fold);
      this.segments = this.opened();
      return this.find(text, options);
    }
  }

  /** @param {string} text @param {{limit?: number, sort?: "best" | "newest" | "oldest"}} options */
  async find(text, { limit = 10, sort = "best" }) {
    const asked = parse(text, this.folder, this.root.filters);
    const lookup = new Lookup(this.segments, this.folder);
    const dates = this.segments.map((segment) => segment.dates());
    Promise.all(dates).catch(() => {}); // waited for below
    const { only, unknown } = await this.allowed(asked, lookup);
    let slots = await this.slots(asked, lookup);
    let state = evaluate(slots, this.segments, this.root.documents);
    await Promise.all(
      slots.map((slot, number) => widen(slot, state.counts[number], asked.open && number === slots.length - 1, lookup)),
    );
    state = evaluate(slots, this.segments, this.root.documents);
    let found = select(state, only, this.segments, slots.length);
    if (found.total < LITTLE || slots.length === 2) {
      const joined = await this.joined(asked, slots, lookup);
      if (joined) {
        slots = joined;
        state = evaluate(slots, this.segments, this.root.documents);
        found = select(state, only, this.segments, slots.length);
      }
    }
    const hits = rank(found, await Promise.all(dates), sort, limit);
    const missing = [...slots.filter((_, number) => !state.counts[number]).map(({ surface }) => surface), ...unknown];
    const similar = slots.filter((slot) => slot.similar.length).map((slot) => ({ word: slot.surface, like: slot.similar }));
    const entities = await this.entities(slots, asked, lookup);
    const { total, relaxed, matched } = found;
    return { total, hits, missing, relaxed: relaxed && !missing.length, similar, entities, slots, matched, values: state.values, rarity: state.rarity, lookup };
  }

  /** @param {import("./query.js").Asked} asked @param {Lookup} lookup */
  async slots(asked, lookup) {
    const { stopwords } = this.folder;
    const common = !asked.phrases.length && asked.runs.every((run) => run.every(({ form }) => stopwords.has(form)));
    const runs = await Promise.all(asked.runs.map((run) => slotsOf(run, lookup, common)));
    const phrases = await Promise.all(asked.phrases.map((phrase) => phraseSlot(phrase, lookup)));
    return [...phrases, ...runs.flat()];
  }

  /**
   * Neighbouring words that are also written as one, tried when little was found, or nothing else was asked for.
   * Who asks for راہ داری means the corridor: articles that hold both words apart count half.
   * @param {import("./query.js").Asked} asked @param {Slot[]} slots @param {Lookup} lookup
   */
  async joined(asked, slots, lookup) {
    for (let place = 0; place + 1 < slots.length; place++) {
      const [first, second] = [slots[place], slots[place + 1]];
      const side = asked.runs.some((run) => run.some(({ surface }, at) => surface === first.surface && run[at + 1]?.surface === second.surface));
      if (!side || first.names.length || second.names.length) continue;
      const word = this.folder.word(first.surface + second.surface);
      const { word: rows, compound } = await lookup.word(word);
      if (![...rows, ...compound].some((row) => row)) continue;
      const slot = group([first, second], APART);
      slot.words.push(word);
      slot.choices.push({ weight: 10, rows }, { weight: 8, rows: compound });
      return [...slots.slice(0, place), slot, ...slots.slice(place + 2)];
    }
    return undefined;
  }

  /**
   * For each segment the articles that the filters allow, where there are any; and the filters that nothing is under.
   * @param {import("./query.js").Asked} asked @param {Lookup} lookup
   * @returns {Promise<{only: Uint8Array[] | undefined, unknown: string[]}>}
   */
  async allowed(asked, lookup) {
    const sets = await Promise.all(asked.filters.map((filter) => this.filter(filter, lookup)));
    const unknown = asked.filters.filter((_, number) => !sets[number].some((set) => set.includes(1))).map(({ surface }) => surface);
    const dated = asked.from > 0 || asked.to < Infinity;
    if (!sets.length && !dated && !asked.empty) return { only: undefined, unknown };
    const only = await Promise.all(
      this.segments.map(async (segment, number) => {
        const allowed = new Uint8Array(segment.docs).fill(asked.empty ? 0 : 1);
        for (const set of sets) for (let doc = 0; doc < segment.docs; doc++) allowed[doc] &= set[number][doc];
        if (dated) {
          const { days } = await segment.dates();
          for (let doc = 0; doc < segment.docs; doc++)
            if (!days[doc] || days[doc] < asked.from || days[doc] > asked.to) allowed[doc] = 0;
        }
        return allowed;
      }),
    );
    return { only, unknown };
  }

  /**
   * The articles filed under what a filter names: an id, or a name in any spelling.
   * @param {{kind: string, value: string}} filter @param {Lookup} lookup
   */
  async filter({ kind, value }, lookup) {
    const ids = new Set([value.toLowerCase()]);
    const words = this.folder.words(value).map(({ form }) => form);
    if (words.length && !/^[a-z0-9-]+$/.test(value))
      for (const alias of (await lookup.word(words[0])).aliases)
        if (alias.words.join(" ") === words.join(" ")) ids.add(alias.entity);
    return Promise.all(
      this.segments.map(async (segment) => {
        const set = new Uint8Array(segment.docs);
        const labelled = (await segment.between(`#${kind}:`, `#${kind}:\uffff`)).filter(({ line }) => line.startsWith(`#${kind}:`));
        for (const { line, docs } of labelled) {
          const [name, label] = line.slice(kind.length + 2).split("\t");
          const same = ids.has(name) || this.folder.words(label).map(({ form }) => form).join(" ") === words.join(" ");
          if (same) for (const doc of docs) set[doc] = 1;
        }
        return set;
      }),
    );
  }

  /**
   * What the query as a whole names, or begins to name while it is typed; most articles first.
   * @param {Slot[]} slots @param {import("./query.js").Asked} asked @param {Lookup} lookup
   * @returns {Promise<Entity[]>}
   */
  async entities(slots, asked, lookup) {
    if (asked.runs.length !== 1 || asked.phrases.length) return [];
    const whole = asked.runs[0].map(({ form }) => form).join(" ");
    const names = slots.length === 1 ? slots[0].names : [];
    const open = asked.open && !names.length && whole.length > 1;
    const named = new Map();
    for (const alias of lookup.aliases) {
      const text = alias.words.join(" ");
      if (names.includes(text) || (open && text.startsWith(whole))) named.set(alias.entity, alias);
    }
    const found = await Promise.all([...named.values()].slice(0, MOST_ASKED).map((alias) => this.entity(alias, lookup)));
    return found.flatMap((entity) => entity ?? []).sort((a, b) => b.articles - a.articles).slice(0, SUGGESTED);
  }

  /**
   * @param {import("./slots.js").Alias} alias @param {Lookup} lookup
   * @returns {Promise<Entity | undefined>} undefined where no article is filed under it
   */
  async entity(alias, lookup) {
    const rows = (await lookup.entity(alias)).filter((row) => row !== undefined);
    if (!rows.length) return undefined;
    const [id, kind, label] = rows[0].line.slice(1).split("\t");
    const articles = rows.reduce((sum, { line }) => sum + Number(line.split("\t")[3]), 0);
    const section = this.root.sections[kind];
    return articles && section ? { id, kind, label, articles, address: `${section}/${id}/` } : undefined;
  }

  /**
   * What readers see of some of the hits.
   * @param {Result} result @param {number} start @param {number} end
   */
  async show(result, start, end) {
    const mark = marker(result, this.folder);
    return Promise.all(
      result.hits.slice(start, end).map(async (hit) => {
        const { fields, from, to } = await this.segments[hit.segment].text(hit.doc, halfOf(result, hit));
        const [address, headline, date, outlet, summary, text] = fields;
        const missing = result.slots.filter((_, number) => !result.values[number][hit.segment][hit.doc]);
        return {
          address,
          headline: mark(headline).pieces,
          date,
          outlet,
          excerpt: excerpt(text, summary, mark, from, to),
          score: hit.score,
          missing: missing.map(({ surface }) => surface),
        };
      }),
    );
  }

  /**
   * How many of the articles found are filed under each term of a kind, most first.
   * @param {Result} result @param {string} kind @param {number} limit
   */
  async facet(result, kind, limit) {
    /** @type {Map<string, {id: string, label: string, count: number}>} */
    const counts = new Map();
    await Promise.all(
      this.segments.map(async (segment, number) => {
        for (const { line, docs } of await segment.between(`#${kind}:`, `#${kind}:\uffff`)) {
          if (!line.startsWith(`#${kind}:`)) continue;
          const [id, label] = line.slice(kind.length + 2).split("\t");
          let count = 0;
          for (const doc of docs) count += result.matched[number][doc];
          const known = counts.get(id);
          if (known) known.count += count;
          else if (count) counts.set(id, { id, label, count });
        }
      }),
    );
    return [...counts.values()].sort((a, b) => b.count - a.count || (a.id < b.id ? -1 : 1)).slice(0, limit);
  }

  /** How many of the articles found are of each year, the newest first. @param {Result} result */
  async years(result) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    await Promise.all(
      this.segments.map(async (segment, number) => {
        const { days } = await segment.dates();
        result.matched[number].forEach((hit, doc) => {
          if (hit && days[doc]) counts.set(yearOf(days[doc]), (counts.get(yearOf(days[doc])) ?? 0) + 1);
        });
      }),
    );
    return [...counts].map(([year, count]) => ({ year, count })).sort((a, b) => b.year - a.year);
  }
}

/**
 * The half of an article's text in which it was found, by the rarest words; undefined where nobody knows.
 * @param {Result} result @param {Hit} hit
 */
function halfOf({ slots, rarity }, hit) {
  const votes = [0, 0];
  for (const [number, slot] of slots.entries()) {
    const found = foundIn(slot, hit);
    if (!found) continue;
    if (found.half === undefined) return undefined;
    votes[found.half] += found.value * rarity[number];
  }
  return Number(votes[1] > votes[0]);
}

/**
 * How much of a slot is found in an article, and in which half.
 * @param {Slot} slot @param {{segment: number, doc: number}} hit
 * @returns {{value: number, half: number | undefined} | undefined}
 */
function foundIn(slot, hit) {
  /** @type {{value: number, half: number | undefined} | undefined} */
  let best;
  for (const choice of slot.choices) {
    let found;
    if ("all" in choice) {
      const parts = choice.all.map((inner) => foundIn(inner, hit));
      if (!parts.includes(undefined)) found = parts[0];
    } else if ("sets" in choice) {
      if (choice.sets[hit.segment][hit.doc]) found = { value: Infinity, half: undefined };
    } else {
      const row = choice.rows[hit.segment];
      const place = row ? placeOf(row.docs, hit.doc) : -1;
      if (row && place >= 0) found = { value: row.impacts[place] * choice.weight, half: row.halves[place] };
    }
    if (found && !(best && best.value >= found.value)) best = found;
  }
  return best;
}

/** Where a number stands among sorted ones; -1: nowhere. @param {Uint32Array} docs @param {number} doc */
function placeOf(docs, doc) {
  let low = 0;
  let high = docs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (docs[middle] < doc) low = middle + 1;
    else high = middle;
  }
  return docs[low] === doc ? low : -1;
}

/** @param {string[]} phrase @param {Lookup} lookup @returns {Promise<Slot>} */
async function phraseSlot(phrase, lookup) {
  const found = await Promise.all(phrase.map((word) => lookup.word(word)));
  const sets = await adjacent(lookup, phrase);
  const surface = `«${phrase.join(" ")}»`;
  const rows = found.flatMap(({ word }) => [word]);
  return { surface, words: [phrase.join(" ")], choices: [{ sets: sets.map((set, number) => weigh(set, rows.map((row) => row[number]))) }], names: [], similar: [] };
}

/**
 * An article with a phrase counts as much as its strongest word.
 * @param {Uint8Array} set @param {(import("./reader.js").Row | undefined)[]} rows
 */
function weigh(set, rows) {
  const values = new Uint8Array(set.length);
  for (const row of rows)
    row?.docs.forEach((doc, place) => {
      if (set[doc]) values[doc] = Math.max(values[doc], row.impacts[place]);
    });
  return values;
}

/**
 * The value of a slot for every article of a segment; 0 where it is not found.
 * @param {Slot} slot @param {number} number @param {number} docs
 */
function valuesOf(slot, number, docs) {
  const values = new Uint32Array(docs);
  for (const choice of slot.choices) {
    if ("all" in choice) {
      const parts = choice.all.map((inner) => valuesOf(inner, number, docs));
      for (let doc = 0; doc < docs; doc++) {
        let least = Infinity;
        for (const part of parts) if (part[doc] < least) least = part[doc];
        values[doc] = Math.max(values[doc], Math.ceil(least * choice.share));
      }
    } else if ("sets" in choice) {
      choice.sets[number].forEach((value, doc) => (values[doc] = Math.max(values[doc], value * PHRASE)));
    } else {
      const row = choice.rows[number];
      row?.docs.forEach((doc, place) => (values[doc] = Math.max(values[doc], row.impacts[place] * choice.weight)));
    }
  }
  return values;
}

/** @param {Slot[]} slots @param {Segment[]} segments @param {number} documents */
function evaluate(slots, segments, documents) {
  const values = slots.map((slot) => segments.map((segment, number) => valuesOf(slot, number, segment.docs)));
  const counts = values.map((own) => own.reduce((sum, part) => sum + part.reduce((n, value) => n + (value ? 1 : 0), 0), 0));
  const rarity = counts.map((n) => Math.max(1, Math.round(IDF_SCALE * Math.log(1 + (documents - n + 0.5) / (n + 0.5)))));
  return { values, counts, rarity };
}

/**
 * The articles that hold all words; where there is none, those that hold most.
 * @param {ReturnType<typeof evaluate>} state @param {Uint8Array[] | undefined} only @param {Segment[]} segments @param {number} asked
 */
function select({ values, counts, rarity }, only, segments, asked) {
  const wanted = counts.filter((n) => n).length;
  let most = 0;
  const held = segments.map((segment, number) => {
    const sums = new Uint32Array(segment.docs);
    for (let doc = 0; doc < segment.docs; doc++) {
      if (only && !only[number][doc]) continue;
      let sum = asked ? 0 : 1;
      for (const own of values) if (own[number][doc]) sum += 1;
      sums[doc] = sum;
      if (sum > most) most = sum;
    }
    return sums;
  });
  let total = 0;
  /** @type {{segment: number, doc: number, score: number}[]} */
  const hits = [];
  const matched = held.map((sums, number) =>
    Uint8Array.from(sums, (sum, doc) => {
      if (!most || sum !== most) return 0;
      total += 1;
      let score = 0;
      values.forEach((own, slot) => (score += own[number][doc] * rarity[slot]));
      hits.push({ segment: number, doc, score });
      return 1;
    }),
  );
  return { total, hits, matched, relaxed: most > 0 && asked > 0 && most < wanted };
}

/**
 * @param {ReturnType<typeof select>} found
 * @param {{days: Uint32Array, sequences: Uint32Array}[]} dates
 * @param {"best" | "newest" | "oldest"} sort
 * @param {number} limit
 * @returns {Hit[]}
 */
function rank({ hits }, dates, sort, limit) {
  const dated = hits.map((hit) => ({
    ...hit,
    day: dates[hit.segment].days[hit.doc],
    sequence: dates[hit.segment].sequences[hit.doc],
  }));
  dated.sort((a, b) => {
    if (sort === "best" && a.score !== b.score) return b.score - a.score;
    if (sort === "oldest" && a.day !== b.day) return (a.day || Infinity) - (b.day || Infinity);
    return b.day - a.day || b.sequence - a.sequence;
  });
  return dated.slice(0, limit);
}
