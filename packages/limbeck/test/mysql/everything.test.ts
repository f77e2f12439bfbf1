import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildDatabaseOn } from "../../src/dialect/build-schema-on.ts";
import type { Connection } from "../../src/dialect/connection.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import { dispatchOperation, type OperationMap } from "../../src/ops/operation.ts";
import { applyOperation } from "../../src/ops/apply/apply-operation.ts";
import type { Column } from "../../src/schema/model/column.ts";
import type { Schema } from "../../src/schema/model/schema.ts";
import { EVERYTHING } from "./everything-ddl.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

const check = requireMariadb();

/** The server changes nothing about the columns of a system period. */
const isChangeable = ({ options }: Column): boolean => options?.["mysql"]?.["rowTime"] === undefined;

let original: MariadbDatabase;
let copy: MariadbDatabase;
let connection: Connection | undefined;

beforeEach(async (context) => {
  check(context);
  original = await createMariadbDatabase();
  copy = await createMariadbDatabase();
  execFileSync("mariadb", [...mariadbClientOptions(original.url), original.name], { input: EVERYTHING });
  connection = await mysql.connect(original.url);
});

afterEach(async () => {
  await connection?.close();
  await original.drop();
  await copy.drop();
});

function open(): Connection {
  if (!connection) throw new Error("There is no connection.");
  return connection;
}

/** By the word of the vendor's own program; the order of keys, and who made what in which database, means nothing. */
function dump({ url, name }: MariadbDatabase): readonly string[] {
  const options = [...mariadbClientOptions(url), "--no-data", "--routines", "--skip-comments", name];
  return execFileSync("mariadb-dump", options, { encoding: "utf8" })
    .replaceAll(/ AUTO_INCREMENT=\d+| DEFINER=\S+/g, "")
    .replaceAll(`\`${name}\`.`, "")
    .split("\n")
    .map((line) => line.trim().replace(/,$/, ""))
    .toSorted();
}

describe("everything that MariaDB has and the model has words for", () => {
  it("comes out the same when it is read and made anew", async () => {
    const found = await mysql.introspect(open());
    expect(found.unmanaged).toEqual([]);
    const second = await mysql.connect(copy.url);
    try {
      expect(await buildDatabaseOn(second, mysql, found)).toEqual([]);
      expect(await mysql.introspect(second)).toEqual(found);
    } finally {
      await second.close();
    }
    expect(dump(copy)).toEqual(dump(original));
  });

  it("loses nothing of a column when something else about it changes", async () => {
    const { schema: before } = await mysql.introspect(open());
    const marked = before.tables.flatMap(({ name, columns }) =>
      columns.filter(isChangeable).map((column): OperationMap["alterColumn"] => ({
        kind: "alterColumn",
        table: name,
        from: column,
        to: { ...column, comment: "marked" },
      })),
    );
    const expected = dump(original);
    await open().execute("SET SESSION system_versioning_alter_history = 'KEEP'");
    for (const operation of marked) await carryOut(operation, before);
    expect(dump(original).filter((line) => line.includes("COMMENT 'marked'"))).toHaveLength(marked.length);
    for (const { from, to, ...rest } of marked) await carryOut({ ...rest, from: to, to: from }, before);
    expect(dump(original)).toEqual(expected);
  });
});

async function carryOut(operation: OperationMap["alterColumn"], schema: Schema): Promise<void> {
  const before: Schema = {
    ...schema,
    tables: schema.tables.map((table) =>
      table.name === operation.table
        ? { ...table, columns: table.columns.map((one) => (one.name === operation.from.name ? operation.from : one)) }
        : table,
    ),
  };
  const context = { before, after: applyOperation(operation, before), serverVersion: open().serverVersion };
  for (const { sql } of dispatchOperation(mysql.compile, operation, context)) await open().execute(sql);
}
