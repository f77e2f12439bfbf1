import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Connection } from "../../src/dialect/connection.ts";
import { EMPTY_SCHEMA } from "../../src/schema/model/schema.ts";
import { mysql } from "../../src/dialects/mysql/index.ts";
import type { SqlValue } from "../../src/ops/operation.ts";
import type { ColumnType } from "../../src/schema/model/column-type.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

import { SUBJECTS, type Subject } from "./drivers/subject.ts";

const check = requireMariadb();

let database: MariadbDatabase | undefined;
let connection: Connection;
let ways: readonly (readonly [Subject, Connection])[] = [];

beforeAll(async () => {
  database = await createMariadbDatabase().catch(() => undefined);
  const { url } = database ?? {};
  if (url === undefined) return;
  connection = await mysql.connect(url);
  ways = await Promise.all(SUBJECTS.map(async (subject) => [subject, await subject.connect(url)] as const));
});

afterAll(async () => {
  if (!database) return;
  for (const [, way] of ways) await way.close();
  await connection.close();
  await database.drop();
});

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, byte) => byte);
const moment = new Date("2026-11-27T01:02:03.456Z");

const VALUES: readonly (readonly [ColumnType, readonly SqlValue[]])[] = [
  [{ kind: "boolean" }, [true, false, null]],
  [{ kind: "smallint" }, [-32_768, 0, 32_767]],
  [{ kind: "integer" }, [-2_147_483_648, 2_147_483_647]],
  [{ kind: "bigint" }, [-(2n ** 63n), 2n ** 63n - 1n, 9_007_199_254_740_993n]],
  [{ kind: "double" }, [0.1, 1e300, 5e-324, 1 / 3]],
  [{ kind: "real" }, [0.5, -1.25, 16_777_216 / 2 ** 10]],
  [{ kind: "decimal", precision: 38, scale: 10 }, ["1234567890123456789012345678.0123456789", "-0.0000000001"]],
  [{ kind: "date" }, ["2026-11-27", "0001-01-01", "9999-12-31"]],
  [{ kind: "time" }, ["00:00:00", "23:59:59", "12:34:56.789000"]],
  [
    { kind: "timestamp", timezone: false },
    [moment, new Date("1000-01-01T00:00:00Z"), new Date("9999-12-31T23:59:59.999Z")],
  ],
  [
    { kind: "timestamp", timezone: true },
    [moment, new Date("1970-01-01T00:00:01Z"), new Date("2038-01-19T03:14:07.999Z")],
  ],
  [{ kind: "json" }, [{ a: [1, "it's \\ \n", null] }, [], "text", 5, true]],
  [{ kind: "uuid" }, ["00000000-0000-4000-8000-00000000000a"]],
  [{ kind: "bytes" }, [EVERY_BYTE, new Uint8Array()]],
  [{ kind: "text" }, ["", 'it\'s \\ "q" `b` \0 \n \r \t ? -- # /* 🦊 ß', " x ", "?"]],
  [{ kind: "varchar", length: 9 }, ["ß'?\\ x", ""]],
];

const cases = VALUES.flatMap(([type, values]) => values.map((value) => [type.kind, value, type] as const));

async function makeTable(type: ColumnType): Promise<void> {
  await connection.execute("DROP TABLE IF EXISTS t");
  await connection.execute(`CREATE TABLE t (v ${mysql.types.render(type)} NULL)`);
}

function insert(type: ColumnType, value: SqlValue) {
  const table = { name: "t", columns: [{ name: "v", type, nullable: true }], constraints: [], indexes: [] };
  const before = { ...EMPTY_SCHEMA, tables: [table] };
  const context = { before, after: before, serverVersion: connection.serverVersion };
  return mysql.compile.bulkInsert({ kind: "bulkInsert", table: "t", rows: [{ v: value }] }, context);
}

