// @ts-check
/**
 * The search page: any page with an element `.dg-finder`. It knows no theme; its words come from the page.
 * The address holds the whole state (`?s=…&sort=newest&page=2`), so that a search can be kept and sent.
 */

import { open, renew, SearchError } from "./engine.js";

const PAGE = 10;
const FIRST = 6;
const PAUSE = 150;
const FACETS = 12;
const INDEX = new URL(".", import.meta.url).href;
const SITE = new URL("../", INDEX).href;
const RELOADED = "dg-search-reloaded";
const DAYS = ["from", "to"];

/** @typedef {import("./engine.js").Engine} Engine */
/** @typedef {import("./engine.js").Result} Result */
/** @typedef {"best" | "newest" | "oldest"} Sort */

/**
 * @param {string} name @param {Record<string, string>} [attributes] @param {(Node | string)[]} [inside]
 */
function make(name, attributes = {}, inside = []) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

/** Where a page is found: `articles/…/`, or a file where the site has no folders. @param {string} address */
function articleAt(address) {
  return address.replace(/\/$/, "%article_end%");
}

/** The same for a page in a folder of its own. @param {string} address */
function termAt(address) {
  return address.replace(/\/$/, "%term_end%");
}

/** @param {{text: string, mark: boolean}[]} pieces */
function marked(pieces) {
  return pieces.map(({ text, mark }) => (mark ? make("mark", {}, [text]) : text));
}

