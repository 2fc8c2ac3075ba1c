// Search for Material's own box, in place of the theme's worker. Nothing else is loaded before the first key.
const SETUP = 0, READY = 1, QUERY = 2, RESULT = 3;
let latest = 0, box;

function say(type, data) {
  postMessage({ type, data });
}

function open() {
  const base = new URL(".", self.location).href;
  const root = fetch(`${base}root.bin`); // with the scripts, not behind them
  root.catch(() => {});
  return Promise.all([import("./box.js"), import("./engine.js")]).then(([{ Box }]) => new Box(base, root));
}

addEventListener("message", async ({ data: { type, data } }) => {
  if (type === SETUP) return say(READY);
  if (type !== QUERY) return;
  const number = ++latest;
  if (!data.trim()) return say(RESULT, { items: [] });
  try {
    box ??= open();
    await (await box).answer(data, () => number === latest, (answer) => say(RESULT, answer));
  } catch (error) {
    box = undefined; // the next key tries again
    const title = "%search_error%";
    if (number === latest) say(RESULT, { items: [[{ location: "%search_page%", title, text: "", score: 1, terms: {} }]] });
  }
});
