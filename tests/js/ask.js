/**
 * Asks an index on disk: node ask.js SEARCH_FOLDER < questions (JSON, one a line) > answers (JSON, one a line).
 * What is fetched is counted in bytes, as a server that sends parts of files would send them.
 */
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = pathToFileURL(`${process.argv[2]}/`).href;
const seen = { bytes: 0, requests: 0 };
const whole = process.argv.includes("--whole");

async function get(address, options) {
  seen.requests += 1;
  let bytes;
  try {
    bytes = readFileSync(new URL(address.split("?")[0]));
  } catch {
    return new Response(null, { status: 404 });
  }
  const range = /bytes=(\d+)-(\d+)/.exec(options?.headers?.Range ?? "");
  if (range && !whole) bytes = bytes.subarray(Number(range[1]), Number(range[2]) + 1);
  seen.bytes += bytes.length;
  return new Response(bytes, { status: range && !whole ? 206 : 200 });
}

const { open } = await import(new URL("engine.js", folder));
let engine;
for await (const line of createInterface({ input: process.stdin })) {
  const { query, limit = 10, sort = "best", show = 0, fresh = false, fold, facet } = JSON.parse(line);
  Object.assign(seen, { bytes: 0, requests: 0 }); // the root file is part of a first search
  if (fresh || !engine) engine = await open(folder, get);
  if (fold) {
    const words = fold.map((text) => engine.folder.words(text).map(({ form }) => [form, engine.folder.skeleton(form)]));
    console.log(JSON.stringify(words));
    continue;
  }
  const began = performance.now();
  const result = await engine.search(query, { limit, sort });
  const shown = show ? await engine.show(result, 0, show) : [];
  const facets = facet ? await engine.facet(result, facet, 20) : [];
  const { total, hits, missing, relaxed, similar, entities } = result;
  const ms = performance.now() - began;
  console.log(JSON.stringify({ total, hits, missing, relaxed, similar, entities, shown, facets, ...seen, ms }));
}
