import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addColumn, createSquashProject, CREATE_TODOS, type SquashProject } from "./squash-project.ts";

let project: SquashProject;

beforeEach(() => {
  project = createSquashProject();
});

afterEach(() => project.dispose());

const readSchema = (file: string): readonly unknown[] =>
  project.query(
    "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE '%limbeck_version%' AND name NOT LIKE '%limbeck_history%' ORDER BY name",
    file,
  );

describe("a range of schema changes", () => {
  beforeEach(() => {
    project.writeRange(CREATE_TODOS, addColumn("todos", "due"), {
      up: `await op.renameColumn("todos", "due", "due_at"); await op.createIndex("ix_due", "todos", ["due_at"]); await op.renameColumn("users", "name", "full_name");`,
      down: `await op.renameColumn("users", "full_name", "name"); await op.dropIndex("ix_due", "todos"); await op.renameColumn("todos", "due_at", "due");`,
    });
  });

  it("becomes one revision that does the same in fewer steps", async () => {
    expect(await project.squash("r1..r3 --rev-id s1")).toMatchObject({
      exitCode: 0,
      data: {
        revision: "s1",
        downRevision: ["a1"],
        replaces: ["r1", "r2", "r3"],
        operations: { before: 5, after: 2 },
        notes: [],
      },
    });
    const text = project.readSquashed();
    expect(text).toContain(`export const replaces = ["r1", "r2", "r3"];\n`);
    expect(text).toContain(`due_at: text(),`);
    expect(text).not.toContain(`"due"`);
    expect(text).toMatch(
      /downgrade\(op: Operations\) {\n {2}await op\.renameColumn\("users", "full_name", "name"\);\n {2}await op\.dropTable\("todos"\);\n}/,
    );
    expect(await project.limbeckJson("test")).toMatchObject({ exitCode: 0 });
  });

  it("gives new databases the same schema as the old revisions gave the old ones", async () => {
    await project.limbeck("upgrade head --url sqlite:old.db");
    await project.squash("r1:r3 --rev-id s1");
    await project.limbeck("upgrade head --url sqlite:new.db");
    expect(await project.limbeckJson("upgrade head --url sqlite:new.db")).toMatchObject({ data: { to: ["z1"] } });
    const columns =
      'SELECT t.type, t.name, c.name, c.type, c."notnull", c.pk FROM sqlite_schema t LEFT JOIN pragma_table_xinfo(t.name) c ORDER BY 2, 3';
    expect(project.query(columns, "new.db")).toEqual(project.query(columns, "old.db"));
    expect(project.query("SELECT sql FROM sqlite_schema WHERE name = 'ix_due'", "new.db")).toEqual(
      project.query("SELECT sql FROM sqlite_schema WHERE name = 'ix_due'", "old.db"),
    );
    expect(await project.limbeckJson("status --url sqlite:new.db")).toMatchObject({ data: { isAtHead: true } });
  });

  it("takes every database with it, wherever it stands", async () => {
    for (const place of ["a1", "r1", "r2", "r3", "z1"]) {
      await project.limbeck(`upgrade ${place}`);
      copyFileSync(join(project.folder, "app.db"), join(project.folder, `${place}.db`));
    }
    await project.squash("r1..r3 --rev-id s1");
    const schemas: unknown[] = [];
    for (const place of ["a1", "r1", "r2", "r3", "z1"]) {
      const url = `--url sqlite:${place}.db`;
      await project.move(`upgrade head ${url}`, ["z1"]);
      schemas.push(
        project.query(
          "SELECT t.name, c.name, c.type FROM sqlite_schema t, pragma_table_xinfo(t.name) c ORDER BY 1, 2",
          `${place}.db`,
        ),
      );
      await project.move(`downgrade base ${url}`, []);
      expect(readSchema(`${place}.db`)).toEqual([]);
      await project.move(`upgrade head ${url}`, ["z1"]);
    }
    for (const schema of schemas) expect(schema).toEqual(schemas[0]);
  });

  it("moves the row that is there, under either name", async () => {
    await project.move("upgrade r3", ["r3"]);
    await project.squash("r1..r3 --rev-id s1");
    expect(await project.limbeckJson("current")).toMatchObject({
      data: { revisions: [{ revision: "s1" }], unknown: [] },
    });
    expect(await project.limbeckJson("stamp s1")).toMatchObject({ exitCode: 0 });
    expect(project.query("SELECT * FROM limbeck_version")).toEqual([["r3"]]);
    await project.move("downgrade -1", ["a1"]);
    await project.move("upgrade +1", ["s1"]);
    await project.move("downgrade r2", ["r2"]);
    expect(await project.limbeckJson("current")).toMatchObject({
      data: { revisions: [{ revision: "r2", replacedBy: "s1" }] },
    });
    await project.move("downgrade -1", ["r1"]);
    await project.move("upgrade s1", ["r3"]);
    await project.move("downgrade base", []);
    await project.move("upgrade r3", ["s1"]);
  });

  it("is shown as one revision", async () => {
    await project.squash("r1..r3 --rev-id s1");
    expect((await project.limbeck("history")).stdout).toBe(
      "s1 -> z1 (head), after\na1 -> s1 (replaces 3 revisions), squash r1 to r3\n<base> -> a1, create users\n",
    );
    expect((await project.limbeck("show s1")).stdout).toContain("\nReplaces: r1, r2, r3\n");
    expect((await project.limbeck("show r2")).stdout).toMatch(/^Rev: r2\nParent: r1\nReplaced by: s1\n/);
    expect((await project.limbeck("show r3")).stdout).toMatch(/^Rev: r3\n/);
    await project.limbeck("upgrade s1");
    expect((await project.limbeck("status")).stdout).toContain(
      "Stands at  s1  squash r1 to r3  (replaces 3 revisions)\n",
    );
    expect((await project.limbeck("current")).stdout).toBe("s1 (replaces 3 revisions)\n");
    expect((await project.limbeck("history -i")).stdout).toContain("a1 -> s1 (current) (replaces 3 revisions), ");
    expect((await project.limbeck("history --graph")).stdout).toContain("s1 (replaces 3 revisions)  squash r1 to r3");
    expect((await project.limbeck("history --format mermaid")).stdout).toContain("s1 (replaces 3 revisions)");
    project.writeRevision("y1", "r3", "branch", addColumn("users", "y"));
    expect((await project.limbeck("branches")).stdout).toBe(
      "s1 (branchpoint) (replaces 3 revisions)\n   -> y1 (head)\n   -> z1 (head)\n",
    );
    expect(await project.limbeckJson("revision -m on-top --head r3 --splice --rev-id x1")).toMatchObject({
      data: { downRevision: ["s1"] },
    });
    expect(await project.limbeckJson("revision -m inside --head r2 --splice")).toMatchObject({
      error: { code: "LB1253" },
    });
  });

  it("is listed one by one for a database in the middle", async () => {
    await project.squash("r1..r3 --rev-id s1");
    await project.limbeck("upgrade r2");
    expect((await project.limbeck("history -i")).stdout.split("\n").slice(0, 3)).toEqual([
      "r3 -> z1 (head), after",
      "r2 -> r3, step 3",
      "r1 -> r2 (current), step 2",
    ]);
    expect((await project.limbeck("history -i -r z1:")).stdout).toBe("r3 -> z1 (head), after\n");
    expect(await project.limbeckJson("history -i")).toMatchObject({ data: { current: ["r2"], pending: ["z1", "r3"] } });
    expect((await project.limbeck("history --graph -i")).stdout).toContain("r2 (current)  step 2");
    expect((await project.limbeck("history -r r1:r2")).stdout).toBe("r1 -> r2, step 2\na1 -> r1, step 1\n");
  });

  it("may lose its files once every database is past it", async () => {
    await project.move("upgrade r3", ["r3"]);
    copyFileSync(join(project.folder, "app.db"), join(project.folder, "other.db"));
    await project.squash("r1..r3 --rev-id s1");
    project.deleteOriginals();
    await project.move("upgrade head", ["z1"]);
    await project.move("downgrade base", []);
    await project.move("upgrade head", ["z1"]);
    await project.move("downgrade -1 --url sqlite:other.db", ["a1"]);
    expect((await project.limbeck("show r3")).stdout).toMatch(/^Rev: s1\n/);
    expect((await project.limbeck("history")).stdout).toContain("s1 -> z1 (head)");
  });

  it("keeps the names of what it replaces, files or none", async () => {
    await project.squash("r1..r3 --rev-id s1");
    for (const remove of [() => undefined, project.deleteOriginals]) {
      remove();
      for (const [option, code] of [
        ["--branch-label r2", "LB1032"],
        ["--branch-label r3", "LB1032"],
        ["--rev-id r2", "LB0215"],
        ["--rev-id r3", "LB0215"],
      ])
        expect(await project.limbeckJson(`revision -m more ${option}`)).toMatchObject({ ok: false, error: { code } });
    }
    expect((await project.limbeck("heads")).exitCode).toBe(0);
  });

  it("leaves a database in the middle where it is when the files are gone, and says how to get them back", async () => {
    await project.move("upgrade r2", ["r2"]);
    await project.squash("r1..r3 --rev-id s1");
    project.deleteOriginals();
    // Only a repository of Git can be asked where they are.
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ error: { fix: ["limbeck explain LB0353"] } });
    project.write(".git", "gitdir: elsewhere\n");
    for (const command of ["upgrade head", "downgrade base", "stamp head", "upgrade head --dry-run"]) {
      expect(await project.limbeckJson(command)).toMatchObject({
        exitCode: 2,
        error: {
          code: "LB0353",
          context: { revision: "r2", squash: "s1", missing: ["r1", "r2", "r3"] },
          fix: [
            expect.stringContaining(`-S "r1"`),
            expect.stringContaining(`-S "r2"`),
            expect.stringContaining(`-S "r3"`),
            expect.any(String),
          ],
        },
      });
    }
    expect(await project.limbeckJson("status")).toMatchObject({
      exitCode: 0,
      data: { unknown: ["r2"], next: "limbeck explain LB0353" },
    });
    expect(await project.limbeckJson("downgrade r1 --url sqlite:new.db")).toMatchObject({ error: { code: "LB0353" } });
    expect(project.query("SELECT * FROM limbeck_version")).toEqual([["r2"]]);
  });

  it("writes scripts from either name", async () => {
    await project.squash("r1..r3 --rev-id s1");
    for (const name of ["r3", "s1"]) {
      const { stdout, exitCode } = await project.limbeck(`upgrade ${name}:head --sql`);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`SET "version_num" = 'z1' WHERE "version_num" = '${name}'`);
      const down = await project.limbeck(`downgrade ${name}:a1 --sql`);
      expect(down.stdout).toContain(`SET "version_num" = 'a1' WHERE "version_num" = '${name}'`);
      const stamped = await project.limbeck(`stamp ${name}:z1 --sql`);
      expect(stamped.stdout).toContain(`SET "version_num" = 'z1' WHERE "version_num" = '${name}'`);
    }
    expect((await project.limbeck("upgrade r1:r2 --sql")).stdout).toContain(
      `SET "version_num" = 'r2' WHERE "version_num" = 'r1'`,
    );
  });

  it("tests the replaced revisions when they are asked for", async () => {
    await project.squash("r1..r3 --rev-id s1");
    const names = async (args: string): Promise<unknown> => {
      const { data } = await project.limbeckJson(`test ${args}`);
      const { revisions } = data as {
        readonly revisions: readonly { readonly revision: string; readonly verdict: string }[];
      };
      return revisions.map(({ revision, verdict }) => [revision, verdict === "reversible" || verdict === "losesData"]);
    };
    expect(await names("")).toEqual([
      ["a1", true],
      ["s1", true],
      ["z1", true],
    ]);
    expect(await names("r2")).toEqual([["r2", true]]);
    expect(await names("r2:z1")).toEqual([
      ["r2", true],
      ["r3", true],
      ["z1", true],
    ]);
  });

  it("tests on the rows of a database wherever it stands", async () => {
    await project.squash("r1..r3 --rev-id s1");
    for (const [place, tested] of [
      ["r2", ["a1", "r1", "r2", "r3", "z1"]],
      ["s1", ["a1", "s1", "z1"]],
    ] as const) {
      await project.limbeck(`upgrade ${place} --url sqlite:${place}.db`);
      const run = await project.limbeckJson(`test --data --url sqlite:${place}.db`);
      expect(run).toMatchObject({ exitCode: 0, data: { revisions: tested.map((revision) => ({ revision })) } });
    }
    const run = await project.limbeckJson("test s1 --data --url sqlite:r2.db");
    expect(run).toMatchObject({ exitCode: 0, data: { revisions: [{ revision: "r3" }] } });
  });

  it("may be merged, and moved, as one", async () => {
    await project.squash("r1..r3 --rev-id s1");
    project.writeRevision("b1", "a1", "branch", {
      up: `await op.createTable("b", { id: integer().primaryKey() });`,
      down: `await op.dropTable("b");`,
    });
    project.remove("migrations/versions/z1_after.ts");
    expect(await project.limbeckJson("rebase r3 --onto b1 --dry-run")).toMatchObject({
      exitCode: 0,
      data: { moved: ["s1"], files: [{ revision: "s1" }, { revision: "r1" }] },
    });
    expect(await project.limbeckJson("rebase r2 --onto b1")).toMatchObject({ exitCode: 2, error: { code: "LB1253" } });
    expect(await project.limbeckJson("merge r3 b1 --rev-id m1")).toMatchObject({
      exitCode: 0,
      data: { downRevision: ["s1", "b1"] },
    });
    await project.move("upgrade head", ["m1"]);
  });

  it("does not move what is applied, even in part", async () => {
    await project.squash("r1..r3 --rev-id s1");
    project.writeRevision("b1", "a1", "branch", addColumn("users", "b"));
    await project.move("upgrade r1", ["r1"]);
    expect(await project.limbeckJson("rebase z1 --onto b1")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1223", context: { applied: ["s1"] } },
    });
  });

  it("moves together with what it replaces", async () => {
    await project.squash("r1..r3 --rev-id s1");
    project.writeRevision("b1", "a1", "branch", addColumn("users", "b"));
    expect(await project.limbeckJson("rebase z1 --onto b1")).toMatchObject({ exitCode: 0, data: { heads: ["z1"] } });
    expect(project.read("migrations/versions/r1_step_1.ts")).toContain(`downRevision = "b1";`);
    await project.move("upgrade r2", ["r2"]);
    await project.move("upgrade head", ["z1"]);
  });

  it("may be squashed once more", async () => {
    await project.squash("r1..r3 --rev-id s1");
    project.writeRevision("z2", "z1", "later", addColumn("users", "later"));
    expect(await project.squash("base..r3")).toMatchObject({ exitCode: 2, error: { code: "LB1246" } });
    expect(await project.squash("base..z1 --rev-id s2")).toMatchObject({
      exitCode: 0,
      data: { replaces: ["a1", "r1", "r2", "r3", "s1", "z1"] },
    });
    for (const place of ["r1", "r3", "s1", "z1"]) {
      await project.move(`upgrade ${place} --url sqlite:${place}.db`, [
        place === "r3" ? "s1" : place === "z1" ? "s2" : place,
      ]);
      await project.move(`upgrade head --url sqlite:${place}.db`, ["z2"]);
      await project.move(`downgrade base --url sqlite:${place}.db`, []);
    }
    expect((await project.limbeck("history")).stdout).toBe(
      "s2 -> z2 (head), later\n<base> -> s2 (replaces 6 revisions), squash a1 to z1\n",
    );
  });

  it("is taken from the beginning and to the end where an end is left open", async () => {
    expect(await project.squash("base..r2 --rev-id s1")).toMatchObject({
      data: { replaces: ["a1", "r1", "r2"], downRevision: [] },
    });
    expect(await project.squash("r3.. --rev-id s2")).toMatchObject({
      data: { replaces: ["r3", "z1"], downRevision: ["s1"] },
    });
  });
});
