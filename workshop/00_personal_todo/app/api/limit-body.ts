import { bodyLimit } from "hono/body-limit";
import { Problem } from "./problem.ts";

const MAX_BYTES = 100_000;

/** Refuses a body that is longer than any todo. */
export const limitBody = bodyLimit({
  maxSize: MAX_BYTES,
  onError: () => {
    throw new Problem(413, `The body is longer than ${MAX_BYTES} bytes.`);
  },
});
