import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readDocument, type Document } from "./read-document.ts";

const REPOSITORY = new URL("../../", import.meta.url);

/** The README and the pages that go on from it: each begins where the one before it ends, in the same project. */
export const README_SESSION: readonly string[] = [
  "README.md",
  "docs/autogenerate.md",
  "docs/operations.md",
  "docs/models.md",
  "docs/config.md",
  "docs/branches.md",
  "docs/errors.md",
  "docs/library.md",
];

/** The documents of {@link README_SESSION}. */
export const readReadmeSession = (): readonly Document[] =>
  README_SESSION.map((name) => readDocument(name, readFileSync(fileURLToPath(new URL(name, REPOSITORY)), "utf8")));
