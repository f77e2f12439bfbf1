import type { ChildProcess } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openElsewhere } from "../support/other-process.ts";
import { runProgram, type Ended, type ProgramOptions } from "../support/run-program.ts";
import { createTodoProject, type TestProject } from "./test-project.ts";

let project: TestProject;

beforeEach(() => {
  project = createTodoProject();
});

afterEach(() => project.dispose());

const run = (line: string, options?: ProgramOptions): Promise<Ended> =>
  runProgram(project.folder, line.split(" "), options);

const current = async (): Promise<string> => (await run("current")).stdout;

const WAIT = `await new Promise((resolve) => setTimeout(resolve, 60_000));`;

const writeSlow = (rest: string = WAIT): void =>
  project.writeRevision("a003", "a002", "slow", { up: `await op.execute("CREATE TABLE slow (a)"); ${rest}` });

/** Sends a signal once, as soon as a text is told. */
function signalAt(text: string, signal: NodeJS.Signals): Required<Pick<ProgramOptions, "onStderr">> {
  let isSent = false;
  return {
    onStderr(child: ChildProcess, told: string) {
      if (isSent || !told.includes(text)) return;
      isSent = true;
      child.kill(signal);
    },
  };
}

describe("a run that is stopped", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "by %s says what was rolled back and where it stands, and leaves no files",
    async (signal) => {
      writeSlow();
      const { status, stdout, stderr } = await run("upgrade head", signalAt("a003 slow", signal));
      expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
      expect(stderr).toMatch(/a003 slow … stopped\n✖ LB0713 Stopped on request during upgrade of a003\.\n/);
      expect(stderr.replaceAll(/\s+/g, " ")).toContain(
        "rolled back: the database stands at a002. 2 revisions of this run had ended before.",
      );
      expect(await current()).toBe("a002\n");
      expect(project.list().filter((name) => name.startsWith("todo.db"))).toEqual(["todo.db", "todo.db-limbeck-lock"]);
      writeSlow("");
      expect((await run("upgrade head")).status).toBe(0);
    },
  );

  it("tells to run the command again, and not to correct a file in which nothing failed", async () => {
    project.writeRevision("a003", "a002", "slow", {
      up: `await op.autocommit((op) => op.execute("CREATE TABLE kept (a)")); console.error("begun"); ${WAIT}`,
    });
    const { status, stderr } = await run("upgrade head", signalAt("begun", "SIGINT"));
    const told = stderr.replaceAll(/\s+/g, " ");
    expect([status, told]).toEqual([130, expect.stringContaining("LB0714 Stopped on request in the middle")]);
    expect(told).toContain("were committed before it was stopped, and stay applied: CREATE TABLE kept (a);");
    expect(told).toContain("Run the command again: it goes on from there.");
    expect(told).not.toMatch(/correct|failed/i);
  });

  it("says so in JSON", async () => {
    writeSlow(`console.error("begun"); ${WAIT}`);
    const { status, stdout } = await run("upgrade head --json", signalAt("begun", "SIGINT"));
    expect(status).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: "LB0713", context: { standsAt: ["a002"] } } });
  });

  it("goes no further than the statement that is running", async () => {
    writeSlow(
      `for (let i = 0; i < 1e6; i += 1) { if (i === 50) console.error("begun"); await op.execute("INSERT INTO slow VALUES (1)"); }`,
    );
    const { status, stderr } = await run("upgrade head", signalAt("begun", "SIGINT"));
    expect([status, stderr]).toEqual([130, expect.stringContaining("LB0713")]);
    expect(await current()).toBe("a002\n");
  });

  it("need not be waited for when its code goes on", async () => {
    writeSlow(
      `for (;;) await op.execute("INSERT INTO slow VALUES (1)").catch(() => new Promise((resolve) => setTimeout(resolve, 10)));`,
    );
    const { status, stderr } = await run("upgrade head", signalAt("a003 slow", "SIGINT"));
    expect([status, stderr]).toEqual([130, expect.stringContaining("LB0713")]);
    expect(await current()).toBe("a002\n");
  });

  it("ends at once at the second signal", async () => {
    project.write(
      "limbeck.config.ts",
      `console.error("begun"); await new Promise((resolve) => setTimeout(resolve, 60_000)); export default {};`,
    );
    const { status } = await run("upgrade head", {
      onStderr(child, told) {
        if (told.includes("begun")) child.kill("SIGINT");
        if (told.includes("Ctrl-C again ends at once")) child.kill("SIGINT");
      },
    });
    expect(status).toBe(130);
  });

  it("leaves no journal of the lock behind, however it ends", async () => {
    writeSlow();
    const { status } = await run("upgrade head", signalAt("a003 slow", "SIGKILL"));
    expect(status).toBe(137);
    // The note of who held the lock stays until the next run.
    expect(project.list().filter((name) => name.includes("-limbeck-lock"))).toEqual([
      "todo.db-limbeck-lock",
      "todo.db-limbeck-lock.json",
    ]);
    expect(await current()).toBe("a002\n");
  });
});

