/** Where a database stands, in a few words. */
export const formatPosition = (revisions: readonly string[]): string =>
  revisions.length === 0 ? "base" : revisions.join(", ");
