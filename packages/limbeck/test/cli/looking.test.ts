import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

describe("the commands that look", () => {
  it("create no database", async () => {
    for (const line of ["current", "current -v", "history -i", "heads", "status", "show current"])
      await project.limbeck(line);
    expect(project.has("todo.db")).toBe(false);
  });

  it("list the history as Alembic does", async () => {
    await project.limbeck("upgrade +1");
    expect((await project.limbeck("history")).stdout).toBe(
      "a001 -> a002 (head), add due date\n<base> -> a001, initial\n",
    );
    expect((await project.limbeck("history -i")).stdout).toBe(
      "a001 -> a002 (head), add due date\n<base> -> a001 (current), initial\n",
    );
    expect((await project.limbeck("history -r a002:")).stdout).toBe("a001 -> a002 (head), add due date\n");
    expect((await project.limbeck("history -r-1:current")).exitCode).toBe(0);
    expect(await project.limbeckJson("history -i")).toMatchObject({
      ok: true,
      command: "history",
      data: { current: ["a001"], revisions: [{ revision: "a002", isHead: true }, { revision: "a001" }] },
    });
  });

  it("draw the history, and look at the database for it only when asked", async () => {
    const drawn = "●  a002 (head)  add due date\n●  a001  initial\n";
    expect(await project.limbeck("history --graph")).toEqual({ exitCode: 0, stdout: drawn, stderr: "", asked: [] });
    const notADatabase = "--url sqlite:limbeck.config.ts";
    expect((await project.limbeck(`history --graph ${notADatabase}`)).stdout).toBe(drawn);
    expect((await project.limbeck(`history --graph -i ${notADatabase}`)).exitCode).toBe(2);
    await project.limbeck("upgrade +1");
    expect((await project.limbeck("history --graph -i")).stdout).toBe(
      "○  a002 (head)  add due date\n◉  a001 (current)  initial\n",
    );
    expect((await project.limbeck("history --graph -i --ascii")).stdout).toBe(
      "o  a002 (head)  add due date\n@  a001 (current)  initial\n",
    );
    expect((await project.limbeck("history --graph -r current:")).stdout).toBe(drawn);
    expect((await project.limbeck("history --graph -r a002:")).stdout).toBe(
      "●  a002 (head)  add due date\n~  goes on at a001\n",
    );
    expect(await project.limbeckJson("history --graph -i")).toMatchObject({
      data: { current: ["a001"], pending: ["a002"], revisions: [{ revision: "a002" }, { revision: "a001" }] },
    });
  });

  it("explain the signs of the drawn history to who looks at it, unless told to be quiet", async () => {
    const isTTY = { isTTY: true, env: { NO_COLOR: "1" } };
    await project.limbeck("upgrade +1");
    const { stdout, stderr } = await project.limbeck("history --graph -i", isTTY);
    expect(stdout).toBe("○  a002 (head)  add due date\n◉  a001 (current)  initial\n");
    expect(stderr).toBe("\n◉ the database stands here, ○ not applied yet\n");
    expect((await project.limbeck("history --graph -i -q", isTTY)).stderr).toBe("");
    expect((await project.limbeck("history --graph -i", { isTTY: true, env: { LANG: "C" } })).stdout).toMatch(/^o /);
  });

  it("write the history for other programs", async () => {
    expect((await project.limbeck("history --format mermaid")).stdout).toBe(
      [
        "flowchart TB",
        '  ra002["a002 (head)<br>add due date"]',
        '  ra001["a001<br>initial"]',
        "  ra002 --> ra001",
        "",
      ].join("\n"),
    );
    const dot = await project.limbeck("history --format dot", { isTTY: true });
    expect(dot.stdout).toMatch(/^digraph history \{\n[^]*\n {2}"a002" -> "a001";\n\}\n$/);
    expect(dot.stderr).toBe("");
    const { data } = await project.limbeckJson("history -i -r a002:");
    expect(JSON.parse((await project.limbeck("history --format json -i -r a002:")).stdout)).toEqual(data);
  });

  it.each([
    ["--format svg", "LB0016"],
    ["--format dot --graph", "LB0009"],
    ["--format dot --verbose", "LB0009"],
    ["--format json --json", "LB0009"],
  ])("refuse history %s", async (options, code) => {
    const { exitCode, stdout, stderr } = await project.limbeck(`history ${options}`);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(code);
  });

  it("tell that there are no revisions to draw", async () => {
    project.remove("migrations/versions/a001_initial.ts");
    project.remove("migrations/versions/a002_add_due_date.ts");
    const none = { exitCode: 0, stdout: "", stderr: "There are no revisions.\n" };
    expect(await project.limbeck("history --graph")).toMatchObject(none);
    expect((await project.limbeck("history --format dot")).stdout).toMatch(/^digraph history \{/);
  });

  it("show where the database stands", async () => {
    const atBase = await project.limbeck("current");
    expect(atBase).toMatchObject({ exitCode: 0, stdout: "" });
    expect(atBase.stderr).toContain("stands at base.");
    expect((await project.limbeck("current --check-heads")).exitCode).toBe(4);
    await project.limbeck("upgrade head");
    expect(await project.limbeck("current --check-heads")).toMatchObject({
      exitCode: 0,
      stdout: "a002 (head)\n",
      stderr: "",
    });
    expect((await project.limbeck("current -v")).stdout).toMatch(
      /^Current revision\(s\) for .*todo\.db:\n\nRev: a002 \(head\)\n/,
    );
    expect(await project.limbeckJson("current")).toMatchObject({
      data: { isAtHead: true, revisions: [{ revision: "a002" }] },
    });
  });

  it("list the heads", async () => {
    expect((await project.limbeck("heads")).stdout).toBe("a002 (head)\n");
    expect((await project.limbeck("heads -v")).stdout).toContain("Parent: a001\n");
    expect(await project.limbeckJson("heads")).toMatchObject({ data: { revisions: [{ revision: "a002" }] } });
  });

  it("show a revision with its file", async () => {
    const { stdout } = await project.limbeck("show head");
    expect(stdout).toMatch(/^Rev: a002 \(head\)\nParent: a001\n/);
    expect(stdout).toContain(`op.addColumn("todos", "due", text())`);
    expect(await project.limbeckJson("show nothing_like_it")).toMatchObject({
      exitCode: 2,
      ok: false,
      error: { code: "LB0301" },
    });
  });

  it("sum up with status, which fails with --check while revisions are pending", async () => {
    const behind = await project.limbeck("status --check");
    expect(behind).toMatchObject({ exitCode: 4, stderr: "" });
    expect(behind.stdout).toContain("Pending    2 revisions\n");
    expect(behind.stdout).toMatch(/\n\nNext: limbeck upgrade head\n$/);
    expect((await project.limbeck("status")).exitCode).toBe(0);
    await project.limbeck("upgrade head");
    expect((await project.limbeck("status --check")).exitCode).toBe(0);
    expect(await project.limbeckJson("status")).toMatchObject({ data: { isAtHead: true, pending: [] } });
  });

  it("say where the database comes from when it is not the one in the config", async () => {
    const { stdout } = await project.limbeck("status", { env: { DATABASE_URL: "sqlite:other.db" } });
    expect(stdout).toMatch(/^Database {3}.*other\.db \(from DATABASE_URL\)\n/);
    expect((await project.limbeck("status --url sqlite:third.db")).stdout).toMatch(
      /^Database {3}.*third\.db \(from --url\)\n/,
    );
  });

  it("tell of a database that is ahead of the files", async () => {
    await project.limbeck("upgrade head");
    project.remove("migrations/versions/a002_add_due_date.ts");
    expect((await project.limbeck("current")).stdout).toBe("a002 (no such revision file)\n");
    expect((await project.limbeck("status")).stdout).toContain("Stands at  a002  (no such revision file)\n");
    expect(await project.limbeckJson("upgrade head")).toMatchObject({ exitCode: 2, error: { code: "LB1308" } });
  });
});
