import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";

const check = requireMariadb();

const DDL = `
  CREATE TABLE lists (
    id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    title varchar(80) COLLATE utf8mb4_bin NOT NULL CHECK (title <> ''),
    owner uuid DEFAULT uuid(),
    kind enum('a','it''s') NOT NULL DEFAULT 'a' COMMENT 'a "kind"',
    UNIQUE (title, owner)
  ) COMMENT 'what''s to do, by topic';
  CREATE TABLE todos (
    id int AUTO_INCREMENT PRIMARY KEY,
    list_id bigint unsigned NOT NULL,
    title varchar(255) NOT NULL,
    price decimal(10,2) DEFAULT 1.50,
    meta json NOT NULL DEFAULT '{"a": [1]}',
    created_at timestamp(6) NOT NULL DEFAULT current_timestamp(6),
    changed_at datetime DEFAULT NULL ON UPDATE current_timestamp(),
    slug varchar(255) GENERATED ALWAYS AS (lower(title)) STORED,
    secret text INVISIBLE,
    KEY by_slug (slug DESC), FULLTEXT KEY words (secret),
    CONSTRAINT to_lists FOREIGN KEY (list_id) REFERENCES lists (id) ON DELETE CASCADE,
    CONSTRAINT cheap CHECK (price < 100)
  ) ENGINE=InnoDB DEFAULT CHARSET=latin1;
  CREATE TABLE logs (id int NOT NULL, at date NOT NULL) PARTITION BY HASH (id) PARTITIONS 3;
  CREATE VIEW open_todos AS SELECT id, title FROM todos WHERE price IS NULL;
  CREATE TRIGGER \`calm\` BEFORE UPDATE ON \`todos\` FOR EACH ROW SET NEW.title = trim(NEW.title);
  INSERT INTO lists (title) VALUES ('home');
  INSERT INTO todos (list_id, title) VALUES (1, 'water the plants');
`;

describe("limbeck pull on MariaDB", () => {
  let database: MariadbDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    database = await createMariadbDatabase();
    project = createTestProject();
    project.write("limbeck.config.ts", `export default { url: "${database.url}" };\n`);
    project.write("migrations/versions/.gitkeep", "");
    execFileSync("mariadb", [...mariadbClientOptions(database.url), database.name], { input: DDL });
  });
  afterEach(async () => {
    project.dispose();
    await database.drop();
  });

  const dump = ({ url, name }: MariadbDatabase): string =>
    execFileSync(
      "mariadb-dump",
      [
        ...mariadbClientOptions(url),
        "--no-data",
        "--skip-comments",
        `--ignore-table=${name}.limbeck_version`,
        `--ignore-table=${name}.limbeck_history`,
        name,
      ],
      { encoding: "utf8" },
    )
      .replaceAll(/ AUTO_INCREMENT=\d+| DEFINER=\S+/g, "")
      .replaceAll(`/*!50017 DEFINER`, "");

  it("writes models and a revision from which mariadb-dump finds the same in another database", async () => {
    const before = dump(database);
    expect(await project.limbeckJson("pull")).toMatchObject({ exitCode: 0, data: { tables: 3, views: 1 } });
    expect(dump(database)).toBe(before);
    project.write(
      "limbeck.config.ts",
      `export default { url: "${database.url}", models: () => import("./app/models.ts") };\n`,
    );
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    const other = await createMariadbDatabase();
    try {
      expect(await project.limbeckJson(`upgrade head --url ${other.url}`)).toMatchObject({ exitCode: 0 });
      expect(dump(other)).toBe(before);
      expect(await database.rows("SELECT title FROM todos")).toEqual([{ title: "water the plants" }]);
    } finally {
      await other.drop();
    }
  });

  it("inspects: what it prints as SQL makes the same database by the mariadb client", async () => {
    const { stdout } = await project.limbeck("inspect --sql");
    const other = await createMariadbDatabase();
    try {
      execFileSync("mariadb", [...mariadbClientOptions(other.url), other.name], { input: stdout });
      expect(dump(other)).toBe(dump(database));
    } finally {
      await other.drop();
    }
  });
});
