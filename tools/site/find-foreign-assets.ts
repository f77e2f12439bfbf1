/** What a browser loads by itself when it shows a page; a link that somebody has to follow is none of it. */
const LOADED =
  /<(?:script|img|iframe|source|video|audio)\b[^>]*?\bsrc=["']?(https?:)?\/\/[^"'\s>]+|<link\b[^>]*?\bhref=["']?(https?:)?\/\/[^"'\s>]+|url\(["']?(https?:)?\/\/[^)"']+|@import\s+["'](https?:)?\/\/[^"']+/g;

/**
 * Whatever of a built site would be loaded from another host, so that the site would not work without a network.
 *
 * @param files the texts of pages and styles, by their paths
 */
export function findForeignAssets(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, text]) => Array.from(text.matchAll(LOADED), ([found]) => `${path}: ${found}`));
}
