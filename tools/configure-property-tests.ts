import { configureGlobal } from "fast-check";

/** Property tests try 100 cases each; `make test-long` sets LIMBECK_LONG=1 and lets them try 50 times as many. */
const RUNS = process.env["LIMBECK_LONG"] === "1" ? 5_000 : 100;

configureGlobal({ numRuns: RUNS });
