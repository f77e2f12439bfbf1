import type { Connection } from "../../../../dialect/connection.ts";
import type { UnreadObject } from "../../../../dialect/dialect.ts";
import { readText } from "../../driver/read-text.ts";
import { quoteIdentifier } from "../../quote.ts";
import { parseReferenceRules } from "../parse-reference-rules.ts";
import type { CatalogueReference, CatalogueRule } from "./constraints.ts";

interface Parts {
  readonly references: readonly CatalogueReference[];
  readonly rules: readonly CatalogueRule[];
}

const keyOf = ({ table, name }: Pick<CatalogueRule, "table" | "name">): string => JSON.stringify([table, name]);

/** The columns of the foreign keys that nothing is said of. */
function findWithoutRule({ references, rules }: Parts): readonly CatalogueReference[] {
  const known = new Set(rules.map(keyOf));
  return references.filter((reference) => !known.has(keyOf(reference)));
}

/**
 * What the foreign keys do. The information schema keeps that from those who may only read a table; the statement of the table tells them.
 */
export async function completeRules(connection: Connection, parts: Parts): Promise<readonly CatalogueRule[]> {
  const rules: CatalogueRule[] = [];
  for (const table of new Set(findWithoutRule(parts).map((reference) => reference.table))) {
    const [row] = await connection.query(`SHOW CREATE TABLE ${quoteIdentifier(table)}`).catch(() => []);
    if (row) rules.push(...parseReferenceRules(table, readText(row, "Create Table")));
  }
  return [...parts.rules, ...rules];
}

/** The foreign keys of which nobody can tell what they do: they are as good as not shown. */
export function listWithoutRule(parts: Parts): readonly UnreadObject[] {
  const names = new Set(findWithoutRule(parts).map(({ name }) => name));
  return [...names].map((name) => ({ kind: "constraint", name }));
}
