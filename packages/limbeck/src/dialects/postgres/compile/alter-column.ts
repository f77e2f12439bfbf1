import { isSameStructure } from "../../../diff/same-structure.ts";
import type { CompileContext } from "../../../dialect/dialect.ts";
import type { Statement } from "../../../dialect/statement.ts";
import type { OperationMap } from "../../../ops/operation.ts";
import { listDescendants } from "../../../schema/model/table.ts";
import type { Schema } from "../../../schema/model/schema.ts";
import type { Column } from "../../../schema/model/column.ts";
import { quoteName } from "../names.ts";
import { quoteIdentifier } from "../quote.ts";
import { renderType } from "../types.ts";
import { alterNumbering } from "./alter-identity.ts";
import { guardBlanks, renderUsing } from "./alter-type.ts";
import { alterStorage } from "./column-storage.ts";
import { commentOnColumn } from "./comments.ts";
import { addGenerated, dropGenerated, findGeneratedFrom } from "./generated-columns.ts";
import { renderCollate } from "./render-clauses.ts";
import { resolveDomain } from "../values/resolve-domain.ts";
import { alterNotNull } from "./not-null.ts";
import { readOptions } from "./read-options.ts";
import { readColumnOptions } from "./render-column.ts";
import { renderDefault } from "./render-default.ts";

type Alteration = OperationMap["alterColumn"];

const begin = (table: string, { name }: Column): string =>
  `ALTER TABLE ${quoteName(table)} ALTER COLUMN ${quoteIdentifier(name)}`;

const changesType = ({ from, to }: Alteration): boolean =>
  renderType(from.type) !== renderType(to.type) || from.collation !== to.collation;

function alterType(alteration: Alteration, { objects }: Schema): readonly Statement[] {
  const { table, from, to, using } = alteration;
  if (!changesType(alteration) && using === undefined) return [];
  const type = `${renderType(to.type)}${renderCollate(to.collation)}`;
  if (using !== undefined) return [{ sql: `${begin(table, to)} TYPE ${type} USING ${using}` }];
  return [
    ...guardBlanks(table, { ...from, type: resolveDomain(from.type, objects) }, resolveDomain(to.type, objects)),
    { sql: `${begin(table, to)} TYPE ${type}${renderUsing(to.name, { from: from.type, to: to.type }, objects)}` },
  ];
}

/** A default stays when it is written as before in a column of the type that it was written for. */
const keepsDefault = (alteration: Alteration): boolean =>
  !changesType(alteration) && isSameStructure(alteration.from.default, alteration.to.default);

function dropDefault(alteration: Alteration): readonly Statement[] {
  const { table, from, to } = alteration;
  // A default of the old type cannot always become one of the new type.
  if (keepsDefault(alteration) || renderDefault(from) === undefined) return [];
  return [{ sql: `${begin(table, to)} DROP DEFAULT` }];
}

function setDefault(alteration: Alteration): readonly Statement[] {
  const { table, to } = alteration;
  const sql = renderDefault(to);
  return keepsDefault(alteration) || sql === undefined ? [] : [{ sql: `${begin(table, to)} SET DEFAULT ${sql}` }];
}

function alterComment({ table, from, to }: Alteration): readonly Statement[] {
  return (from.comment ?? "") === (to.comment ?? "") ? [] : [commentOnColumn(table, to.name, to.comment)];
}

/** With another type a column stores its values as that says. */
function alterColumnStorage(alteration: Alteration): readonly Statement[] {
  const { table, from, to } = alteration;
  const before = readColumnOptions(table, from);
  const { storage: _storage, compression: _compression, ...others } = before;
  return alterStorage(table, to.name, changesType(alteration) ? others : before, readColumnOptions(table, to));
}

/** A column that is computed in another way, or was not computed before, is made anew: its old values mean nothing. */
function recreate({ table, to }: Alteration, { after, serverVersion }: CompileContext): readonly Statement[] {
  return [...dropGenerated(table, [to.name]), ...addGenerated(table, [to.name], after, serverVersion)];
}

/** No statement lets a column that is computed on read keep what it says: another one gets that, and its name. */
function keepVirtual({ table, from }: Alteration): readonly Statement[] {
  const own = `ALTER TABLE ${quoteName(table)}`;
  const [name, aside] = [quoteIdentifier(from.name), quoteIdentifier(`_limbeck_${from.name}`)];
  return [
    { sql: `${own} ADD COLUMN ${aside} ${renderType(from.type)}${renderCollate(from.collation)}` },
    { sql: `UPDATE ${quoteName(table)} SET ${aside} = ${name}` },
    { sql: `${own} DROP COLUMN ${name}` },
    { sql: `${own} RENAME COLUMN ${aside} TO ${name}` },
    ...(from.nullable ? [] : [{ sql: `${begin(table, from)} SET NOT NULL` }]),
  ];
}

function alterInPlace(alteration: Alteration, before: Schema): readonly Statement[] {
  const { table, from, to } = alteration;
  const numbering = alterNumbering(table, from, to);
  const isVirtual = from.generated?.storage === "virtual";
  const keepsValues = from.generated && !to.generated && !isVirtual;
  return [
    ...(isVirtual && !to.generated ? keepVirtual(alteration) : []),
    ...(keepsValues ? [{ sql: `${begin(table, to)} DROP EXPRESSION` }] : []),
    ...numbering.stop,
    ...dropDefault(alteration),
    ...alterType(alteration, before),
    ...alterNotNull(table, [from, readColumnOptions(table, from)], [to, readColumnOptions(table, to)]),
    ...setDefault(alteration),
    ...numbering.start,
    ...alterColumnStorage(alteration),
    ...alterComment(alteration),
  ];
}

/** A default of a table reaches all that have the column from it, those that have one of their own among them. */
function restoreInherited(alteration: Alteration, { tables }: Schema): readonly Statement[] {
  const { table, from, to } = alteration;
  if (keepsDefault(alteration) || (renderDefault(from) === undefined && renderDefault(to) === undefined)) return [];
  return listDescendants(tables, table).flatMap((name): readonly Statement[] => {
    const found = tables.find((one) => one.name === name);
    const { inherited = {} } = readOptions(found?.options, "table", `Table "${name}"`);
    const own = inherited[to.name]?.default;
    if (own === undefined) return [];
    return [{ sql: `${begin(name, to)} ${own === null ? "DROP DEFAULT" : `SET DEFAULT ${own}`}` }];
  });
}

/** Every change of a column but that of its name. https://www.postgresql.org/docs/current/sql-altertable.html */
export function compileAlterColumn(alteration: Alteration, context: CompileContext): readonly Statement[] {
  const { table, from, to } = alteration;
  if (to.generated && !isSameStructure(from.generated, to.generated)) return recreate(alteration, context);
  const changes = [...alterInPlace(alteration, context.before), ...restoreInherited(alteration, context.after)];
  // The type of a column that others are computed from cannot change under them.
  const computed = changesType(alteration) ? findGeneratedFrom(table, to.name, context.before) : [];
  return [
    ...dropGenerated(table, computed),
    ...changes,
    ...addGenerated(table, computed, context.after, context.serverVersion),
  ];
}
