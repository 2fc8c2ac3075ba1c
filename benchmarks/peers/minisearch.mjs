// MiniSearch with its index built beforehand and loaded whole; fuzzy and prefix search as its documentation suggests.
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import MiniSearch from "minisearch";

const [, , what, source, out] = process.argv;
const options = { idField: "location", fields: ["title", "text"], storeFields: ["title"] };
if (what === "build") {
  const index = new MiniSearch(options);
  index.addAll(JSON.parse(readFileSync(source, "utf8")).docs);
  writeFileSync(out, JSON.stringify(index));
} else {
  const index = MiniSearch.loadJSON(readFileSync(out, "utf8"), options);
  for await (const line of createInterface({ input: process.stdin })) {
    const { query } = JSON.parse(line);
    const found = index.search(query, { combineWith: "AND", fuzzy: 0.2, prefix: true });
    console.log(JSON.stringify({ found: found.map(({ id }) => Number(id)), bytes: 0 }));
  }
}
