import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTodoProject, storyOf, withoutTimes, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

describe("upgrade and downgrade", () => {
  it("tell of each revision, of where the database stands, and of what comes next", async () => {
    const up = await project.limbeck("upgrade head");
    expect(up).toMatchObject({ exitCode: 0, stdout: "" });
    expect(storyOf(up.stderr)).toBe(
      [
        "↑ a001 initial … N ms",
        "↑ a002 add due date … N ms",
        "✔ 2 revisions run: the database stands at a002.",
        "Next: limbeck status",
        "",
      ].join("\n"),
    );
    const down = await project.limbeck("downgrade -1 --ascii");
    expect(down).toMatchObject({ exitCode: 0, stdout: "" });
    expect(storyOf(down.stderr)).toBe(
      [
        "down a002 add due date ... N ms",
        "ok 1 revision run: the database stands at a001.",
        "Next: limbeck status",
        "",
      ].join("\n"),
    );
  });

  it("say so when there is nothing to do", async () => {
    await project.limbeck("upgrade head");
    const again = await project.limbeck("upgrade head");
    expect(again).toMatchObject({ exitCode: 0, stdout: "" });
    expect(storyOf(again.stderr)).toBe("Nothing to do: the database stands at a002.\nNext: limbeck status\n");
  });

  it("point at what is left after a part of the way", async () => {
    const { stderr } = await project.limbeck("upgrade +1");
    expect(stderr).toContain("the database stands at a001.\nNext: limbeck upgrade head\n");
  });

  it("do not ask for more when a head that another revision depends on has no row of its own", async () => {
    project.write(
      "migrations/versions/b001.sql",
      "-- revision: b001\n-- down_revision: none\n-- depends_on: a002\n-- limbeck: upgrade\nCREATE TABLE lists (id INTEGER);\n",
    );
    const { stderr } = await project.limbeck("upgrade heads");
    expect(stderr).toContain("the database stands at b001.\nNext: limbeck status\n");
  });

  it("are silent with --quiet", async () => {
    expect(await project.limbeck("-q upgrade head")).toMatchObject({ exitCode: 0, stdout: "", stderr: "" });
    expect((await project.limbeck("current -q")).stdout).toBe("a002 (head)\n");
  });

  it("give one object with --json", async () => {
    const result = await project.limbeckJson("upgrade head");
    expect(result).toMatchObject({
      exitCode: 0,
      ok: true,
      command: "upgrade",
      data: {
        from: [],
        to: ["a002"],
        heads: ["a002"],
        pending: 0,
        steps: [{ revision: "a001", direction: "up", message: "initial" }, { revision: "a002" }],
      },
    });
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ ok: true, data: { from: ["a002"], to: [] } });
  });

  it("print a script with --sql and --dry-run and change nothing", async () => {
    const script = await project.limbeck("upgrade head --sql");
    expect(script.exitCode).toBe(0);
    expect(script.stdout).toMatch(/CREATE TABLE "?todos"?/);
    expect(script.stderr).toBe("Nothing was executed. The script leads from base to a002: 2 revisions.\n");
    expect(project.has("todo.db")).toBe(false);
    await project.limbeck("upgrade +1");
    const preview = await project.limbeck("upgrade head --dry-run");
    expect(preview.stdout).not.toContain("CREATE TABLE");
    expect(preview.stdout).toMatch(/ADD COLUMN "?due"?/);
    expect(preview.stderr).toBe(
      "Nothing was executed. The script leads from a001 to a002: 1 revision.\nNext: limbeck upgrade head\n",
    );
    const down = await project.limbeck("downgrade head:base --sql");
    expect(down.stdout).toMatch(/DROP TABLE "?todos"?/);
    expect((await project.limbeck("current")).stdout).toBe("a001\n");
  });

  it("write a script for the version that will run it", async () => {
    project.writeRevision("a003", "a002", "due is needed", {
      up: `await op.alterColumn("todos", "due", { nullable: false });`,
    });
    const oldest = await project.limbeck("upgrade a002:head --sql");
    expect(oldest.stdout).toContain(`DROP TABLE "_limbeck_old_todos"`);
    const newer = await project.limbeck("upgrade a002:head --sql --target-version 3.53");
    expect(newer.stdout).not.toContain(`DROP TABLE "_limbeck_old_todos"`);
    expect(newer.stdout).toContain("SET NOT NULL");
    // What no engine here knows is written for the one at hand.
    expect((await project.limbeck("upgrade a002:head --sql --target-version=99")).stdout).toBe(newer.stdout);
    expect((await project.limbeck("upgrade a002:head --sql --target-version 3.40")).stdout).toBe(oldest.stdout);
  });

  it("refuse a version that is none, one that is too old, and one without --sql", async () => {
    expect(await project.limbeckJson("upgrade head --sql --target-version new")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1012" },
    });
    expect(await project.limbeckJson("downgrade head:base --sql --target-version 3.39.9")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1013" },
    });
    expect(await project.limbeckJson("downgrade base --dry-run --target-version 3.53")).toMatchObject({
      exitCode: 2,
      error: { code: "LB0015", title: "--target-version of limbeck downgrade only goes with --sql." },
    });
  });

  it("say from where a step down was counted when the database stands at several revisions", async () => {
    project.writeRevision("b002", "a001", "another branch", {
      up: `await op.addColumn("todos", "note", text());`,
      down: `await op.dropColumn("todos", "note");`,
    });
    await project.limbeck("upgrade heads");
    const preview = await project.limbeck("downgrade -1 --dry-run");
    expect(preview.stderr).toMatch(/^⚠ The database stands at 2 revisions/);
    const { stderr } = await project.limbeck("downgrade -1");
    expect(storyOf(stderr)).toBe(
      [
        "↓ a002 add due date … N ms",
        "⚠ The database stands at 2 revisions, and the steps down are counted from a002;",
        "  b002 stays where it is.",
        "  limbeck downgrade b002@-1",
        "✔ 1 revision run: the database stands at b002.",
        "Next: limbeck status",
        "",
      ].join("\n"),
    );
    await project.limbeck("upgrade heads");
    expect(await project.limbeckJson("downgrade b002@-1")).toMatchObject({ data: { notices: [], to: ["a002"] } });
  });

  it("name the line of a revision that fails, end its progress line and exit with 7", async () => {
    project.writeRevision("a003", "a002", "break", { up: `await op.execute("INSERT INTO nowhere VALUES (1)");` });
    const { exitCode, stdout, stderr } = await project.limbeck("upgrade head");
    expect(exitCode).toBe(7);
    expect(stdout).toBe("");
    expect(stderr).toContain("↑ a003 break … failed\n✖ LB0701 ");
    expect(stderr.replaceAll(/\n +/g, " ")).toContain("no such table: nowhere");
    expect((await project.limbeck("current")).stdout).toBe("a002\n");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({
      exitCode: 7,
      ok: false,
      command: "upgrade",
      error: { code: "LB0701", context: { revision: "a003" } },
    });
  });

  it("refuse a revision without a downgrade before anything runs", async () => {
    project.writeRevision("a003", "a002", "one way", { up: `await op.execute("DELETE FROM todos");` });
    await project.limbeck("upgrade head");
    expect(await project.limbeckJson("downgrade base")).toMatchObject({ exitCode: 2, error: { code: "LB1008" } });
    expect((await project.limbeck("current")).stdout).toBe("a003 (head)\n");
  });

  it("refuse a range without --sql, and a downgrade script without one", async () => {
    expect(await project.limbeckJson("upgrade base:head")).toMatchObject({ exitCode: 2, error: { code: "LB1004" } });
    expect(await project.limbeckJson("downgrade base --sql")).toMatchObject({ exitCode: 2, error: { code: "LB1005" } });
  });
});

