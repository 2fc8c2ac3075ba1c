// @ts-check
/** What Material's search box shows of a result: HTML, escaped here, since the theme puts it in as it is. */

import { open, renew, SearchError } from "./engine.js";

const SHOWN = 10;
const MOST = 20_000;
const PAUSE = 80;
const FIRST = 1e9;
const MONTHS = /** @type {any} */ ("%months%");
/** @type {Record<string, string>} */
const ESCAPED = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @typedef {{location: string, title: string, text: string, score: number, terms: Record<string, boolean>}} Item */

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

/** @param {string} date */
function day(date) {
  const [year, month, number] = date.split("-").map(Number);
  return date && fill("%date%", { year, month: MONTHS[month - 1], day: number });
}

/** @param {string} line */
function small(line) {
  return `<small>${escape(line)}</small> `;
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
  }

  /**
   * What to show for a query; undefined when it has been overtaken by another.
   * @param {string} text
   * @param {() => boolean} current
   */
  async answer(text, current) {
    this.engine ??= open(this.base, (...request) => {
      const { root } = this;
      this.root = undefined;
      return root ?? fetch(...request);
    });
    try {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (!current()) return undefined;
      const engine = await this.engine;
      const result = await engine.search(text, { limit: SHOWN });
      if (!current()) return undefined;
      return await this.items(engine, result, text);
    } catch (error) {
      this.engine = undefined; // the next key opens it anew
      const kind = error instanceof SearchError ? error.kind : "network";
      if (kind !== "version") throw error;
      await renew(this.base);
      return { items: [[item("", "%search_version%")]] };
    }
  }

  /**
   * @param {import("./engine.js").Engine} engine
   * @param {import("./engine.js").Result} result
   * @param {string} text
   */
  async items(engine, result, text) {
    const { ui } = engine.root;
    // The key Enter opens what has the highest score.
    const items = result.entities.map(({ label, kind, articles, address }, place) => [
      item(termAt(address), escape(`${label} — ${ui[kind]} — ${fill(ui.article_count, { count: articles })}`), FIRST - place),
    ]);
    const notes = result.similar.map(({ word, like }) => small(fill("%search_similar%", { word, like: like.join("%list_separator%") })));
    if (result.relaxed) notes.unshift(small("%search_relaxed%"));
    for (const hit of await engine.show(result, 0, SHOWN)) {
      const facts = [hit.outlet, day(hit.date)].filter(Boolean).join(" · ");
      /** @type {Record<string, boolean>} */
      const terms = {};
      for (const { text: surface, mark } of [...hit.headline, ...hit.excerpt]) if (mark) terms[surface] = true;
      for (const word of [...result.missing, ...hit.missing]) terms[word] = false;
      const lines = [...notes.splice(0).map((note) => `${note}<br>`), facts && small(facts), html(hit.excerpt)];
      items.push([{ location: articleAt(hit.address), title: html(hit.headline), text: lines.join(""), score: hit.score || 1, terms }]);
    }
    const page = `${termAt("search/")}?s=${encodeURIComponent(text)}`;
    for (let number = SHOWN; number < Math.min(result.total, MOST); number++)
      items.push([item(`${page}&page=${Math.floor(number / SHOWN) + 1}`, fill(ui.search_number, { number: number + 1 }))]);
    return { items, suggest: result.entities.length ? [result.entities[0].label] : [] };
  }
}
