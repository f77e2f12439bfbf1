import { createMiddleware } from "hono/factory";
import { Problem } from "./problem.ts";

/** For a request whose wishes stand in its address: one in a body would be passed over, and a purge would delete more than was asked for. */
export const refuseBody = createMiddleware<object>(async (c, next) => {
  const body = (await c.req.text()).trim();
  if (body !== "" && body !== "{}") {
    throw new Problem(400, "This request reads no body: what it takes stands in its address, behind a question mark.");
  }
  await next();
});
