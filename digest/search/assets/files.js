// Search on pages that were opened from a folder (`file:`), where browsers load neither modules nor workers nor data: every file
// of the index is there a second time, as a script that calls `digestFile`.
const HERE = document.currentScript.src;
const files = new Map();

globalThis.digestFile = (name, text) => {
  const file = files.get(name);
  file.there = true;
  file.resolve(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
};
globalThis.__index = { config: { lang: ["en"], separator: "[\\s\\-]+" }, docs: [] };

function load(name) {
  let file = files.get(name);
  if (!file) {
    file = {};
    file.bytes = new Promise((resolve, reject) => Object.assign(file, { resolve, reject }));
    files.set(name, file);
    const script = document.createElement("script");
    script.src = new URL(`${name}.js`, HERE).href;
    script.onerror = () => (files.delete(name), file.reject(new TypeError(name)));
    script.onload = () => file.there || script.onerror(); // it is no script of ours, or half of one
    document.head.append(script);
  }
  return file.bytes;
}

async function fetch(address) {
  return new Response(await load(String(address).split("?")[0].slice(new URL(".", HERE).href.length)));
}

/** Stands for the worker that Material wants: the same messages, on this side. */
class Neighbour extends EventTarget {
  postMessage({ type, data }) {
    if (type === 0) return this.say(1);
    if (type === 2) this.ask(data);
  }

  say(type, data) {
    this.dispatchEvent(new MessageEvent("message", { data: { type, data } }));
  }

  async ask(text) {
    const number = (this.latest = (this.latest ?? 0) + 1);
    if (!text.trim()) return this.say(3, { items: [] });
    this.box ??= new Box(new URL(".", HERE).href);
    const current = () => number === this.latest;
    try {
      await this.box.answer(text, current, (answer) => this.say(3, answer));
    } catch {
      if (current()) this.say(3, { items: [[item("%search_page%", "%search_error%")]] });
    }
  }
}
globalThis.Worker = Neighbour;
