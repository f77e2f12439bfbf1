import { sep } from "node:path";

/** A path as configs have it, on every system. */
export const toSlashes = (path: string): string => path.split(sep).join("/");
