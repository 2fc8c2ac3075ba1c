// @ts-check
/**
 * Reads the index: fetches what is asked for, a block at a time where the server can send parts of files,
 * unpacks it and keeps it. Knows the format (docs/search-format.md), not what it is searched for.
 */

export const FORMAT = 4;
const MOST_KEPT = 400;
/** Bytes of small tables that are read together. */
const AT_ONCE = 10_000;
/** A posting's byte: the impact, and above it the half of the text in which most of the places are. */
const IMPACT = 31, HALF = 5;
/** Which of an article's fields is its text. */
const TEXT = 5;
/** The letter that stands for the size 0. */
const FIRST_SIZE = 35;

/**
 * @typedef {object} SegmentHead
 * @property {string} path
 * @property {number} docs
 * @property {string} keys
 * @property {string} terms
 * @property {number[]} tables
 */

/**
 * @typedef {object} Root
 * @property {number} format
 * @property {string} language
 * @property {number} documents
 * @property {{t: number, x: number, p: number, page: number, unit: number, block: number, folder: number}} limits
 * @property {[string, string]} swapped letters that change places in texts and rows
 * @property {import("./fold.js").FoldTable} fold
 * @property {SegmentHead[]} segments
 * @property {Record<string, string>} ui
 * @property {Record<string, string>} sections
 * @property {Record<string, string>} filters
 */

