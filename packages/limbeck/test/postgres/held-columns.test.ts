import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import { createPostgresDatabase, requirePostgres, type PostgresDatabase } from "../support/postgres-server.ts";

const check = requirePostgres();

const before = `
  CREATE TABLE items (id integer PRIMARY KEY, qty integer NOT NULL, price numeric(10,2) NOT NULL,
    total numeric GENERATED ALWAYS AS (qty * price) STORED);
  CREATE VIEW sums AS SELECT sum(total) AS total FROM items;
  CREATE VIEW big AS SELECT total FROM sums WHERE total > 100;
  CREATE MATERIALIZED VIEW totals AS SELECT total FROM items;
`;

let database: PostgresDatabase;
let project: TestProject;

beforeEach(async (context) => {
  check(context);
  database = await createPostgresDatabase();
  project = createTestProject();
  execFileSync("psql", ["-q", "-v", "ON_ERROR_STOP=1", database.url], {
    input: `${before} INSERT INTO items VALUES (1, 3, 50); REFRESH MATERIALIZED VIEW totals;`,
  });
});

afterEach(async () => {
  project.dispose();
  await database.drop();
});

const TABLE_ONLY = `import { bigint, decimal, integer, primaryKey, raw, table } from "limbeck/schema";
export const items = table("items", {
  id: integer().notNull(),
  qty: bigint().notNull(),
  price: decimal(10, 2).notNull(),
  total: raw("numeric").generatedAs("qty * price", { storage: "stored" }).nullable(),
}, [primaryKey(["id"], { name: "items_pkey" })]);`;

it.each([
  ["whose models name the views", "schema.sql", before.replace("qty integer", "qty bigint")],
  ["whose models leave the views alone", "models.ts", TABLE_ONLY],
])(
  "a column gets another type under a column computed from it and views of that one, in a database %s",
  async (_what, file, models) => {
    const source = file.endsWith(".sql") ? JSON.stringify(file) : `() => import("./${file}")`;
    project.write("limbeck.config.ts", `export default { url: "${database.url}", models: ${source} };\n`);
    project.write("migrations/versions/.gitkeep", "");
    project.write(file, models);
    expect(await project.limbeckJson("revision -m big --autogenerate")).toMatchObject({ exitCode: 0 });
    for (const command of ["upgrade head", "downgrade base", "upgrade head"]) {
      expect(await project.limbeckJson(command)).toMatchObject({ exitCode: 0 });
      expect(await database.rows("SELECT total::text FROM big")).toEqual([{ total: "150.00" }]);
      expect(await database.rows("SELECT total::text FROM totals")).toEqual([{ total: "150.00" }]);
    }
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const types = await database.rows("SELECT atttypid::regtype::text AS type FROM pg_attribute WHERE attname = 'qty'");
    expect(types).toEqual([{ type: "bigint" }]);
  },
);
