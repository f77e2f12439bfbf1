const URL_SCHEME = /^[a-z][a-z0-9+.-]+:/i;

/** A text as the beginning of a sentence: `the models` gets a capital, a URL stays as it is. */
export const beginSentence = (text: string): string =>
  URL_SCHEME.test(text) ? text : text.charAt(0).toUpperCase() + text.slice(1);
