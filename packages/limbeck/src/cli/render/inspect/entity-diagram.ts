import type { InspectResult } from "../../../commands/inspect.ts";
import type { ColumnType } from "../../../schema/model/column-type.ts";
import type { ForeignKey } from "../../../schema/model/constraint.ts";
import { findColumn, type Table } from "../../../schema/model/table.ts";
import { areUnique, findReferences, isKey } from "./describe-column.ts";

/**
 * The name of a table, in quotation marks; Mermaid has no way to write one inside of them.
 *
 * @see https://mermaid.js.org/syntax/entityRelationshipDiagram.html
 */
const quote = (name: string): string => `"${name.replaceAll(/["\\%]|\p{Cc}/gu, "_") || "_"}"`;

/** Types and columns are words of letters, digits, and few signs; of Latin-1 it takes letters with accents only. */
function toWord(text: string): string {
  const word = text.replaceAll(/(?:[^\p{L}\p{M}\p{N}_()[\]-]|[\u0080-\u00BF])+/gu, "_").replaceAll(/^_+(?=.)|_+$/g, "");
  // A word that begins with the mark of a key is taken for the mark, where the next sign is no letter in ASCII's sense.
  return /^(?![pfu]k\b)\p{L}|^_/iu.test(word) ? word : `_${word}`;
}

function renderEntity(table: Table, renderType: (type: ColumnType) => string): string {
  const rows = table.columns.map(({ name, type }) => {
    const inPrimaryKey = table.constraints.some((one) => one.kind === "primaryKey" && one.columns.includes(name));
    const keys = [
      ...(inPrimaryKey ? ["PK"] : []),
      ...(findReferences(table, name).length > 0 ? ["FK"] : []),
      ...(isKey(table, name, "unique") ? ["UK"] : []),
    ];
    return `    ${toWord(renderType(type))} ${toWord(name)}${keys.length > 0 ? ` ${keys.join(", ")}` : ""}`;
  });
  return [`  ${quote(table.name)} {`, ...rows, "  }"].join("\n");
}

/** How many rows may point to one, and whether a row has to point to one. */
function renderRelation(key: ForeignKey, table: Table): string {
  const isOptional = key.columns.some((column) => findColumn(table, column)?.nullable);
  const many = areUnique(table, key.columns) ? "o|" : "o{";
  const one = isOptional ? "|o" : "||";
  return `  ${quote(key.references.table)} ${one}--${many} ${quote(table.name)} : ${quote(key.columns.join(", "))}`;
}

/** The tables as a Mermaid entity relationship diagram: columns with their keys, and a line for every foreign key. */
export function renderEntityDiagram({ schema }: InspectResult, renderType: (type: ColumnType) => string): string {
  const relations = schema.tables.flatMap((table) =>
    table.constraints.flatMap((one) => (one.kind === "foreignKey" ? [renderRelation(one, table)] : [])),
  );
  return ["erDiagram", ...schema.tables.map((table) => renderEntity(table, renderType)), ...relations].join("\n");
}