/** What went wrong, in a word: `network`, `stale` (files of an older index are gone) or `version`. */
export class SearchError extends Error {
  /** @param {"network" | "stale" | "version"} kind @param {string} message */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** @param {Uint8Array} bytes */
export async function gunzip(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes; // the server has unpacked it
  const stream = new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads numbers and byte strings one after the other. */
export class Cursor {
  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }

  get done() {
    return this.at >= this.bytes.length;
  }

  number() {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new SearchError("stale", "cut off");
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }

  section() {
    const length = this.number();
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** Fetches files and parts of files below one address. */
export class Files {
  /**
   * @param {string} base address of the index, with a slash at its end
   * @param {typeof fetch} [get]
   */
  constructor(base, get = (...request) => fetch(...request)) {
    this.base = base;
    this.get = get;
    this.parts = true;
    /** @type {Map<string, Promise<Uint8Array>>} */
    this.kept = new Map();
  }

  /**
   * @param {string} key
   * @param {() => Promise<Uint8Array>} load
   */
  keep(key, load) {
    const known = this.kept.get(key);
    if (known) {
      this.kept.delete(key);
      this.kept.set(key, known); // the map keeps the order of use
      return known;
    }
    const loading = load().catch((error) => {
      this.kept.delete(key); // what failed is asked for again
      throw error;
    });
    this.kept.set(key, loading);
    if (this.kept.size > MOST_KEPT) this.kept.delete(/** @type {string} */ (this.kept.keys().next().value));
    return loading;
  }

  /**
   * @param {string} path
   * @param {RequestInit} [options]
   */
  async request(path, options) {
    let response;
    try {
      response = await this.get(this.base + path, options);
    } catch (error) {
      throw new SearchError("network", String(error));
    }
    if (response.status === 404 || response.status === 410 || response.status === 416)
      throw new SearchError("stale", `${path}: ${response.status}`);
    if (!response.ok) throw new SearchError("network", `${path}: ${response.status}`);
    try {
      return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      throw new SearchError("network", String(error));
    }
  }

  /** @param {string} path */
  whole(path) {
    return this.keep(path, async () => (await this.request(path)).bytes);
  }

  /**
   * A part of a file, unpacked. Where the server sends no parts, the whole file is read once and kept. The parts of
   * a file have addresses of their own, since browsers ask for one address only once at a time.
   * @param {string} path
   * @param {number} start
   * @param {number} size
   */
  async block(path, start, size) {
    return gunzip(await this.raw(path, start, size));
  }

  /** The same, not unpacked. @param {string} path @param {number} start @param {number} size */
  raw(path, start, size) {
    return this.keep(`${path}@${start}`, async () => {
      if (this.parts && !this.kept.has(path)) {
        const headers = { Range: `bytes=${start}-${start + size - 1}` };
        const { status, bytes } = await this.request(`${path}?${start}`, { headers });
        if (status === 206) return bytes;
        this.parts = false;
        this.keep(path, async () => bytes);
        return bytes.subarray(start, start + size);
      }
      return (await this.whole(path)).subarray(start, start + size);
    });
  }
}

/**
 * One row of a block.
 * @typedef {object} Row
 * @property {string} line
 * @property {Uint32Array} docs
 * @property {Uint8Array} impacts
 * @property {Uint8Array} halves for each article, the half of its text to look at
 */

/** @param {Uint8Array} bytes @param {(text: string) => string} swap @returns {Row[]} */
function decodeRows(bytes, swap) {
  const cursor = new Cursor(bytes);
  const lines = swap(new TextDecoder().decode(cursor.section())).split("\n");
  const counts = new Cursor(cursor.section());
  const steps = new Cursor(cursor.section());
  const postings = cursor.section();
  let used = 0;
  return lines.map((line) => {
    const docs = new Uint32Array(line.startsWith("=") ? 0 : counts.number());
    for (let i = 0, last = -1; i < docs.length; i++) docs[i] = last += steps.number() + 1;
    const own = postings.subarray(used, (used += docs.length));
    return { line, docs, impacts: own.map((byte) => byte & IMPACT), halves: own.map((byte) => byte >> HALF) };
  });
}

/**
 * A function that lets the letters of two strings change places.
 * @param {[string, string]} letters
 * @returns {(text: string) => string}
 */
function swapper([ours, theirs]) {
  const other = new Map([...ours].flatMap((letter, place) => [[letter, theirs[place]], [theirs[place], letter]]));
  const any = new RegExp(`[${ours}${theirs}]`, "g");
  return (text) => text.replace(any, (letter) => /** @type {string} */ (other.get(letter)));
}

/** One segment of the index. */
export class Segment {
  /** @param {Files} files @param {SegmentHead} head @param {Root} root */
  constructor(files, head, { limits, swapped }) {
    this.swap = swapper(swapped);
    this.files = files;
    this.path = head.path;
    this.docs = head.docs;
    this.limits = limits;
    this.keys = fullKeys(head.keys).map((key) => key.replace(/\t.*/, this.swap)); // skeletons are as they are
    this.terms = places([...head.terms].map((size) => (size.charCodeAt(0) - FIRST_SIZE) * limits.block), limits.t);
    this.tables = places(head.tables, Infinity);
    /** @type {Map<number, Promise<Row[]>>} */
    this.rows = new Map();
    /** @type {Promise<{days: Uint32Array, sequences: Uint32Array}> | undefined} */
    this.known = undefined;
  }

  /** @param {string} kind @param {number} number */
  file(kind, number) {
    const further = Math.floor(number / this.limits.folder);
    return `${this.path}/${further ? `${further}/` : ""}${kind}${number}.bin`;
  }

  /**
   * Number of the block in which a key stands, or would stand.
   * @param {string} key
   */
  blockOf(key) {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.keys[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  /** @param {number} number @returns {Promise<Row[]>} */
  block(number) {
    const known = this.rows.get(number);
    if (known) return known;
    const { file, start, size } = this.terms[number];
    const loading = this.files.block(this.file("t", file), start, size).then((bytes) => decodeRows(bytes, this.swap));
    loading.catch(() => this.rows.delete(number));
    if (this.rows.size > 60) this.rows.clear();
    this.rows.set(number, loading);
    return loading;
  }

  /**
   * All rows between two keys, from whole blocks; at most so many blocks.
   * @param {string} from
   * @param {string} to
   * @param {number} [most]
   * @returns {Promise<Row[]>}
   */
  async between(from, to, most = 1000) {
    if (!this.keys.length) return [];
    const first = this.blockOf(from);
    const last = Math.min(this.blockOf(to), first + most - 1);
    const blocks = [];
    for (let number = first; number <= last; number++) blocks.push(this.block(number));
    return (await Promise.all(blocks)).flat();
  }

  /** @param {number} number */
  async table(number) {
    const { start, size } = this.tables[number];
    const path = `${this.path}/m0.bin`;
    const last = this.tables[this.tables.length - 1];
    if (start === last.start || last.start > AT_ONCE) return new Cursor(await this.files.block(path, start, size));
    const together = await this.files.raw(path, 0, last.start); // one request where several would wait for each other
    return new Cursor(await gunzip(together.subarray(start, start + size)));
  }

  /** Day (0: unknown) and sequence of every article. */
  dates() {
    this.known ??= this.table(0).then((cursor) => {
      const days = new Uint32Array(this.docs);
      const sequences = new Uint32Array(this.docs);
      const steps = new Cursor(cursor.section());
      for (let i = 0, last = 0; i < this.docs; i++) days[i] = last += steps.number();
      const jumps = new Cursor(cursor.section());
      for (let i = 0, last = -1; i < this.docs; i++) {
        const jump = jumps.number();
        sequences[i] = last += 1 + (jump % 2 ? -(jump + 1) / 2 : jump / 2);
      }
      return { days, sequences };
    });
    this.known.catch(() => (this.known = undefined));
    return this.known;
  }

  /**
   * What is kept of an article: address, headline, date, outlet, summary (with the first half), text.
   * @param {number} doc
   * @param {number} [half] of the text, 0 or 1; without it, the whole
   * @returns {Promise<{fields: string[], from: boolean, to: boolean}>} `from`, `to`: whether text goes before, behind
   */
  async text(doc, half) {
    const page = Math.floor(doc / this.limits.page);
    const cursor = await this.table(1 + page);
    let file = cursor.number();
    let start = cursor.number();
    const least = cursor.number();
    let size = 0;
    let halves = 0;
    for (let number = page * this.limits.page; number <= doc; number++) {
      start += size * halves;
      const code = cursor.number();
      size = (least + (code >> 1)) * this.limits.unit;
      halves = 1 + (code & 1);
      if (start && start + size * halves > this.limits.x) {
        file += 1;
        start = 0;
      }
    }
    const wanted = halves === 1 ? [0] : half === undefined ? [0, 1] : [half];
    const parts = await Promise.all(wanted.map((one) => this.half(this.file("x", file), start + one * size, size)));
    const [fields, rest] = parts;
    if (rest) fields[TEXT] += rest[TEXT];
    return { fields, from: wanted[0] > 0, to: wanted[wanted.length - 1] < halves - 1 };
  }

  /** @param {string} path @param {number} start @param {number} size @returns {Promise<string[]>} */
  async half(path, start, size) {
    const bytes = await this.files.block(path, start, size);
    return JSON.parse(new TextDecoder().decode(bytes)).map(this.swap);
  }

  /**
   * Where the words of a block stand: for each word's row, for each of its articles, the places.
   * @param {number} number
   * @param {Row[]} rows the block's rows
   * @returns {Promise<Map<string, number[][]>>}
   */
  async positions(number, rows) {
    const sizes = [];
    for (const cursor = await this.table(this.tables.length - 1); !cursor.done; ) sizes.push(cursor.number());
    const { file, start, size } = places(sizes, this.limits.p)[number];
    const cursor = new Cursor(await this.files.block(this.file("p", file), start, size));
    const found = new Map();
    for (const { line, docs } of rows) {
      if (/^[=@+#]/.test(line)) continue;
      const own = new Cursor(cursor.section());
      const all = [];
      for (let i = 0; i < docs.length; i++) {
        const where = new Array(own.number());
        for (let j = 0, last = 0; j < where.length; j++) where[j] = last += own.number();
        all.push(where);
      }
      found.set(line, all);
    }
    return found;
  }

  /** Words that a mistyped word is compared with, the most frequent first. */
  async vocabulary() {
    const bytes = await gunzip(await this.files.whole(`${this.path}/v0.bin`));
    return new TextDecoder().decode(bytes).split("\n");
  }
}

/**
 * Keys of which each says how many letters it shares with the one before.
 * @param {string} coded
 */
function fullKeys(coded) {
  let last = "";
  return coded ? coded.split("\n").map((key) => (last = [...last].slice(0, parseInt(key[0], 36)).join("") + key.slice(1))) : [];
}

/**
 * Where blocks of these sizes stand in files that are no larger than the limit.
 * @param {number[]} sizes
 * @param {number} limit
 */
function places(sizes, limit) {
  let file = 0;
  let end = 0;
  return sizes.map((size) => {
    if (end && end + size > limit) {
      file += 1;
      end = 0;
    }
    end += size;
    return { file, start: end - size, size };
  });
}

/**
 * @param {Files} files
 * @param {RequestCache} [cache]
 * @returns {Promise<Root>}
 */
export async function readRoot(files, cache = "default") {
  const { bytes } = await files.request("root.bin", { cache });
  const root = JSON.parse(new TextDecoder().decode(await gunzip(bytes)));
  if (root.format !== FORMAT) throw new SearchError("version", `format ${root.format}, expected ${FORMAT}`);
  return root;
}
