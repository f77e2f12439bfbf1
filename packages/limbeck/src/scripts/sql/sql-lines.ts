/** The sections of a `.sql` revision. */
export const SECTION_NAMES = ["upgrade", "downgrade"] as const;

/** One of the {@link SECTION_NAMES}. */
export type SectionName = (typeof SECTION_NAMES)[number];

/** The words of the header of a `.sql` revision: those of Alembic's files. */
export const FIELD_NAMES = [
  "revision",
  "down_revision",
  "branch_labels",
  "depends_on",
  "replaces",
  "transactional",
] as const;

/** One of the {@link FIELD_NAMES}. */
export type FieldName = (typeof FIELD_NAMES)[number];

const MARKER = /^[ \t]*--[ \t]*limbeck[ \t]*:(.*)$/i;
const FIELD = /^[ \t]*--[ \t]*([a-z][a-z_-]*)[ \t]*:(.*)$/i;

/** `Down-Revision`, `downRevision` and `down_revisions` are all meant for `down_revision`. */
const reduce = (word: string): string => word.toLowerCase().replaceAll(/[_-]|s/g, "");

const MEANT: ReadonlyMap<string, FieldName> = new Map(FIELD_NAMES.map((name) => [reduce(name), name]));

/** What follows `-- limbeck:` in a line; undefined when the line is no marker. */
export function readMarker(line: string): string | undefined {
  return MARKER.exec(line.trimEnd())?.[1]?.trim();
}

/** The part of a text that stands before its first marker. */
export function cutAtMarker(text: string): string {
  const marker = text.search(/^[ \t]*--[ \t]*limbeck[ \t]*:/im);
  return marker === -1 ? text : text.slice(0, marker);
}

/** A line of the header. */
export interface FieldLine {
  readonly name: FieldName;
  /** As it is written; another spelling than the name's is a mistake. */
  readonly word: string;
  readonly value: string;
}

/** The part of the header that a line holds, or is meant to hold; undefined for any other comment. */
export function readField(line: string): FieldLine | undefined {
  const [, word = "", value = ""] = FIELD.exec(line.trimEnd()) ?? [];
  const name = MEANT.get(reduce(word));
  return name && { name, word, value: value.trim() };
}
