/**
 * Where the code in a file called from, as `file:line:column`.
 *
 * @param stack the stack of an error made at the call
 * @param path absolute path of the file whose frame counts
 * @returns empty when no frame is in that file
 */
export function findCallSite(stack: string | undefined, path: string): string {
  for (const line of (stack ?? "").split("\n")) {
    const at = line.indexOf(path);
    if (at === -1) continue;
    const place = /^(:\d+:\d+)/.exec(line.slice(at + path.length).replace(/^\?[^:)]*/, ""));
    if (place) return `${path}${place[1]}`;
  }
  return "";
}
