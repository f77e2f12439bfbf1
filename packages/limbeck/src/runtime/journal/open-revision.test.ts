import { expect, it } from "vitest";
import type { HistoryEntry, HistoryNote } from "./history-entry.ts";
import { findOpenRevision, writeRunning } from "./open-revision.ts";

const write = (...notes: readonly HistoryNote[]): readonly HistoryEntry[] =>
  notes.map((note, index) => ({
    id: index + 1,
    run: "r",
    revision: "a1",
    direction: "upgrade",
    checksum: "c",
    call: 0,
    digest: "",
    session: "s",
    detail: "",
    ...note,
  }));

const RUNNING: HistoryNote = { event: "running", call: 2, detail: writeRunning([{ sql: "SELECT 1" }], 0, "") };

const FAILED: HistoryNote = { event: "failed", detail: "LB0701 the first time" };

it("knows why a revision failed, until more is heard of it", () => {
  const failed = write({ event: "started" }, { event: "done", call: 1 }, FAILED);
  expect(findOpenRevision(failed)?.failure).toBe("LB0701 the first time");
  expect(findOpenRevision([...failed, ...write({ event: "resolved", detail: "applied" })])?.failure).toBe(
    "LB0701 the first time",
  );
  expect(findOpenRevision([...failed, ...write(RUNNING)])).not.toHaveProperty("failure");
  expect(findOpenRevision([...failed, ...write(RUNNING, { ...FAILED, detail: "LB0701 again" })])?.failure).toBe(
    "LB0701 again",
  );
});
