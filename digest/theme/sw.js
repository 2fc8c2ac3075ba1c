/*
 * Keeps the pages that were read last, with what they are made of, for when there is no network. With a network the network
 * always wins: nobody reads yesterday's page because of this file. Setting `offline: false` leaves it out.
 */
"use strict";

const PAGES = "dg-pages-1";
const PARTS = "dg-parts-1";
const MOST = { [PAGES]: 30, [PARTS]: 60 };
const PART = new Set(["style", "script", "font", "image", "manifest"]);
const IS_PART = /\.(css|js|woff2|svg|png)$/;

async function keep(name, request, response) {
  if (!response.ok || response.redirected || response.type !== "basic") return;
  const cache = await caches.open(name);
  await cache.put(request, response);  // one that is kept already moves to the end
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST[name])).map((old) => cache.delete(old)));
}

async function fromNetwork(event, name) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keep(name, event.request, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const cache = await caches.open(name);
    const kept = await cache.match(event.request, { ignoreSearch: true, ignoreVary: true })
      || (name === PAGES && await cache.match(self.registration.scope));
    if (kept) return kept;
    throw error;
  }
}

async function keepAddress(name, address) {
  if (new URL(address).origin === location.origin) await keep(name, address, await fetch(address));
}

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("dg-") && !(name in MOST);
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fromNetwork(event, PAGES));
  else if (PART.has(request.destination)) event.respondWith(fromNetwork(event, PARTS));
});

self.addEventListener("message", (event) => {
  const { page, parts } = event.data;
  const wanted = parts.filter((address) => IS_PART.test(new URL(address).pathname));
  const kept = [keepAddress(PAGES, page), ...wanted.map((address) => keepAddress(PARTS, address))];
  event.waitUntil(Promise.allSettled(kept));
});
