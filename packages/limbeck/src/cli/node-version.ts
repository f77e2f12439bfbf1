/**
 * Says why a Node version cannot run Limbeck.
 *
 * Written for the old Node that it speaks of: no import, no recent syntax, so that it can still be parsed there. The texts are those of
 * LB0012 in the error catalogue.
 *
 * @param version as `process.versions.node` gives it
 * @returns undefined when the version will do
 */
export function explainOldNode(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return (
    "✖ LB0012 Limbeck needs Node 22.18 or newer, and this is " +
    version +
    ".\n  Older versions cannot load TypeScript files and have no SQLite built in.\n  fix: npm install --save-dev node@24\n       npx -p node@24 limbeck --help\n"
  );
}
