import { configureGlobal } from "fast-check";

/**
 * Property tests try 100 cases each, the same ones every time, so that a change is not judged by chance; `make test-long`
 * sets LIMBECK_LONG=1 and lets them try 50 times as many, new ones every time. A test that takes long says how many.
 */
const isLong = process.env["LIMBECK_LONG"] === "1";

configureGlobal(isLong ? { numRuns: 5_000 } : { numRuns: 100, seed: 20_260_221 });
