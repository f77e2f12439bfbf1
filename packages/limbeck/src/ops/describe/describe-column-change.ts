import { assertNever } from "../../kernel/assert-never.ts";
import type { Column, ColumnDefault } from "../../schema/model/column.ts";
import type { ColumnType } from "../../schema/model/column-type.ts";
import { describeType } from "./describe-type.ts";

function describeDefault(value: ColumnDefault): string {
  switch (value.kind) {
    case "value":
      return JSON.stringify(value.value);
    case "now":
      return "now";
    case "expression":
      return `(${value.sql})`;
    default:
      return assertNever(value);
  }
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One change of a column; `subject` is its name in the first phrase and `it` in the others. */
type Phrase = (subject: string) => string;

const whose = (subject: string): string => (subject === "it" ? "its" : `of ${subject}`);

/** `comment of todos.title`, later `its comment`. */
const property = (name: string, subject: string): string =>
  subject === "it" ? `its ${name}` : `${name} ${whose(subject)}`;

function changeProperty(name: string, from: string | undefined, to: string | undefined): readonly Phrase[] {
  if (from === to) return [];
  if (to === undefined) return [(subject) => `drop ${property(name, subject)}`];
  return [(subject) => `set ${property(name, subject)} to ${to}`];
}

function changeGenerated(from: Column, to: Column): readonly Phrase[] {
  if (isSame(from.generated, to.generated)) return [];
  const { generated } = to;
  if (!generated) return [(subject) => `make ${subject} an ordinary column`];
  return [(subject) => `compute ${subject} as (${generated.expression}), ${generated.storage}`];
}

/** An engine's own type may be called like a portable one, and be another. */
const asWritten = (type: ColumnType): string =>
  type.kind === "raw" ? `raw(${JSON.stringify(type.sql)})` : describeType(type);

function describeTypes(from: ColumnType, to: ColumnType): { readonly from: string; readonly to: string } {
  const words = { from: describeType(from), to: describeType(to) };
  return words.from === words.to && from.kind !== to.kind ? { from: asWritten(from), to: asWritten(to) } : words;
}

function collectPhrases(from: Column, to: Column): readonly Phrase[] {
  const phrases: Phrase[] = [];
  const types = describeTypes(from.type, to.type);
  if (types.from !== types.to) {
    phrases.push((subject) => `change ${property("type", subject)} from ${types.from} to ${types.to}`);
  }
  if (from.nullable !== to.nullable)
    phrases.push((subject) => `make ${subject} ${to.nullable ? "nullable" : "not null"}`);
  phrases.push(
    ...changeProperty(
      "default",
      from.default && describeDefault(from.default),
      to.default && describeDefault(to.default),
    ),
    ...changeGenerated(from, to),
  );
  if ((from.autoIncrement ?? false) !== (to.autoIncrement ?? false)) {
    phrases.push((subject) =>
      to.autoIncrement ? `let ${subject} number its rows` : `stop ${subject} numbering its rows`,
    );
  }
  phrases.push(
    ...changeProperty("collation", from.collation, to.collation),
    ...changeProperty(
      "comment",
      from.comment && JSON.stringify(from.comment),
      to.comment && JSON.stringify(to.comment),
    ),
  );
  if (!isSame(from.options, to.options)) phrases.push((subject) => `change ${property("options", subject)}`);
  return phrases;
}

/** What changes about a column, in one line; the name of the column stands in the first part. */
export function describeColumnChange(table: string, from: Column, to: Column): string {
  const subject = `${table}.${from.name}`;
  const phrases = collectPhrases(from, to);
  if (phrases.length === 0) return `leave ${subject} as it is`;
  return phrases.map((phrase, position) => phrase(position === 0 ? subject : "it")).join(", ");
}
