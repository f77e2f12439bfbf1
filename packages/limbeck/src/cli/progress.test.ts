import { describe, expect, it } from "vitest";
import type { LoadedStep } from "../runtime/run-context.ts";
import { createFakeWorld } from "./fake-world.ts";
import { createProgress } from "./progress.ts";
import { createTerminal, type OutputMode } from "./terminal.ts";

const MODE: OutputMode = { json: false, quiet: false, noColor: true, ascii: false };

const step = (direction: "up" | "down", message: string): LoadedStep => ({
  revision: "2026_02_21_001",
  direction,
  message,
  checksum: "",
  versionRows: [],
  code: {
    revision: "2026_02_21_001",
    direction: direction === "up" ? "upgrade" : "downgrade",
    path: "",
    run: () => undefined,
  },
});

const start = (mode: Partial<OutputMode> = {}) => {
  const fake = createFakeWorld();
  return { progress: createProgress(createTerminal(fake.world, { ...MODE, ...mode })), ...fake };
};

describe("progress", () => {
  it("is one line per revision on stderr, begun before it runs", () => {
    const { progress, stderr, stdout } = start();
    progress.onEvent({ kind: "stepStarted", step: step("up", "initial") });
    expect(stderr()).toBe("↑ 2026_02_21_001 initial … ");
    progress.onEvent({ kind: "stepFinished", step: step("up", "initial"), milliseconds: 9.2 });
    expect(stderr()).toBe("↑ 2026_02_21_001 initial … 9 ms\n");
    expect(stdout()).toBe("");
  });

  it("ends the line of a revision that fails, once", () => {
    const { progress, stderr } = start({ ascii: true });
    progress.onEvent({ kind: "stepStarted", step: step("down", "initial") });
    progress.interrupt("failed");
    progress.interrupt("failed");
    expect(stderr()).toBe("down 2026_02_21_001 initial ... failed\n");
  });

  it("passes on what the server tells, and begins the line anew", () => {
    const { progress, stderr } = start();
    const notice = { severity: "NOTICE", message: "12 rows were mended" };
    progress.onEvent({ kind: "notice", notice });
    progress.onEvent({ kind: "stepStarted", step: step("up", "initial") });
    progress.onEvent({ kind: "notice", notice });
    progress.interrupt("stopped");
    expect(stderr()).toBe(
      "NOTICE: 12 rows were mended\n↑ 2026_02_21_001 initial … notice\nNOTICE: 12 rows were mended\n↑ 2026_02_21_001 initial … stopped\n",
    );
  });

  it("tells what a run waits for, and begins the line anew", () => {
    const { progress, stderr } = start();
    progress.onEvent({ kind: "waiting", reason: "another run is migrating app.db: process 1 on host" });
    progress.onEvent({ kind: "stepStarted", step: step("up", "initial") });
    progress.onEvent({ kind: "waiting", reason: "another program is using app.db" });
    progress.interrupt("stopped");
    expect(stderr()).toBe(
      "Waiting: another run is migrating app.db: process 1 on host.\n" +
        "↑ 2026_02_21_001 initial … waiting\n" +
        "Waiting: another program is using app.db.\n" +
        "↑ 2026_02_21_001 initial … stopped\n",
    );
  });

  it("keeps to the width, and to the first line of a message", () => {
    const { progress, stderr } = start();
    const words = "word ".repeat(30);
    progress.onEvent({ kind: "stepStarted", step: step("up", `${words}\nsecond line`) });
    progress.onEvent({ kind: "stepFinished", step: step("up", ""), milliseconds: 59_000 });
    // 80 columns without the sign, the id, the ellipsis, four spaces and ten columns for the duration leave 50.
    expect(stderr()).toBe(`↑ 2026_02_21_001 ${Array(10).fill("word").join(" ")}… 59.0 s\n`);
    expect(stderr().trimEnd().length).toBeLessThanOrEqual(80);
  });

  it("tells each tenth of a backfill once, and begins anew with the next one", () => {
    const { progress, stderr } = start();
    const tell = (table: string, rows: number, total: number): void =>
      progress.onEvent({ kind: "progress", step: step("up", "initial"), table, rows, total });
    progress.onEvent({ kind: "stepStarted", step: step("up", "initial") });
    for (const rows of [5, 12, 15, 48, 99, 100, 101]) tell("todos", rows, 100);
    for (const rows of [1, 2]) tell("people", rows, 2);
    progress.onEvent({ kind: "stepFinished", step: step("up", "initial"), milliseconds: 2000 });
    expect(stderr()).toBe("↑ 2026_02_21_001 initial … 10% 40% 90% 50% 2.0 s\n");
  });

  it.each<Partial<OutputMode>>([{ quiet: true }, { json: true }])("is silent with %o", (mode) => {
    const { progress, stderr } = start(mode);
    progress.onEvent({ kind: "stepStarted", step: step("up", "initial") });
    progress.interrupt("failed");
    expect(stderr()).toBe("");
  });
});
