// Material's stock search is lunr in the browser: the whole JSON is loaded and the index is built there. For Urdu the theme's
// translation empties the pipeline and splits at `[\s\-]+`; words of a query are alternatives, the last may be a beginning.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import lunr from "lunr";

const [, , what, source] = process.argv;
const text = readFileSync(source, "utf8");
const { docs } = JSON.parse(text);
lunr.tokenizer.separator = /[\s\-]+/;
const index = lunr(function () {
  this.pipeline.reset();
  this.searchPipeline.reset();
  this.ref("location");
  this.field("title", { boost: 1000 });
  this.field("text");
  for (const doc of docs) this.add(doc);
});
if (what === "ask")
  for await (const line of createInterface({ input: process.stdin })) {
    const { query } = JSON.parse(line);
    const words = query.split(/\s+/).filter(Boolean);
    const found = index.query((q) => words.forEach((word) => q.term(word.toLowerCase(), { wildcard: lunr.Query.wildcard.TRAILING })));
    console.log(JSON.stringify({ found: found.map(({ ref }) => Number(ref)), bytes: 0 }));
  }
