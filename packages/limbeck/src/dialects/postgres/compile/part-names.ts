import type { Statement } from "../../../dialect/statement.ts";
import { findTable, type Schema } from "../../../schema/model/schema.ts";
import type { Table } from "../../../schema/model/table.ts";
import { quoteBeside, quoteName } from "../names.ts";
import type { PartNames } from "../options.ts";
import { quoteText } from "../quote.ts";

interface Named {
  readonly name?: string;
  readonly options?: Table["options"];
}

/** A partition that is not there gets its name when it is created. */
function renamePart(index: string, part: string, name: string): Statement {
  const found = `SELECT e.relid::regclass FROM pg_partition_tree(${quoteText(index)}::regclass) AS e JOIN pg_index AS x ON x.indexrelid = e.relid
    JOIN pg_class AS n ON n.oid = e.relid WHERE x.indrelid = to_regclass(${quoteText(quoteName(part))}) AND n.relname <> ${quoteText(name)}`;
  return {
    sql: `DO $limbeck$ DECLARE one regclass; BEGIN
  FOR one IN ${found}
  LOOP EXECUTE format('ALTER INDEX %s RENAME TO %I', one, ${quoteText(name)}); END LOOP;
END $limbeck$`,
  };
}

// Options are of the shapes that `PostgresOptionShapes` says.
const readNames = ({ options }: Named): PartNames => (options?.["postgres"]?.["partNames"] ?? {}) as PartNames;

/** Gives the parts of an index, or of the one of a key, the names that were chosen for them. */
export function nameParts(table: string, index: Named): readonly Statement[] {
  const own = quoteBeside(index.name ?? "", table);
  return Object.entries(readNames(index)).map(([part, name]) => renamePart(own, part, name));
}

/** The same for a new partition and the indexes of the tables that it is a part of. */
export function nameIndexesOfPart(part: string, whole: string | undefined, schema: Schema): readonly Statement[] {
  const found = whole === undefined ? undefined : findTable(schema, whole);
  if (!found) return [];
  const above = found.options?.["postgres"]?.["partitionOf"];
  const next = typeof above === "object" && above !== null && "table" in above ? above["table"] : undefined;
  return [
    ...[...found.indexes, ...found.constraints].flatMap((one) => {
      const name = readNames(one)[part];
      return name === undefined ? [] : [renamePart(quoteBeside(one.name ?? "", whole ?? ""), part, name)];
    }),
    ...nameIndexesOfPart(part, typeof next === "string" ? next : undefined, schema),
  ];
}
