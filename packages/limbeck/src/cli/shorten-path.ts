import { relative, sep } from "node:path";

/** A path as it is reached from a folder, when it lies below it; else as it is. */
export function shortenPath(path: string, folder: string): string {
  const short = relative(folder, path);
  return short === "" || short === ".." || short.startsWith(`..${sep}`) ? path : short;
}
