import { scriptErrors } from "../../kernel/errors/script-errors.ts";
import { locateLine, splitLines, type SourceLocation } from "../../kernel/errors/source-location.ts";
import type { FileComment } from "../file-comment.ts";
import type { ReadHeader } from "../revision-header.ts";
import { cutAtMarker, readField, type FieldLine, type FieldName } from "./sql-lines.ts";

/** A line of the comments that a `.sql` revision begins with. */
interface PreambleLine {
  readonly location: SourceLocation;
  /** The words of a comment; empty for an empty line. */
  readonly comment: string;
  readonly field: FieldLine | undefined;
}

type Values = Partial<Record<FieldName, readonly string[]>>;

const EXPECTED: Readonly<Record<FieldName, string>> = {
  revision: "one id",
  down_revision: "an id, several with commas between them, or none",
  branch_labels: "labels with commas between them",
  depends_on: "ids or labels with commas between them",
  replaces: "ids with commas between them",
  transactional: "true or false",
};

/** Words that mean "nothing" elsewhere, and would be taken for ids here. */
const OTHER_NOTHING: ReadonlySet<string> = new Set(["null", "nil", "undefined", "base"]);

/** Reads the comments before the first section; anything else there would be run by nobody. */
function* readPreamble(text: string, path: string): Generator<PreambleLine> {
  let inBlock = false;
  // The statements may be long, and say nothing about the revision.
  const lines = splitLines(cutAtMarker(text));
  for (const [index, line] of lines.entries()) {
    const location = locateLine(path, lines, index + 1);
    const trimmed = line.trim();
    if (inBlock || trimmed.startsWith("/*")) {
      const end = trimmed.indexOf("*/");
      if (end !== -1 && trimmed.slice(end + 2).trim() !== "") {
        throw scriptErrors.sqlOutsideSection({ location });
      }
      inBlock = end === -1;
      const words = (end === -1 ? trimmed : trimmed.slice(0, end)).replace(/^\/?\*+ ?/, "").trimEnd();
      yield { location, comment: words, field: undefined };
    } else if (trimmed.startsWith("--")) {
      yield { location, comment: trimmed.replace(/^--+ ?/, ""), field: readField(line) };
    } else if (trimmed === "") {
      yield { location, comment: "", field: undefined };
    } else {
      throw scriptErrors.sqlOutsideSection({ location });
    }
  }
}

function readList({ name, value }: FieldLine, location: SourceLocation): readonly string[] {
  if (name === "down_revision" && /^none$/i.test(value)) return [];
  const items = value === "" ? [] : value.split(",").map((item) => item.trim());
  const isWrong = (item: string): boolean => !/^[^\s"'`]+$/.test(item) || OTHER_NOTHING.has(item.toLowerCase());
  if (name === "transactional" && !["true", "false"].includes(items.join())) {
    throw scriptErrors.sqlHeaderInvalid({ location, name, expected: EXPECTED[name] });
  }
  const isOptional = name === "branch_labels" || name === "depends_on" || name === "replaces";
  if (items.some(isWrong) || (name === "revision" && items.length !== 1) || (items.length === 0 && !isOptional)) {
    throw scriptErrors.sqlHeaderInvalid({ location, name, expected: EXPECTED[name] });
  }
  return items;
}

function readValues(lines: readonly PreambleLine[]): Values {
  const values: Values = {};
  for (const { field, location } of lines) {
    if (!field) continue;
    const { name, word } = field;
    if (word.toLowerCase() !== name)
      throw scriptErrors.sqlHeaderInvalid({ location, name, expected: `the word ${name}` });
    if (values[name]) throw scriptErrors.sqlHeaderInvalid({ location, name, expected: "each word once" });
    values[name] = readList(field, location);
  }
  return values;
}

/** What is said beside the header: the first paragraph, and all of it. */
function readComment(lines: readonly PreambleLine[]): FileComment | undefined {
  const text = lines
    .map(({ comment, field }) => (field ? "" : comment))
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
  if (text === "") return undefined;
  const [paragraph = ""] = text.split(/\n\s*\n/, 1);
  return {
    message: paragraph
      .split("\n")
      .map((line) => line.trim())
      .join(" "),
    text,
  };
}

/**
 * Reads the header of a `.sql` revision: the comments before its first section.
 *
 * @param path names the file in errors
 * @throws ScriptError when a part of the header is missing or not as it should be, or SQL stands before the first section
 */
export function readSqlHeader(text: string, path: string): ReadHeader {
  const lines = Array.from(readPreamble(text, path));
  const values = readValues(lines);
  for (const name of ["revision", "down_revision"] as const) {
    if (!values[name]) throw scriptErrors.headerIncomplete({ path, name });
  }
  const {
    revision: [revision = ""] = [],
    down_revision = [],
    branch_labels = [],
    depends_on = [],
    replaces = [],
  } = values;
  return {
    header: { revision, downRevision: down_revision, branchLabels: branch_labels, dependsOn: depends_on, replaces },
    comment: readComment(lines),
  };
}

/** Whether a `.sql` revision runs in a transaction: unless its header says `transactional: false`. */
export function readSqlTransactional(text: string, path: string): boolean {
  return readValues(Array.from(readPreamble(text, path))).transactional?.join() !== "false";
}

/**
 * Finds the line of the header that holds one of its parts.
 *
 * @returns its number, from 1; undefined where there is none
 */
export function locateSqlField(text: string, path: string, name: FieldName): number | undefined {
  return Array.from(readPreamble(text, path)).find(({ field }) => field?.name === name)?.location.line;
}
