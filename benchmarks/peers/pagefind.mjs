// Pagefind's own script in node, over a server of its own, so that what it fetches is counted.
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
let bytes = 0;
const server = createServer((request, response) => {
  const path = `${folder}${new URL(request.url, "http://a").pathname}`;
  try {
    bytes += statSync(path).size;
    createReadStream(path).pipe(response);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0);
const base = `http://127.0.0.1:${server.address().port}/`;
globalThis.window = globalThis;
globalThis.document = { querySelector: () => ({ getAttribute: () => "ur" }), currentScript: null };
globalThis.location = new URL(base);
const load = globalThis.fetch;
globalThis.fetch = (address, options) => load(new URL(address, base), options);
const pagefind = await import(`${pathToFileURL(folder).href}/pagefind.js`);
bytes += statSync(`${folder}/pagefind.js`).size;
await pagefind.options({ basePath: base, baseUrl: "/" });
await pagefind.init();
for await (const line of createInterface({ input: process.stdin })) {
  const { query, fresh } = JSON.parse(line);
  const { results } = await pagefind.search(query);
  const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  const found = fresh ? shown : await Promise.all(results.slice(0, 3000).map((result) => result.data()));
  console.log(JSON.stringify({ found: found.map(({ url }) => Number(/(\d+)\.html/.exec(url)?.[1] ?? -1)), bytes }));
}
process.exit(0);
