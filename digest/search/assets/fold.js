// @ts-check
/**
 * Folds words as digest/languages/fold.py and digest/search/folding.py do, by the table in the root file.
 * A test compares the two sides over a whole vocabulary.
 */

/**
 * @typedef {object} FoldTable
 * @property {string} marks inside of a character class: the marks that continue a word
 * @property {Record<string, string>} letters character → folded form
 * @property {string} drop characters that folding removes
 * @property {Record<string, string>} final what the last letter of a longer word becomes
 * @property {number} final_over letters that a word must have more than
 * @property {Record<string, string>} lower letters whose case folding is not their upper case's lower case
 * @property {Record<string, string>} classes class in the skeleton → its consonants
 * @property {Record<string, string>} initial the same for letters that are heard only at the start of a word
 * @property {string[]} before clitics glued in front of a word
 * @property {string[]} after clitics glued behind a word
 * @property {string[]} stopwords words too common to search for
 */

/**
 * @typedef {object} Word
 * @property {string} form folded
 * @property {number} start where it stands in the text
 * @property {number} end
 */

const SHORTEST_BASE = 4;
const MOST_FOLDED = 50_000;

export class Folder {
  /** @param {FoldTable} table */
  constructor(table) {
    this.table = table;
    this.stopwords = new Set(table.stopwords);
    this.drop = new Set(table.drop);
    this.classes = byLetter(table.classes);
    this.initial = byLetter(table.initial);
    /** Words folded already: an archive has few words, and each many times. @type {Map<string, string>} */
    this.folded = new Map();
    const letter = "\\p{L}\\p{Nl}\\p{No}";
    this.pattern = new RegExp(`[${letter}](?:[${letter}]|[${table.marks}])*|\\p{Nd}+`, "gu");
  }

  /** @param {string} word */
  word(word) {
    let folded = this.folded.get(word);
    if (folded === undefined) {
      if (this.folded.size > MOST_FOLDED) this.folded.clear();
      this.folded.set(word, (folded = this.fold(word)));
    }
    return folded;
  }

  /** @param {string} word */
  fold(word) {
    const { letters, final, final_over: over } = this.table;
    let folded = "";
    for (const character of word) {
      for (const lowered of this.lower(character)) // İ becomes two, and one of them is dropped
        if (!this.drop.has(lowered)) folded += letters[lowered] ?? lowered;
    }
    const characters = [...folded];
    const last = characters[characters.length - 1];
    if (characters.length > over && last in final) {
      characters[characters.length - 1] = final[last];
      folded = characters.join("");
    }
    return folded;
  }

  /** @param {string} letter one character */
  lower(letter) {
    const code = /** @type {number} */ (letter.codePointAt(0));
    if (code < 0x80) return letter.toLowerCase();
    if (code >= 0x13a0 && code <= 0x13f5) return letter; // Cherokee folds to upper case
    if (code >= 0x13f8 && code <= 0x13fd) return String.fromCodePoint(code - 8);
    if (code >= 0xab70 && code <= 0xabbf) return String.fromCodePoint(code - 0x97d0);
    return this.table.lower[letter] ?? [...letter.toUpperCase()].map((raised) => raised.toLowerCase()).join("");
  }

  /**
   * Splits a text into words; those that fold to nothing are left out.
   * @param {string} text
   * @returns {Word[]}
   */
  words(text) {
    const found = [];
    for (const match of text.matchAll(this.pattern)) {
      const form = this.word(match[0]);
      if (form) found.push({ form, start: match.index, end: match.index + match[0].length });
    }
    return found;
  }

  /**
   * The consonant skeleton of a folded word.
   * @param {string} folded
   */
  skeleton(folded) {
    const { classes, initial } = this;
    let skeleton = "";
    let last = "";
    let first = true;
    for (const letter of folded) {
      const opening = initial.get(letter);
      if (opening) {
        if (first) skeleton += last = opening;
      } else {
        const heard = classes.get(letter) ?? letter;
        if (heard !== last) skeleton += last = heard;
      }
      first = false;
    }
    return skeleton;
  }

  /**
   * Where the row of a word stands in the index.
   * @param {string} word
   */
  key(word) {
    return `${this.skeleton(word)}\t${word}`;
  }

  /**
   * What is left of a word when a clitic is peeled off.
   * @param {string} word
   * @returns {string[]}
   */
  bases(word) {
    const found = [];
    for (const clitic of this.table.after)
      if (word.endsWith(clitic) && word.length - clitic.length >= SHORTEST_BASE)
        found.push(this.word(word.slice(0, -clitic.length)));
    for (const clitic of this.table.before)
      if (word.startsWith(clitic) && word.length - clitic.length >= SHORTEST_BASE)
        found.push(word.slice(clitic.length));
    return found;
  }
}

/** @param {Record<string, string>} classes @returns {Map<string, string>} */
function byLetter(classes) {
  return new Map(Object.entries(classes).flatMap(([name, letters]) => [...letters].map((letter) => [letter, name])));
}
