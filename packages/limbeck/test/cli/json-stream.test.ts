import { spawn } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { readLines, withoutStatements, type Line } from "../support/stream-lines.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

const stream = async (line: string) => {
  const { exitCode, stdout, stderr } = await project.limbeck(`${line} --json=stream`);
  expect(stderr).toBe("");
  return { exitCode, lines: readLines(stdout) };
};

const A001 = { revision: "a001", direction: "up", message: "initial" };
const A002 = { revision: "a002", direction: "up", message: "add due date" };

describe("--json=stream", () => {
  it("tells what a run does, one object a line, and ends with where the database is", async () => {
    const { exitCode, lines } = await stream("upgrade head");
    expect(exitCode).toBe(0);
    expect(withoutStatements(lines)).toEqual([
      {
        event: "runStarted",
        format: 1,
        version: "1.2.3",
        command: "upgrade",
        database: `sqlite:${join(project.folder, "todo.db")}`,
      },
      { event: "lockTaken" },
      { event: "planned", run: expect.stringMatching(/^[0-9a-f]{12}$/), from: [], revisions: [A001, A002] },
      { event: "revisionStarted", ...A001 },
      { event: "revisionFinished", ...A001, milliseconds: expect.any(Number) },
      { event: "revisionStarted", ...A002 },
      { event: "revisionFinished", ...A002, milliseconds: expect.any(Number) },
      {
        event: "runFinished",
        ok: true,
        exitCode: 0,
        standsAt: ["a002"],
        data: expect.objectContaining({ from: [], to: ["a002"] }),
      },
    ]);
    expect(lines[0]?.["time"]).toBe("2026-02-21T10:00:00.000Z");
  });

  it("names the run as the journal does", async () => {
    const { lines } = await stream("upgrade head");
    const run = lines.find(({ event }) => event === "planned")?.["run"];
    const connection = await sqlite.connect(`sqlite:${join(project.folder, "todo.db")}`);
    const rows = await connection.query("SELECT DISTINCT run_id AS run FROM limbeck_history");
    await connection.close();
    expect(rows).toEqual([{ run }]);
  });

  it("tells of statements when they begin and when they end, with the rows they changed", async () => {
    project.writeRevision("a003", "a002", "fill", {
      up: `await op.bulkInsert("todos", [{ id: 1, title: "s3cret" }, { id: 2, title: "b" }]);
        await op.execute("UPDATE todos SET title = ?", { parameters: ["bound"] });
        await op.query("SELECT * FROM todos");`,
    });
    const { lines } = await stream("upgrade head");
    const told = lines.filter(({ revision, sql }) => revision === "a003" && /todos/.test(String(sql)));
    expect(told.map(({ event, rows }) => [event, rows])).toEqual([
      ["statementStarted", undefined],
      ["statementFinished", 2],
      ["statementStarted", undefined],
      ["statementFinished", 2],
      ["statementStarted", undefined],
      ["statementFinished", 2],
    ]);
    expect(told[2]).toMatchObject({ sql: "UPDATE todos SET title = ?" });
    expect(JSON.stringify(lines)).not.toMatch(/bound|s3cret/);
  });

  it("ends with the error of --json, and with where the database stands all the same", async () => {
    project.writeRevision("a003", "a002", "break", { up: `await op.execute("INSERT INTO nowhere VALUES (1)");` });
    const { exitCode, lines } = await stream("upgrade head");
    const [failed, error, last] = lines.slice(-3);
    expect({ exitCode, failed, last }).toMatchObject({
      exitCode: 7,
      failed: { event: "statementFailed", revision: "a003", sql: "INSERT INTO nowhere VALUES (1)" },
      last: { event: "runFinished", ok: false, exitCode: 7, standsAt: ["a002"] },
    });
    const again = await project.limbeckJson("upgrade head");
    expect(error).toEqual({ event: "error", time: expect.any(String), error: again["error"] });
  });

  it("tells that it waits for another run", async () => {
    const lock = await sqlite.acquireLock(`sqlite:${join(project.folder, "todo.db")}`, 0);
    setTimeout(() => void lock.release(), 2500);
    const { lines } = await stream("upgrade head");
    expect(withoutStatements(lines).slice(1, 3)).toEqual([
      { event: "waiting", for: "lock", reason: expect.stringContaining("another run") },
      { event: "lockTaken" },
    ]);
  });

  it("is for downgrade and reset too, and says when there is nothing to do", async () => {
    await stream("upgrade head");
    const names = ({ lines }: { readonly lines: readonly Line[] }) =>
      withoutStatements(lines).map(({ event }) => event);
    expect(names(await stream("upgrade head"))).toEqual(["runStarted", "runFinished"]);
    expect(withoutStatements((await stream("downgrade -1")).lines)).toContainEqual(
      expect.objectContaining({ event: "revisionFinished", revision: "a002", direction: "down" }),
    );
    const { lines } = await stream("reset --yes");
    expect(lines.at(-1)).toMatchObject({ event: "runFinished", ok: true, standsAt: ["a002"] });
  });

  it("says of which tenant each line is", async () => {
    project.write(
      "limbeck.config.ts",
      `export default { url: "sqlite:todo.db", tenants: () => ["one", "two"].map((name) => ({ name, url: "sqlite:" + name + ".db" })) };\n`,
    );
    const { exitCode, lines } = await stream("upgrade head --all --concurrency 1");
    expect(exitCode).toBe(0);
    const finished = lines.filter(({ event }) => event === "revisionFinished" || event === "tenantFinished");
    expect(finished.map(({ tenant, revision, report }) => [tenant, revision ?? report])).toEqual([
      ["one", "a001"],
      ["one", "a002"],
      ["one", expect.objectContaining({ kind: "upgraded", steps: 2 })],
      ["two", "a001"],
      ["two", "a002"],
      ["two", expect.objectContaining({ kind: "upgraded", steps: 2 })],
    ]);
    expect(lines.at(-1)).toMatchObject({ event: "runFinished", standsAt: null, data: { upgraded: 2 } });
  });

  it("tells of an error of the command line in the same form", async () => {
    const { exitCode, lines } = await stream("upgrade head --nonsense");
    expect(exitCode).toBe(2);
    expect(lines).toMatchObject([
      { event: "error", error: { code: "LB0004" } },
      { event: "runFinished", ok: false, exitCode: 2, standsAt: null },
    ]);
  });

  it.each([
    ["status", "LB0018"],
    ["stamp head", "LB0018"],
    ["upgrade head --sql", "LB0009"],
    ["downgrade base --dry-run", "LB0009"],
  ])("is refused for %s, where nothing runs", async (line, code) => {
    const { exitCode, lines } = await stream(line);
    expect([exitCode, lines[0]]).toMatchObject([2, { event: "error", error: { code } }]);
  });

  it("is the only thing that --json may be", async () => {
    const { exitCode, stderr } = await project.limbeck("upgrade head --json=lines");
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringMatching(/LB0016 --json of limbeck upgrade cannot be "lines"[^]*stream/),
    ]);
  });

  it("keeps passwords to itself", async () => {
    project.writeRevision("a003", "a002", "secret", {
      up: `await op.execute("INSERT INTO todos (id, title) VALUES (1, 'PASSWORD = ''hunter2'' at postgres://ann:hunter2@db/app')");`,
    });
    const { stdout } = await project.limbeck("upgrade head --json=stream");
    expect(stdout).toContain("postgres://ann:***@db/app");
    expect(stdout).not.toContain("hunter2");
  });
});

