/*
 * The reader's own choices, kept in this browser: script and size of the text. And pages that were read, for when there is
 * no network. Pages are whole without this file; the choices are applied by three lines in the head, before anything is drawn.
 */
(() => {
  "use strict";
  const KEY = "dg-reader";
  const root = document.documentElement;
  const panel = document.querySelector(".dg-reader");
  const { worker } = document.currentScript.dataset;

  // The theme takes every alternate link for a translation of the site, and asks beside each for a sitemap that is not there.
  const feeds = document.querySelectorAll("link[rel=alternate][type]");
  for (const feed of feeds) feed.remove();
  addEventListener("load", () => document.head.append(...feeds));

  function chosen() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};  // no storage, or something else in it
    }
  }

  function choose(name, value) {
    root.dataset[name] = value;
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...chosen(), [name]: value }));
    } catch {
      // The choice holds for this page.
    }
  }

  function show() {
    for (const input of panel.querySelectorAll("input")) {
      input.checked = (root.dataset[input.name] || input.dataset.usual) === input.value;
    }
  }

  if (panel) {
    show();
    panel.addEventListener("change", ({ target }) => choose(target.name, target.value));
    panel.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && panel.open) {
        panel.open = false;
        panel.querySelector("summary").focus();
      }
    });
    document.addEventListener("click", ({ target }) => {
      if (!panel.contains(target)) panel.open = false;
    });
    addEventListener("pageshow", show);  // back from another page, where the choice was changed
  }

  async function keepPages() {
    await navigator.serviceWorker.register(worker);
    const { active } = await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {  // it did not see this page load
      const parts = performance.getEntriesByType("resource").map(({ name }) => name);
      active.postMessage({ page: location.href, parts });
    }
  }

  async function forgetPages() {
    const scope = document.querySelector("link[rel=manifest]")?.href;
    for (const registration of await navigator.serviceWorker.getRegistrations()) {
      if (scope?.startsWith(registration.scope)) await registration.unregister();
    }
  }

  if ("serviceWorker" in navigator && isSecureContext) {
    addEventListener("load", () => (worker ? keepPages() : forgetPages()).catch(() => {}));
  }
})();
