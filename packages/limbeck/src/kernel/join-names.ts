/** Names as they are listed in a sentence: `a, b and c`. */
export const joinNames = (names: readonly string[]): string =>
  names.length < 3 ? names.join(" and ") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
