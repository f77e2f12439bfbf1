import { Kysely, sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { kyselyDialect } from "../../src/kysely.ts";
import {
  bigint,
  boolean,
  bytes,
  decimal,
  integer,
  json,
  table,
  text,
  timestamp,
  uuid,
  type Infer,
} from "../../src/schema.ts";
import { createTestProject } from "../cli/test-project.ts";
import { createMariadbDatabase, requireMariadb, type MariadbDatabase } from "../support/mariadb-server.ts";
import { EXISTING } from "./drivers/subject.ts";

const check = requireMariadb();

const everything = table("everything", {
  id: integer().primaryKey().autoIncrement(),
  done: boolean().notNull().default(false),
  at: timestamp({ timezone: true }).notNull(),
  price: decimal(10, 2).notNull(),
  big: bigint().notNull(),
  extra: json<{ readonly tags: readonly string[] }>().notNull(),
  key: uuid().notNull(),
  file: bytes(),
  note: text(),
});

type Database = Infer<{ readonly everything: typeof everything }>;

const CREATE = `CREATE TABLE everything (id int AUTO_INCREMENT PRIMARY KEY, done boolean NOT NULL DEFAULT false,
  at timestamp(6) NOT NULL, price decimal(10,2) NOT NULL, big bigint NOT NULL, extra json NOT NULL, \`key\` uuid NOT NULL, file longblob, note longtext)`;

const row = {
  done: true,
  at: new Date("2026-02-21T08:30:00.123Z"),
  price: "12.50",
  big: 9_007_199_254_740_993n,
  extra: { tags: ["a", "ü", "it's \\"] },
  key: "0189d8f6-7c1e-7a3b-9c4d-5e6f708192a3",
  file: new Uint8Array([0, 255, 1]),
  note: null,
};

let database: MariadbDatabase;

beforeAll(async () => {
  database = await createMariadbDatabase(CREATE);
});

beforeEach((context) => check(context));

afterAll(() => database.drop());

const WAYS = [
  {
    name: "mysql2",
    open: async () => ({ target: database.url, options: { driver: "mysql2" }, close: async () => undefined }),
  },
  {
    name: "mariadb",
    open: async () => ({ target: database.url, options: { driver: "mariadb" }, close: async () => undefined }),
  },
  ...EXISTING.map(({ name, openOwn }) => ({
    name,
    open: async () => {
      const { object, close } = await openOwn(database.url);
      return { target: object, options: {}, close };
    },
  })),
];

describe.each(WAYS)("Kysely over Limbeck on MariaDB, through $name", ({ open, name }) => {
  let db: Kysely<Database>;
  let close: () => Promise<unknown>;

  beforeAll(async () => {
    const way = await open();
    close = way.close;
    db = new Kysely<Database>({ dialect: kyselyDialect(way.target, way.options) });
    await sql`TRUNCATE everything`.execute(db);
  });

  afterAll(async () => {
    await db.destroy();
    await close();
  });

  it("gives back what the types say, and counts what a statement changed", async () => {
    const inserted = await db.insertInto("everything").values(row).executeTakeFirstOrThrow();
    expect(inserted).toMatchObject({ insertId: 1n, numInsertedOrUpdatedRows: 1n });
    expect(await db.selectFrom("everything").selectAll().execute()).toStrictEqual([{ id: 1, ...row }]);
    const { numUpdatedRows } = await db.updateTable("everything").set({ done: false }).executeTakeFirstOrThrow();
    expect(numUpdatedRows).toBe(1n);
    const { numDeletedRows } = await db.deleteFrom("everything").where("id", "=", 99).executeTakeFirstOrThrow();
    expect(numDeletedRows).toBe(0n);
    expect(await sql`UPDATE everything SET note = 'raw'`.execute(db)).toMatchObject({ numAffectedRows: 1n });
    expect(await sql`SELECT 1 AS one`.execute(db)).toEqual({ rows: [{ one: 1 }] });
  });

  it("keeps a transaction on a connection, with savepoints", async () => {
    const transaction = await db.startTransaction().execute();
    await transaction.updateTable("everything").set({ note: "inside" }).execute();
    const saved = await transaction.savepoint("be`fore").execute();
    await saved.updateTable("everything").set({ note: "lost" }).execute();
    await saved.rollbackToSavepoint("be`fore").execute();
    await saved.releaseSavepoint("be`fore").execute();
    expect(await transaction.selectFrom("everything").select("note").execute()).toEqual([{ note: "inside" }]);
    expect(await database.rows("SELECT note FROM everything")).toEqual([{ note: "raw" }]);
    await transaction.rollback().execute();
    expect(await db.selectFrom("everything").select("note").execute()).toEqual([{ note: "raw" }]);
  });

  it.skipIf(name.startsWith("a "))("goes on with a new connection after one was lost", async () => {
    const { rows } = await sql<{ id: bigint }>`SELECT CONNECTION_ID() AS id`.execute(db);
    await database.run(`KILL ${rows[0]?.id}`);
    for (let attempt = 0; attempt < 12; attempt += 1) await sql`SELECT 1`.execute(db).catch(() => undefined);
    expect(await db.selectFrom("everything").select("note").execute()).toEqual([{ note: "raw" }]);
  });
});

describe("revisions with Kysely on MariaDB", () => {
  it("count what they change, and are told the numbers of new rows", async () => {
    const project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };`);
    project.writeRevision("a001", null, "fill", {
      up: `await op.createTable("todos", { id: types.integer().primaryKey().autoIncrement(), title: types.text() });
        const db = kyselyFor<{ todos: { id: number; title: string } }>(op);
        const { numInsertedOrUpdatedRows, insertId } = await db.insertInto("todos").values([{ title: "bread" }, { title: "it's ? salt" }]).executeTakeFirstOrThrow();
        const given = await db.insertInto("todos").values({ id: 7, title: "milk" }).executeTakeFirstOrThrow();
        const { numDeletedRows } = await db.deleteFrom("todos").where("title", "=", "it's ? salt").executeTakeFirstOrThrow();
        const found = await db.selectFrom("todos").select("id").orderBy("id").execute();
        await db.insertInto("todos").values({ title: [numInsertedOrUpdatedRows, insertId, given.insertId, numDeletedRows, found.length].join() }).execute();`,
    });
    const path = "migrations/versions/a001_fill.ts";
    project.write(path, `import { kyselyFor } from "limbeck/kysely";\n${project.read(path)}`);
    expect(await project.limbeck("upgrade head")).toMatchObject({ exitCode: 0 });
    expect(await database.rows("SELECT title FROM todos ORDER BY id DESC LIMIT 1")).toEqual([{ title: "2,1,,1,2" }]);
    project.dispose();
  });
});
