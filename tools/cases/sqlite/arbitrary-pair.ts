import { array, nat, tuple, type Arbitrary } from "fast-check";
import { DatabaseSync } from "node:sqlite";
import { findTable, type Schema } from "../../../packages/limbeck/src/schema/model/schema.ts";
import { arbitrarySchemaPair } from "../../../packages/limbeck/src/testing/arbitraries/arbitrary-schema.ts";
import { SQLITE_TRAITS } from "../../../packages/limbeck/test/support/sqlite-traits.ts";
import type { Rename } from "../read-renames.ts";
import type { Pair } from "./run-pair.ts";
import { writeName, writeSchema } from "./write-schema.ts";

/** A pair with the schemas it was written from, to count what is in them. */
export interface DrawnPair extends Pair {
  readonly schemas: readonly Schema[];
}

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** What of both schemas only has another name in the first one. */
function chooseRenames(before: Schema, after: Schema, choices: readonly number[]): readonly Rename[] {
  let position = 0;
  const isChosen = (): boolean => {
    position += 1;
    return (choices[position % choices.length] ?? 0) % 7 === 0;
  };
  const formerly = (name: string): string => `former_${name.replaceAll(/\W/g, "")}`;
  return before.tables.flatMap((table): readonly Rename[] => {
    const other = findTable(after, table.name);
    if (!other) return [];
    const columns = table.columns.filter(({ name }) => other.columns.some((one) => one.name === name) && isChosen());
    const indexes = table.indexes.filter(
      // Only an index that is otherwise the same is renamed; another one is made anew.
      (index) => other.indexes.some((one) => JSON.stringify(one) === JSON.stringify(index)) && isChosen(),
    );
    return [
      ...columns.map(({ name }): Rename => ({ kind: "column", table: table.name, from: formerly(name), to: name })),
      ...indexes.map(({ name }): Rename => ({ kind: "index", from: formerly(name), to: name })),
      ...(isChosen() ? [{ kind: "table", from: formerly(table.name), to: table.name } satisfies Rename] : []),
    ];
  });
}

function renameBack(database: DatabaseSync, { kind, table = "", from, to }: Rename): boolean {
  const owner = kind === "table" ? to : table;
  const what = kind === "table" ? "" : `COLUMN ${quote(to)} `;
  try {
    database.exec(`ALTER TABLE ${quote(owner)} RENAME ${what}TO ${quote(from)}`);
    return true;
  } catch {
    // SQLite does not rename a column that a view of a view shows.
    return false;
  }
}

/** Gives things their former names, those that can have them; the engine itself carries them into everything that mentions them. */
function undoRenames(sql: string, renames: readonly Rename[]): Pick<Pair, "from" | "renames"> {
  const indexes = renames.filter(({ kind }) => kind === "index");
  const others = renames.filter(({ kind }) => kind !== "index");
  const database = new DatabaseSync(":memory:");
  try {
    database.exec(
      indexes.reduce(
        (text, { from, to }) => text.replace(`index ${writeName(to)} on`, `index ${writeName(from)} on`),
        sql,
      ),
    );
    const done = others.filter((rename) => renameBack(database, rename));
    const rows = database
      .prepare(
        String.raw`SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY rowid`,
      )
      .all();
    return { from: rows.map((row) => `${String(row["sql"])};\n`).join(""), renames: [...indexes, ...done] };
  } finally {
    database.close();
  }
}

/** Two schemas with much in common, of which some things have another name in the second one. */
export const arbitraryPair: Arbitrary<DrawnPair> = tuple(
  // SQL that creates nothing is refused as a target.
  arbitrarySchemaPair(SQLITE_TRAITS).filter(([, after]) => after.tables.length > 0),
  array(nat({ max: 100 }), { minLength: 5, maxLength: 20 }),
).map(([[before, after], choices]) => {
  const renames = chooseRenames(before, after, choices);
  return { ...undoRenames(writeSchema(before), renames), to: writeSchema(after), schemas: [before, after] };
});
