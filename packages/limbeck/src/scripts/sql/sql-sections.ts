import type { SplitScript } from "../../dialect/place-statements.ts";
import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import { scriptErrors } from "../../kernel/errors/script-errors.ts";
import { locateLine, splitLines, type SourceLocation } from "../../kernel/errors/source-location.ts";
import { readMarker, SECTION_NAMES, type SectionName } from "./sql-lines.ts";

/** The text of each section; a section that the file does not have is absent. */
export type SqlSections = Readonly<Partial<Record<SectionName, string>>>;

/** How other tools mark the way up, for people who bring their files along. */
const FOREIGN_MARKER = /^[ \t]*--[ \t]*(?:migrate:up|\+goose Up|\+micrate Up|\+migrate Up|!Ups)\b/im;

function findForeignMarker(lines: readonly string[]): string | undefined {
  return lines.find((line) => FOREIGN_MARKER.test(line))?.trim();
}

function requireSection(marker: string, location: SourceLocation): SectionName {
  const name = SECTION_NAMES.find((section) => section === marker.toLowerCase());
  if (!name) throw scriptErrors.sqlSectionUnknown({ location, marker });
  return name;
}

/** Whether a text leaves nothing open: inside a value, a comment or a trigger a marker is none. */
function isComplete(text: string, splitScript: SplitScript): boolean {
  try {
    splitScript(text);
    return true;
  } catch (error) {
    if (error instanceof LimbeckError) return false;
    throw error;
  }
}

/**
 * Takes a `.sql` revision apart at its markers, `-- limbeck: upgrade` and `-- limbeck: downgrade`.
 *
 * Each section comes with as many empty lines before it as there are lines above it in the file, so that the lines of its statements
 * count as in the file.
 *
 * @param path names the file in errors
 * @param splitScript tells whether a marker stands between two statements
 * @throws ScriptError when there is no upgrade section, one is there twice, or a marker names another
 */
export function readSqlSections(text: string, path: string, splitScript: SplitScript): SqlSections {
  const lines = splitLines(text);
  const starts: { readonly name: SectionName; readonly line: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const marker = readMarker(line);
    if (marker === undefined) continue;
    const before = lines.slice((starts.at(-1)?.line ?? -1) + 1, index);
    if (!isComplete(before.join("\n"), splitScript)) continue;
    const location = locateLine(path, lines, index + 1);
    const name = requireSection(marker, location);
    if (starts.some((start) => start.name === name)) throw scriptErrors.sqlSectionRepeated({ location, section: name });
    starts.push({ name, line: index });
  }
  const sections = starts.map(({ name, line }, index) => {
    const body = lines.slice(line + 1, starts[index + 1]?.line);
    return [name, "\n".repeat(line + 1) + body.join("\n")] as const;
  });
  if (!starts.some(({ name }) => name === "upgrade")) {
    throw scriptErrors.sqlUpgradeMissing({ path, foreignMarker: findForeignMarker(lines) });
  }
  return Object.fromEntries(sections);
}