class SearchPage {
  /** @param {HTMLElement} place */
  constructor(place) {
    this.words = JSON.parse(place.dataset.words ?? "{}");
    this.input = /** @type {HTMLInputElement} */ (
      make("input", { type: "search", class: "dg-search__input", "aria-label": this.say("search_placeholder"), placeholder: this.say("search_placeholder"), autocomplete: "off", enterkeyhint: "search" })
    );
    this.sort = /** @type {HTMLSelectElement} */ (make("select", { class: "dg-search__sort", "aria-label": this.say("search_sort") }));
    for (const sort of ["best", "newest", "oldest"]) this.sort.append(make("option", { value: sort }, [this.say(`search_${sort}`)]));
    this.status = make("p", { class: "dg-search__status", role: "status", "aria-live": "polite", tabindex: "-1" });
    this.facets = make("div", { class: "dg-search__facets" });
    this.list = make("ol", { class: "dg-search__list" });
    this.pages = make("nav", { class: "dg-search__pages", "aria-label": this.say("search_pages") });
    /** Groups of facets that the reader has opened. @type {Set<string>} */
    this.opened = new Set();
    const form = make("form", { role: "search" }, [this.input, this.sort]);
    place.replaceChildren(form, this.status, this.facets, this.list, this.pages);
    this.latest = 0;
    this.typed = -PAUSE;
    /** @type {Engine | undefined} */
    this.engine = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    form.addEventListener("submit", (event) => (event.preventDefault(), this.go(1)));
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      const wait = performance.now() - this.typed < PAUSE ? PAUSE : 0; // the first key is answered at once
      this.typed = performance.now();
      this.timer = setTimeout(() => this.go(1), wait);
    });
    this.sort.addEventListener("change", () => this.go(1));
    addEventListener("popstate", () => this.restore());
    this.restore();
  }

  /** @param {string} key @param {Record<string, string | number>} [values] */
  say(key, values = {}) {
    return String(this.words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  restore() {
    const state = new URLSearchParams(location.search);
    this.input.value = state.get("s") ?? "";
    this.sort.value = state.get("sort") ?? "best";
    if (this.input.value) this.run(Math.max(1, Math.trunc(Number(state.get("page"))) || 1));
    else this.clear();
  }

  /** @param {number} page */
  go(page) {
    const state = new URLSearchParams();
    if (this.input.value.trim()) state.set("s", this.input.value);
    if (this.sort.value !== "best") state.set("sort", this.sort.value);
    if (page > 1) state.set("page", String(page));
    const address = String(state) ? `?${state}` : location.pathname;
    try {
      if (page > 1) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      // a page opened from a folder has no address of its own to change
    }
    if (this.input.value.trim()) this.run(page);
    else this.clear();
  }

  clear() {
    this.latest += 1;
    for (const part of [this.status, this.facets, this.list, this.pages]) part.replaceChildren();
  }

  /** @param {number} page @returns {Promise<void>} */
  async run(page) {
    const number = ++this.latest;
    this.status.textContent = this.say("search_loading");
    try {
      this.engine ??= await open(INDEX);
      const options = { limit: page * PAGE, sort: /** @type {Sort} */ (this.sort.value) };
      const { engine } = this;
      const result = await engine.search(this.input.value, options);
      const last = Math.max(1, Math.ceil(result.total / PAGE));
      if (page > last) return await this.run(last); // an address that was typed, or kept since there were more
      const start = (page - 1) * PAGE;
      const shown = await engine.show(result, start, start + FIRST); // browsers ask a server for six files at once
      if (number !== this.latest) return;
      this.tell(result);
      this.list.setAttribute("start", String(start + 1));
      this.list.replaceChildren(...this.entities(result, page), ...shown.map((hit) => this.hit(hit)));
      const rest = await engine.show(result, start + FIRST, start + PAGE);
      if (number !== this.latest) return;
      this.list.append(...rest.map((hit) => this.hit(hit)));
      this.turn(result, page);
      await this.narrow(engine, result, number);
    } catch (error) {
      if (number === this.latest) this.fail(error, page);
    }
  }

  /** @param {Result} result */
  tell({ total, missing, relaxed, similar }) {
    const separator = this.say("list_separator");
    const lines = [total ? this.say("search_found", { count: total }) : this.say("search_none")];
    if (!total) lines.push(this.say("search_none_hint"));
    if (missing.length) lines.push(this.say("search_missing", { words: missing.join(separator) }));
    if (relaxed) lines.push(this.say("search_relaxed"));
    for (const { word, like } of similar) lines.push(this.say("search_similar", { word, like: like.join(separator) }));
    this.status.replaceChildren(...lines.map((line) => make("span", {}, [line])));
  }

  /** @param {Result} result @param {number} page */
  entities({ entities }, page) {
    if (page > 1) return [];
    return entities.map(({ label, kind, articles, address }) => {
      const count = this.say("article_count", { count: articles });
      return make("li", { class: "dg-search__entity", value: "0" }, [make("a", { href: SITE + termAt(address) }, [label]), ` — ${this.say(kind)} — ${count}`]);
    });
  }

  /** @param {Awaited<ReturnType<Engine["show"]>>[number]} hit */
  hit({ address, headline, date, outlet, excerpt, missing }) {
    const marks = [...new Set([...headline, ...excerpt].filter(({ mark }) => mark).map(({ text }) => text))];
    const link = make("a", { href: `${SITE}${articleAt(address)}${marks.length ? `?h=${encodeURIComponent(marks.join(" "))}` : ""}` }, marked(headline));
    const facts = [outlet, this.date(date)].filter(Boolean).join(" · ");
    const item = make("li", {}, [make("h2", {}, [link]), make("p", { class: "dg-facts" }, [facts]), make("p", {}, marked(excerpt))]);
    if (missing.length) item.append(make("p", { class: "dg-facts" }, [this.say("search_absent", { words: missing.join(this.say("list_separator")) })]));
    return item;
  }

  /** @param {string} date */
  date(date) {
    if (!date) return this.say("published_unknown");
    const [year, month, day] = date.split("-").map(Number);
    return this.say("date", { year, month: this.words.months[month - 1], day });
  }

  /** @param {Result} result @param {number} page */
  turn({ total }, page) {
    const last = Math.ceil(total / PAGE);
    /** @param {string} key @param {number} to */
    const button = (key, to) => {
      const made = make("button", { type: "button" }, [this.say(key)]);
      made.addEventListener("click", () => {
        this.go(to);
        this.status.focus(); // the button is about to go; the next thing to read is here
        this.status.scrollIntoView({ block: "start" });
      });
      return made;
    };
    const parts = [];
    if (page > 1) parts.push(button("search_previous", page - 1));
    if (last > 1) parts.push(make("span", {}, [`${page} / ${last}`]));
    if (page < last) parts.push(button("search_next", page + 1));
    this.pages.replaceChildren(...parts);
  }

  /**
   * The facets, with true counts: what they would leave of this result.
   * @param {Engine} engine @param {Result} result @param {number} number
   */
  async narrow(engine, result, number) {
    const kinds = { country: "countries", topic: "topics", outlet: "outlets" };
    const groups = await Promise.all(
      Object.entries(kinds).map(async ([kind, title]) => {
        const values = await engine.facet(result, kind, FACETS);
        return this.group(this.say(title), kind, values.filter(({ count }) => count));
      }),
    );
    const years = (await engine.years(result)).map(({ year, count }) => ({ id: String(year), label: String(year), count }));
    if (number !== this.latest) return;
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)?.dataset.filter;
    this.facets.replaceChildren(...groups, this.days(this.group(this.say("search_year"), "date", years)));
    if (focused) /** @type {HTMLElement | null} */ (this.facets.querySelector(`[data-filter="${CSS.escape(focused)}"]`))?.focus();
  }

  /**
   * Put a filter into the field in place of others, or take it out.
   * @param {(word: string) => boolean} others @param {string} filter
   */
  filter(others, filter) {
    const words = this.input.value.split(/\s+/).filter((word) => word && !others(word));
    this.input.value = [...words, filter].filter(Boolean).join(" ");
    this.go(1);
  }

  /** @param {string} title @param {string} kind @param {{id: string, label: string, count: number}[]} values */
  group(title, kind, values) {
    const group = make("details", { class: "dg-search__facet" }, [make("summary", { "data-filter": `${kind}:` }, [title])]);
    const given = this.input.value.split(/\s+/);
    for (const { id, label, count } of values) {
      const filter = `${kind}:${id}`;
      const on = given.includes(filter);
      const button = make("button", { type: "button", "aria-pressed": String(on), title: on ? this.say("search_clear") : label, "data-filter": filter }, [`${label} (${count})`]);
      if (on) this.opened.add(kind);
      button.addEventListener("click", () => this.filter((word) => word === filter, on ? "" : filter));
      group.append(button);
    }
    if (this.opened.has(kind)) group.setAttribute("open", "");
    group.addEventListener("toggle", () => (/** @type {HTMLDetailsElement} */ (group).open ? this.opened.add(kind) : this.opened.delete(kind)));
    if (!values.length) group.hidden = true;
    return group;
  }

  /** First and last day, below the years. @param {HTMLElement} group */
  days(group) {
    const given = this.input.value.split(/\s+/);
    for (const key of DAYS) {
      const value = given.find((word) => word.startsWith(`${key}:`))?.slice(key.length + 1) ?? "";
      const field = /** @type {HTMLInputElement} */ (make("input", { type: "date", value, "data-filter": `${key}:` }));
      field.addEventListener("change", () => this.filter((word) => word.startsWith(`${key}:`), field.value && `${key}:${field.value}`));
      group.append(make("label", { class: "dg-search__day" }, [this.say(`search_${key}`), field]));
      if (value) {
        group.hidden = false;
        group.setAttribute("open", "");
      }
    }
    return group;
  }

  /** @param {unknown} error @param {number} page */
  async fail(error, page) {
    this.engine = undefined;
    const version = error instanceof SearchError && error.kind === "version";
    if (!(error instanceof SearchError)) console.error(error);
    const again = make("button", { type: "button" }, [this.say("search_retry")]);
    again.addEventListener("click", () => (version ? location.reload() : this.run(page)));
    for (const part of [this.facets, this.list, this.pages]) part.replaceChildren();
    this.status.replaceChildren(make("span", {}, [this.say(version ? "search_version" : "search_error")]), again);
    if (version) await reloadOnce(error.message);
  }
}

/**
 * Load the page with the scripts of today, but only once for one format: a site that is half published must not loop.
 * @param {string} format
 */
async function reloadOnce(format) {
  await renew(INDEX);
  try {
    if (sessionStorage.getItem(RELOADED) === format) return;
    sessionStorage.setItem(RELOADED, format);
  } catch {
    return; // nothing can be remembered here: the button reloads
  }
  location.reload();
}

for (const place of document.querySelectorAll(".dg-finder")) new SearchPage(/** @type {HTMLElement} */ (place));
