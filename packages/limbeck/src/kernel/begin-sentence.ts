/** URLs and paths, which are to be copied as they are: `sqlite:app.db`, `schema.sql`, `db/tables`. */
const ADDRESS = /^\S*[:./\\]\S/;

/** A text as a sentence begins, with a capital letter; what is an address stays as it is. */
export const beginSentence = (text: string): string =>
  ADDRESS.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
