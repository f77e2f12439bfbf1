import { afterEach, beforeEach, describe, expect, it, type TestContext } from "vitest";
import { createTestProject, type TestProject } from "./cli/test-project.ts";
import { startBreakingProxy } from "./support/breaking-proxy.ts";
import { createMariadbDatabase, requireMariadb } from "./support/mariadb-server.ts";
import { createPostgresDatabase, requirePostgres } from "./support/postgres-server.ts";

/** What the test needs of a database of its own. */
interface OwnDatabase {
  readonly url: string;
  readonly run: (...statements: readonly string[]) => Promise<void>;
  readonly drop: () => Promise<void>;
}

interface Way {
  readonly engine: string;
  readonly driver: string;
  readonly port: string;
  readonly check: (context: TestContext) => void;
  readonly create: () => Promise<OwnDatabase>;
  /** Words of a question about the catalogue. */
  readonly catalogue: string;
  /** Words of the statement that writes the journal. */
  readonly journal: string;
}

const POSTGRES = {
  engine: "PostgreSQL",
  port: "5432",
  check: requirePostgres(),
  create: () => createPostgresDatabase(),
  catalogue: "pg_attribute",
  journal: 'INSERT INTO "limbeck_history"',
};
const MARIADB = {
  engine: "MariaDB",
  port: "3306",
  check: requireMariadb(),
  create: () => createMariadbDatabase(),
  catalogue: "information_schema.STATISTICS",
  journal: "INSERT INTO `limbeck_history`",
};

const WAYS: readonly Way[] = [
  { ...POSTGRES, driver: "pg" },
  { ...POSTGRES, driver: "postgres" },
  { ...MARIADB, driver: "mysql2" },
  { ...MARIADB, driver: "mariadb" },
];

describe.each(WAYS)("a connection to $engine through $driver that is lost", (way) => {
  let database: OwnDatabase;
  let project: TestProject;
  let endWay: () => void;

  beforeEach(async (context) => {
    way.check(context);
    database = await way.create();
    project = createTestProject();
    endWay = () => undefined;
  });
  afterEach(async () => {
    endWay();
    project.dispose();
    await database.drop();
  });

  async function goThrough(words: string): Promise<void> {
    const url = new URL(database.url);
    const proxy = await startBreakingProxy(Number(url.port || way.port), words);
    endWay = proxy.close;
    url.port = String(proxy.port);
    project.write("limbeck.config.ts", `export default { url: "${url.href}", driver: "${way.driver}" };\n`);
  }

  it("while the catalogue is read is no mistake of the tool", async () => {
    await database.run("CREATE TABLE todos (id integer PRIMARY KEY)");
    await goThrough(way.catalogue);
    const run = await project.limbeckJson("inspect");
    expect(run).toMatchObject({ exitCode: 2, error: { code: "LB0648", fix: ["limbeck current"] } });
  });

  it("while the journal is written is told with the revision", async () => {
    await goThrough(way.journal);
    project.writeRevision("a001", null, "first", {
      up: `await op.createTable("todos", { id: integer().primaryKey() });`,
    });
    const run = await project.limbeckJson("upgrade head");
    expect(run).toMatchObject({ exitCode: 7, error: { code: "LB0708", context: { revision: "a001" } } });
  });
});