/** Runs a command line in a shell. @returns the exit code of the program itself, and what the reader got */
function runInShell(line: string): Promise<{ readonly code: number; readonly text: string }> {
  const bin = join(import.meta.dirname, "../../src/cli/bin.ts");
  const script = line.replace("limbeck", `"${process.execPath}" "${bin}"`);
  return new Promise((resolve, reject) => {
    const { CI: _ci, ...env } = process.env;
    const child = spawn("bash", ["-c", `${script}; exit "\${PIPESTATUS[0]}"`], { cwd: project.folder, env });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? -1, text }));
  });
}

describe("a stream that nobody reads to its end", () => {
  it("does not stop the run, and the exit code is that of the run", async () => {
    project.writeRevision("a003", "a002", "many", {
      up: `for (let id = 1; id <= 300; id += 1) await op.execute("INSERT INTO todos (id, title) VALUES (?, 'x')", { parameters: [id] });`,
    });
    const { code, text } = await runInShell("limbeck upgrade head --json=stream | head -1");
    expect(readLines(text)).toMatchObject([{ event: "runStarted" }]);
    expect(code).toBe(0);
    expect(await project.limbeckJson("current")).toMatchObject({ data: { rows: ["a003"] } });
  });

  it("does not make a failure a success", async () => {
    project.writeRevision("a003", "a002", "break", { up: `await op.execute("INSERT INTO nowhere VALUES (1)");` });
    const { code } = await runInShell("limbeck upgrade head --json=stream | head -1");
    expect(code).toBe(7);
  });

  it("is written line by line, while the run goes on", async () => {
    project.writeRevision("a003", "a002", "slow", {
      up: `await new Promise((resolve) => setTimeout(resolve, 1500));`,
    });
    const reader = `node -e 'let t; process.stdin.on("data", () => (t ??= Date.now())).on("end", () => console.log(Date.now() - t))'`;
    const { text } = await runInShell(`limbeck upgrade head --json=stream | ${reader}`);
    expect(Number(text)).toBeGreaterThan(1000);
  });
});