describe("a run that waits", () => {
  it("tells after a while who it waits for, and goes on when that is done", async () => {
    writeSlow(
      `const { existsSync } = await import("node:fs"); while (!existsSync("go")) await new Promise((resolve) => setTimeout(resolve, 50));`,
    );
    const goOn = (_child: ChildProcess, told: string): void => {
      if (told.includes("Waiting:")) project.write("go", "");
    };
    let second: Promise<Ended> | undefined;
    const first = await run("upgrade head", {
      onStderr(_child, told) {
        if (told.includes("a003 slow")) second ??= run("upgrade head", { onStderr: goOn });
      },
    });
    expect(first.status).toBe(0);
    const { status, stderr } = (await second) ?? { status: -1, stderr: "" };
    expect(status).toBe(0);
    expect(stderr.replaceAll(/\s+/g, " ")).toMatch(
      /^Database \S+todo\.db Waiting: another run is migrating \S+todo\.db: process \d+ on \S+, since \S+\. Nothing to do/,
    );
  });

  it("can be stopped while it waits for another run", async () => {
    writeSlow();
    let second: Promise<Ended> | undefined;
    await run("upgrade head", {
      onStderr(child, told) {
        if (!told.includes("a003 slow") || second) return;
        second = run("upgrade head", signalAt("Waiting:", "SIGINT"));
        void second.then(() => child.kill("SIGINT"));
      },
    });
    expect(await second).toMatchObject({ status: 130, stderr: expect.stringContaining("LB0803") });
  });

  it.each(["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])(
    "tells that another program holds the database with %s",
    async (begin) => {
      await run("upgrade a001");
      const other = openElsewhere(join(project.folder, "todo.db"));
      await other.run(begin);
      const { status, stderr } = await run("upgrade head", {
        onStderr(_child, told) {
          if (told.includes("Waiting:")) void other.run("COMMIT");
        },
      });
      await other.close();
      expect(status).toBe(0);
      expect(stderr.replaceAll(/\s+/g, " ")).toMatch(/Waiting: another program is using \S+todo\.db\./);
      expect(await current()).toBe("a002 (head)\n");
    },
  );

  it("can be stopped while another program holds the database", async () => {
    await run("upgrade a001");
    const other = openElsewhere(join(project.folder, "todo.db"));
    await other.run("BEGIN IMMEDIATE");
    const { status, stderr } = await run("upgrade head", signalAt("Waiting:", "SIGINT"));
    await other.run("COMMIT");
    await other.close();
    expect(status).toBe(130);
    expect(stderr.replaceAll(/\s+/g, " ")).toContain("the database stands at a001. Nothing was changed.");
  });

  it("gives up in the end, with a code", async () => {
    await run("upgrade a001");
    const database = new DatabaseSync(join(project.folder, "todo.db"));
    database.exec("BEGIN IMMEDIATE");
    const { status, stderr } = await run("upgrade head");
    const stamped = await run("stamp base");
    database.close();
    expect([status, stderr]).toEqual([7, expect.stringContaining("LB0708")]);
    expect([stamped.status, stamped.stderr]).toEqual([
      7,
      expect.stringContaining("LB0708 The transaction around stamp of base failed."),
    ]);
  });
});

describe("a command that tries revisions", () => {
  /** Begins at once, so that it can be stopped while it is tried. */
  const writeEndless = (id: string): void =>
    project.writeRevision(id, "a002", "slow", {
      up: `for (let i = 0; ; i += 1) { if (i === 50) console.error("begun"); await op.execute("UPDATE todos SET due = 'x'"); }`,
      down: "",
    });

  it.each(["test a003", "merge heads", "rebase a003 --onto b003", "squash a001..a003"])(
    "is stopped, and has written nothing: %s",
    async (line) => {
      writeEndless("a003");
      if (!line.startsWith("squash")) project.writeRevision("b003", "a002", "other", { up: "", down: "" });
      const before = readdirSync(join(project.folder, "migrations/versions"));
      const { status, stdout, stderr } = await run(line, signalAt("begun", "SIGINT"));
      expect({ status, stdout }).toEqual({ status: 130, stdout: "" });
      expect(stderr).toContain("LB1044 Stopped. Nothing was written.\n");
      expect(stderr).toContain(`limbeck ${line}\n`);
      expect(readdirSync(join(project.folder, "migrations/versions"))).toEqual(before);
    },
  );
});
