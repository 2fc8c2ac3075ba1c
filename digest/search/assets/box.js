// @ts-check
/** What Material's search box shows of a result: HTML, escaped here, since the theme puts it in as it is. */

import { open, renew, SearchError } from "./engine.js";

const SHOWN = 10;
const FIRST = 6;
/** Milliseconds that the other articles may come later without being waited for. */
const TOGETHER = 30;
const MOST = 20_000;
const PAUSE = 80;
const BEST = 1e9;
const MONTHS = /** @type {any} */ ("%months%");
/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @typedef {{location: string, title: string, text: string, score: number, terms: Record<string, boolean>}} Item */
/** @typedef {{items: Item[][], suggest?: string[]}} Answer */
/** @typedef {Awaited<ReturnType<import("./engine.js").Engine["show"]>>} Shown */

/** @param {string} text */
export function escape(text) {
  return text.replace(/[&<>"']/g, (character) => ESCAPED[character]);
}

/** @param {{text: string, mark: boolean}[]} pieces */
function html(pieces) {
  return pieces.map(({ text, mark }) => (mark ? `<mark>${escape(text)}</mark>` : escape(text))).join("");
}

/** @param {string} location @param {string} title @param {number} [score] @returns {Item} */
function item(location, title, score = 1) {
  return { location, title, text: "", score, terms: {} };
}

/**
 * Several links as one item, since the theme counts items, and a name is no article. It shows the first that has no hash
 * as a page, and as parts of it what has a hash and no lower score. The key Enter opens the first of the highest score.
 * @param {Item[]} links
 */
function together(links) {
  return links.map((link, place) => ({ ...link, location: place ? `${link.location}#` : link.location, score: BEST }));
}

/** @param {string} date */
function day(date) {
  const [year, month, number] = date.split("-").map(Number);
  return date && fill("%date%", { year, month: MONTHS[month - 1], day: number });
}

/** @param {string} line */
function small(line) {
  return `<small>${escape(line)}</small> `;
}

/** @param {number} milliseconds @returns {Promise<undefined>} */
function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), milliseconds));
}

/** Where a page is found: `articles/…/`, or a file where the site has no folders. @param {string} address */
export function articleAt(address) {
  return address.replace(/\/$/, "%article_end%");
}

/** The same for a page in a folder of its own. @param {string} address */
export function termAt(address) {
  return address.replace(/\/$/, "%term_end%");
}

/** @param {string} text @param {Record<string, string | number>} values */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

export class Box {
  /**
   * @param {string} base address of the index
   * @param {Promise<Response>} [root] the root file, if it is on its way already
   */
  constructor(base, root) {
    this.base = base;
    this.root = root;
    /** @type {Promise<import("./engine.js").Engine> | undefined} */
    this.engine = undefined;
    this.typed = -PAUSE;
  }

  /**
   * Say what to show for a query, unless it is overtaken by another; on a slow line what is there first, then all.
   * @param {string} text
   * @param {() => boolean} current
   * @param {(answer: Answer) => void} say
   */
  async answer(text, current, say) {
    this.engine ??= open(this.base, (...request) => {
      const { root } = this;
      this.root = undefined;
      return root ?? fetch(...request);
    });
    const hurried = performance.now() - this.typed < PAUSE; // the first key is answered at once
    this.typed = performance.now();
    try {
      if (hurried) await pause(PAUSE);
      const engine = await this.engine;
      if (!current()) return;
      const result = await engine.search(text, { limit: SHOWN });
      if (!current()) return;
      const first = engine.show(result, 0, FIRST); // browsers ask a server for six files at once
      const all = Promise.all([first, engine.show(result, FIRST, SHOWN)]).then((parts) => parts.flat());
      all.catch(() => {}); // waited for below
      const shown = await first;
      const soon = await Promise.race([all, pause(TOGETHER)]);
      if (current()) say(this.items(engine, result, text, soon ?? shown));
      if (soon) return;
      const later = await all;
      if (current()) say(this.items(engine, result, text, later));
    } catch (error) {
      this.engine = undefined; // the next key opens it anew
      const kind = error instanceof SearchError ? error.kind : "network";
      if (kind !== "version") throw error;
      await renew(this.base);
      if (current()) say({ items: [[item("", "%search_version%")]] });
    }
  }

  /**
   * @param {import("./engine.js").Engine} engine
   * @param {import("./engine.js").Result} result
   * @param {string} text
   * @param {Shown} shown
   * @returns {Answer}
   */
  items(engine, result, text, shown) {
    const { ui } = engine.root;
    const entities = result.entities.map(({ label, kind, articles, address }) =>
      item(termAt(address), escape(`${label} — ${ui[kind]} — ${fill(ui.article_count, { count: articles })}`), BEST),
    );
    /** @type {Item[][]} */
    const items = [];
    const notes = result.similar.map(({ word, like }) => small(fill("%search_similar%", { word, like: like.join("%list_separator%") })));
    if (result.relaxed) notes.unshift(small("%search_relaxed%"));
    for (const hit of shown) {
      const facts = [hit.outlet, day(hit.date)].filter(Boolean).join(" · ");
      /** @type {Record<string, boolean>} */
      const terms = {};
      for (const { text: surface, mark } of [...hit.headline, ...hit.excerpt]) if (mark) terms[surface] = true;
      for (const word of [...result.missing, ...hit.missing]) terms[word] = false;
      const lines = [...notes.splice(0).map((note) => `${note}<br>`), facts && small(facts), html(hit.excerpt)];
      items.push([{ location: articleAt(hit.address), title: html(hit.headline), text: lines.join(""), score: hit.score || 1, terms }]);
    }
    const page = `${termAt("search/")}?s=${encodeURIComponent(text)}`;
    for (let number = shown.length; number < Math.min(result.total, MOST); number++)
      items.push([item(`${page}&page=${Math.floor(number / SHOWN) + 1}`, fill(ui.search_number, { number: number + 1 }))]);
    if (entities.length) items.splice(0, 1, together([...entities, ...(items[0] ?? [])]));
    return { items, suggest: result.entities.length ? [result.entities[0].label] : [] };
  }
}
