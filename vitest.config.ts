import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { SummaryReporter } from "./tools/summary-reporter.ts";

const source = (path: string): string => fileURLToPath(new URL(`packages/limbeck/src/${path}`, import.meta.url));

/** Tests run against the source; only the tests that spawn the command line need `npm run build`. */
const alias = [
  { find: /^limbeck$/, replacement: source("index.ts") },
  { find: /^limbeck\/(commands|schema|sqlite|kysely|testing)$/, replacement: source("$1.ts") },
];

/** Revisions are loaded by Node itself, in tests as in earnest. */
const server = { deps: { external: [/\/scripts\/native-import\.ts$/] } };

const isLong = process.env["LIMBECK_LONG"] === "1";

export default defineConfig({
  test: {
    reporters: ["default", new SummaryReporter()],
    // One for each processor: tests wait for servers and child processes most of the time.
    maxWorkers: availableParallelism(),
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["packages/limbeck/src/**/*.test.ts"],
          server,
          setupFiles: ["./tools/configure-property-tests.ts"],
          // Pure code with no module state: sharing one module graph per worker is the difference
          // between half a second and five.
          isolate: false,
          pool: "threads",
          testTimeout: isLong ? 600_000 : 10_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "integration",
          include: ["packages/limbeck/test/**/*.test.ts", "test/**/*.test.ts"],
          server,
          setupFiles: ["./tools/configure-property-tests.ts"],
          pool: "forks",
          testTimeout: isLong ? 600_000 : 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
