import { openEnvironment } from "../../src/commands/environment.ts";
import { upgrade } from "../../src/commands/upgrade.ts";
import type { RunEvent } from "../../src/runtime/run-context.ts";
import { createTestProject, type TestProject } from "../cli/test-project.ts";

/** A project whose one revision fills a table `todos` in batches of two. */
export interface ReplicaProject extends TestProject {
  readonly configure: (config: Readonly<Record<string, unknown>>) => void;
  /** Runs it through the library. */
  readonly start: (signal?: AbortSignal) => BackfillRun;
}

/** A run that may be waiting. */
export interface BackfillRun {
  readonly events: readonly RunEvent[];
  /** What the run failed with, undefined when it ended well. */
  readonly ended: Promise<unknown>;
  /** The reason that it waits for, as soon as it does for replicas; fails when it ends before. */
  readonly waits: Promise<string>;
}

/** Statements for a table of twenty rows. */
export const FILL: readonly string[] = [
  "CREATE TABLE todos (id integer NOT NULL PRIMARY KEY, n integer NOT NULL)",
  `INSERT INTO todos VALUES ${Array.from({ length: 20 }, (_, index) => `(${index + 1}, 0)`).join(", ")}`,
];

/** @param options of the backfill, beside what it sets */
export function createReplicaProject(options = "pause: 100"): ReplicaProject {
  const project = createTestProject();
  project.writeRevision("a1", null, "count", {
    up: `await op.backfill("todos", { set: { n: "n + 1" }, batchSize: 2, ${options} });`,
  });
  return {
    ...project,
    configure: (config) => project.write("limbeck.config.ts", `export default ${JSON.stringify(config)};\n`),
    start(signal) {
      const events: RunEvent[] = [];
      const { promise: waits, resolve, reject } = Promise.withResolvers<string>();
      const onEvent = (event: RunEvent): void => {
        events.push(event);
        if (event.kind === "waiting" && event.what === "replica") resolve(event.reason);
      };
      const run = async (): Promise<unknown> => {
        try {
          const environment = await openEnvironment({ cwd: project.folder, env: {} }, { onEvent, signal });
          await upgrade(environment, { target: "head" });
          return undefined;
        } catch (error) {
          return error;
        }
      };
      const ended = run();
      // A test that does not ask for it has nothing to hear of it.
      waits.catch(() => undefined);
      void ended.then((error) => reject(new Error("The run ended and had not waited.", { cause: error })));
      return { events, ended, waits };
    },
  };
}

/** What a run told beside its progress. */
export const listNotices = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) => (event.kind === "notice" ? [event.notice.message] : []));