describe("values of portable types on MariaDB", () => {
  it.for(cases)("%s comes back as it was, through every driver: %o", async ([, value, type], context) => {
    check(context);
    await makeTable(type);
    for (const [{ name }, way] of ways) {
      await way.execute("DELETE FROM t");
      for (const { sql, parameters } of insert(type, value)) await way.execute(sql, parameters);
      expect([name, await way.query("SELECT v FROM t")]).toEqual([name, [{ v: value }]]);
    }
  });

  it("come back the same from a script that the client runs", (context) => {
    check(context);
    const script = VALUES.map(([type, values], position) =>
      [
        `CREATE TABLE s${position} (n int, v ${mysql.types.render(type)} NULL);`,
        ...values.flatMap((value, index) =>
          insert(type, value).map(({ sql, parameters }) =>
            mysql.renderScriptStatement({
              sql: sql.replace("`t` (`v`) VALUES (", `s${position} (n, v) VALUES (${index}, `),
              ...(parameters && { parameters }),
            }),
          ),
        ),
      ].join("\n"),
    );
    const input = [mysql.scriptHeader, ...script].join("\n");
    execFileSync("mariadb", [...mariadbClientOptions(database?.url ?? ""), database?.name ?? ""], { input });
    return Promise.all(
      VALUES.map(async ([, values], position) => {
        const rows = await connection.query(`SELECT v FROM s${position} ORDER BY n`);
        expect(rows).toEqual(values.map((v) => ({ v })));
      }),
    );
  });

  it.each(["ANSI,NO_BACKSLASH_ESCAPES", "ANSI_QUOTES", ""])(
    "mean the same in a script whatever the mode of the server: %s",
    (mode) => {
      if (!database) return;
      const script = `SET SESSION sql_mode = '${mode}';\n${mysql.scriptHeader}\nDROP TABLE IF EXISTS modes;
      CREATE TABLE modes AS SELECT 'a\\\\b' AS v, "c" AS w, @@sql_mode AS mode;`;
      execFileSync("mariadb", [...mariadbClientOptions(database.url), database.name], { input: script });
      const found = execFileSync("mariadb", [...mariadbClientOptions(database.url), "-N", "-r", database.name], {
        input: "SELECT v, w, mode FROM modes",
        encoding: "utf8",
      });
      expect(found).toMatch(/^a\\b\tc\t(?!.*(?:ANSI|BACKSLASH)).*STRICT_TRANS_TABLES/);
    },
  );

  it.for([
    [{ kind: "text" }, "text"],
    [{ kind: "varchar", length: 30 }, "text"],
    [{ kind: "date" }, "date"],
    [{ kind: "time" }, "time"],
    [{ kind: "timestamp", timezone: false }, "moment"],
    [{ kind: "timestamp", timezone: true }, "moment"],
    [{ kind: "raw", sql: "datetime(3)" }, "session"],
    [{ kind: "raw", sql: "timestamp" }, "moment"],
  ] satisfies readonly (readonly [ColumnType, "text" | "moment" | "date" | "time" | "session"])[])(
    "of the clock are UTC, and known again: %o",
    async ([type, form], context) => {
      check(context);
      await connection.execute("DROP TABLE IF EXISTS clock");
      const columns = [
        { name: "id", type: { kind: "integer" } as const, nullable: true },
        { name: "at", type, nullable: true, default: { kind: "now" } as const },
      ];
      const table = { name: "clock", columns, constraints: [], indexes: [] };
      const compiling = { before: EMPTY_SCHEMA, after: EMPTY_SCHEMA, serverVersion: connection.serverVersion };
      for (const { sql } of mysql.compile.createTable({ kind: "createTable", table }, compiling))
        await connection.execute(sql);
      const { schema } = await mysql.introspect(connection);
      expect(schema.tables.find(({ name }) => name === "clock")).toEqual(table);
      // An application has a zone of its own.
      await connection.execute("SET SESSION time_zone = '+05:00'");
      await connection.execute("INSERT INTO clock (id) VALUES (1)");
      await connection.execute("SET SESSION time_zone = '+00:00'");
      const [row] = await connection.query("SELECT at FROM clock");
      const at = row?.["at"];
      const text = at instanceof Date ? at.toISOString() : JSON.stringify(at);
      const now = new Date().toISOString();
      const later = new Date(Date.now() + 5 * 3_600_000).toISOString();
      const expected = {
        text: now.slice(0, 13),
        moment: now.slice(0, 13),
        date: now.slice(0, 10),
        time: now.slice(11, 13),
        // `datetime` of one's own holds what the clock of the session shows, as it would without the tool.
        session: later.slice(0, 13),
      };
      expect(text).toContain(expected[form]);
    },
  );

  it("that are no booleans stay what they are in what booleans are stored in", async (context) => {
    check(context);
    await makeTable({ kind: "boolean" });
    await connection.execute("INSERT INTO t VALUES (5), (-1)");
    expect(await connection.query("SELECT v FROM t")).toEqual([{ v: 5 }, { v: -1 }]);
  });

  it.each([
    ["half of a surrogate pair", "\uD800"],
    ["NaN", Number.NaN],
    ["an invalid Date", new Date(Number.NaN)],
    ["an instance of a class", new Map()],
  ])("are refused where they would be lost: %s", async (_, value) => {
    // What no type allows comes from revisions whose types are stripped.
    await expect(async () => mysql.quoteLiteral(value as SqlValue)).rejects.toMatchObject({ code: "LB0612" });
  });

  it("are refused by the server where they do not fit, and never cut", async (context) => {
    check(context);
    await connection.execute("SET SESSION sql_mode = ''");
    const strict = await mysql.connect(database?.url ?? "");
    await makeTable({ kind: "varchar", length: 3 });
    await expect(strict.execute("INSERT INTO t VALUES ('four')")).rejects.toThrow("too long");
    await strict.close();
  });
});
