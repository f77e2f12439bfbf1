/**
 * Imports a module by Node itself. It is alone in its file so that a test runner that replaces `import()` by its own
 * can be told to leave this one alone: revisions have to be loaded in tests as they are in earnest.
 *
 * @param url absolute
 */
export function importNatively(url: string): Promise<object> {
  return import(url);
}
