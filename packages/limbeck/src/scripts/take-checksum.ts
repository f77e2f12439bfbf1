import { createHash } from "node:crypto";

/** The text of a revision as far as it matters: how its lines end and are indented does not. */
const normalize = (text: string): string =>
  text
    .replace(/^\uFEFF/, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** The checksum of a revision file; white space aside, another text has another one. */
export function takeChecksum(text: string): string {
  return createHash("sha256").update(normalize(text)).digest("hex");
}
