import { scriptErrors } from "../../kernel/errors/script-errors.ts";
import type { SourceLocation } from "../../kernel/errors/source-location.ts";
import { locateLine, readMarker, SECTION_NAMES, splitLines, type SectionName } from "./sql-lines.ts";

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

/**
 * Takes a `.sql` revision apart at its markers, `-- limbeck: upgrade` and `-- limbeck: downgrade`.
 *
 * Each section comes with as many empty lines before it as there are lines above it in the file, so that the lines of its statements
 * count as in the file.
 *
 * @param path names the file in errors
 * @throws ScriptError when there is no upgrade section, one is there twice, or a marker names another
 */
export function readSqlSections(text: string, path: string): SqlSections {
  const lines = splitLines(text);
  const starts: { readonly name: SectionName; readonly line: number }[] = [];
  for (const [index, line] of lines.entries()) {
    const marker = readMarker(line);
    if (marker === undefined) continue;
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