describe("stamp", () => {
  it("moves the position and runs nothing", async () => {
    const { exitCode, stdout, stderr } = await project.limbeck("stamp head");
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(stderr).toBe("✔ Stamped base → a002. No revision was run and no table changed.\nNext: limbeck status\n");
    expect((await project.limbeck("current")).stdout).toBe("a002 (head)\n");
    expect(await project.limbeckJson("stamp --purge a001")).toMatchObject({ data: { from: ["a002"], to: ["a001"] } });
  });
});

describe("reset", () => {
  beforeEach(async () => {
    await project.limbeck("upgrade head");
    await project.limbeck("stamp a001");
  });

  it("is refused where nobody can be asked, and nothing is changed", async () => {
    expect(await project.limbeckJson("reset")).toMatchObject({
      exitCode: 2,
      error: { code: "LB1007", fix: ["limbeck reset --yes"] },
    });
    expect(await project.limbeckJson("reset --confirm todo.db")).toMatchObject({
      error: { fix: ["limbeck reset --confirm todo.db --yes"] },
    });
    const inPipeline = await project.limbeck("reset", { isTTY: true, env: { CI: "true" }, answers: ["yes"] });
    expect(inPipeline).toMatchObject({ exitCode: 2, asked: [] });
    expect((await project.limbeck("current")).stdout).toBe("a001\n");
  });

  it("asks, and takes no for an answer", async () => {
    const { exitCode, asked, stderr } = await project.limbeck("reset", { isTTY: true, answers: ["no"] });
    expect(exitCode).toBe(3);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/^Erase everything in .*todo\.db and run all revisions anew\?$/);
    expect(stderr).toContain("Nothing was changed.");
    expect((await project.limbeck("current")).stdout).toBe("a001\n");
  });

  it("ends with 130 when the question is left with Ctrl-C", async () => {
    const left = await project.limbeck("reset", { isTTY: true, answers: ["cancel"] });
    expect(left).toMatchObject({ exitCode: 130, stdout: "", stderr: "Nothing was changed.\n" });
    expect((await project.limbeck("current")).stdout).toBe("a001\n");
  });

  it("erases and runs everything anew after a yes, or with --yes", async () => {
    expect(await project.limbeck("reset", { isTTY: true, answers: ["yes"] })).toMatchObject({ exitCode: 0 });
    expect((await project.limbeck("current")).stdout).toBe("a002 (head)\n");
    const { exitCode, stderr, asked } = await project.limbeck("reset -y");
    expect({ exitCode, asked }).toEqual({ exitCode: 0, asked: [] });
    expect(withoutTimes(stderr)).toContain("↑ a001 initial … N ms\n↑ a002 add due date … N ms\n");
  });
});
