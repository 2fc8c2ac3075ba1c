const kinds = ["countries", "topics", "people", "organisations", "outlets", "months"];

export default function (config) {
  config.setQuietMode(true);
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  config.addCollection("news", (api) => api.getFilteredByGlob("content/articles/**/*.md").reverse());
  config.addCollection("termPages", (api) => {
    const terms = new Map();
    for (const item of api.getFilteredByGlob("content/articles/**/*.md").reverse()) {
      for (const kind of kinds) {
        for (const slug of item.data[kind] ?? []) {
          const key = `${kind}/${slug}`;
          if (!terms.has(key)) terms.set(key, []);
          terms.get(key).push(item);
        }
      }
    }
    const pages = [];
    for (const [key, items] of terms) {
      const count = Math.ceil(items.length / 100);
      for (let number = 0; number < count; number += 1) {
        const url = number ? `/${key}/page/${number + 1}/` : `/${key}/`;
        pages.push({ key, url, number: number + 1, count, items: items.slice(number * 100, number * 100 + 100) });
      }
    }
    return pages;
  });
  config.addCollection("kinds", (api) => kinds.map((kind) => {
    const counts = new Map();
    for (const item of api.getFilteredByGlob("content/articles/**/*.md")) {
      for (const slug of item.data[kind] ?? []) counts.set(slug, (counts.get(slug) ?? 0) + 1);
    }
    return { kind, terms: [...counts].sort((a, b) => b[1] - a[1]) };
  }));
  return { dir: { input: "content", output: "public", includes: "../includes" }, markdownTemplateEngine: false };
}
