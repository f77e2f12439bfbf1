import { execFileSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestProject, type TestProject } from "../cli/test-project.ts";
import {
  createMariadbDatabase,
  mariadbClientOptions,
  requireMariadb,
  type MariadbDatabase,
} from "../support/mariadb-server.ts";
import { EVERYTHING } from "./everything-ddl.ts";

const check = requireMariadb();

/** The order of the keys of a table that are not unique means nothing: foreign keys bring theirs along last. */
function sortKeys(lines: readonly string[]): readonly string[] {
  const isKey = (line: string | undefined): boolean => line?.startsWith("  KEY ") === true;
  return lines.flatMap((line, index) => {
    if (!isKey(line)) return line;
    if (isKey(lines[index - 1])) return [];
    const end = lines.findIndex((other, position) => position > index && !isKey(other));
    return lines
      .slice(index, end)
      .map((key) => key.replace(/,$/, ""))
      .toSorted();
  });
}

/** By the word of the vendor's own program, definers, time zones and modes included; only names of databases and the numbers of rows mean nothing. */
function dump({ url, name }: MariadbDatabase): readonly string[] {
  const options = [
    ...mariadbClientOptions(url),
    "--no-data",
    "--routines",
    "--events",
    "--triggers",
    "--skip-comments",
    `--ignore-table=${name}.limbeck_version`,
    `--ignore-table=${name}.limbeck_history`,
  ];
  const text = execFileSync("mariadb-dump", [...options, name], { encoding: "utf8" });
  return sortKeys(
    text
      .replaceAll(/ AUTO_INCREMENT=\d+/g, "")
      .replaceAll(name, "the_database")
      .split("\n"),
  );
}

describe("a schema with everything that MariaDB has", () => {
  let original: MariadbDatabase;
  let copy: MariadbDatabase;
  let project: TestProject;

  beforeEach(async (context) => {
    check(context);
    original = await createMariadbDatabase();
    copy = await createMariadbDatabase();
    project = createTestProject();
    project.write(
      "limbeck.config.ts",
      `export default { url: "${original.url}", models: () => import("./app/models.ts") };\n`,
    );
    project.write("migrations/versions/.gitkeep", "");
    execFileSync("mariadb", [...mariadbClientOptions(original.url), original.name], { input: EVERYTHING });
  });
  afterEach(async () => {
    project.dispose();
    await original.drop();
    await copy.drop();
  });

  it("is pulled as models that make the same in an empty database, to the letter of mariadb-dump", async () => {
    const before = dump(original);
    expect(await project.limbeckJson("pull")).toMatchObject({ exitCode: 0, data: { unmanaged: [] } });
    expect(dump(original)).toEqual(before);
    expect(await project.limbeckJson("check")).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson(`upgrade head --url ${copy.url}`)).toMatchObject({ exitCode: 0 });
    expect(dump(copy)).toEqual(before);
    expect(await project.limbeckJson(`check --url ${copy.url}`)).toMatchObject({ exitCode: 0 });
    expect(await project.limbeckJson(`downgrade base --url ${copy.url}`)).toMatchObject({ exitCode: 0 });
    // The version table and the journal.
    expect(await copy.rows("SHOW FULL TABLES")).toHaveLength(2);
    expect(await copy.rows("SHOW PROCEDURE STATUS WHERE Db = DATABASE()")).toEqual([]);
    expect(await copy.rows("SHOW EVENTS")).toEqual([]);
  }, 120_000);
});
