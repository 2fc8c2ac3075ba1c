// @ts-check
/** How far two spellings are from each other. */

/**
 * Number of letters to insert, remove, replace or swap with their neighbour; counts no further than `most`.
 * @param {string} one @param {string} other @param {number} most
 */
export function edits(one, other, most) {
  const a = [...one];
  const b = [...other];
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let row = b.map((_, place) => place + 1);
  row.unshift(0);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[b.length];
}

/** @param {string} one @param {string} other */
export function oneEdit(one, other) {
  return edits(one, other, 1) === 1;
}

/**
 * Whether two words of one skeleton are close enough to be one name: short words must be closer.
 * @param {string} one @param {string} other
 */
export function near(one, other) {
  const most = Math.min([...one].length, [...other].length) <= 5 ? 1 : 2;
  return edits(one, other, most) <= most;
}
