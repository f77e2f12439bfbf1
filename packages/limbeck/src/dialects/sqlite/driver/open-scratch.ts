import type { Connection } from "../../../dialect/connection.ts";
import type { ScratchOptions } from "../../../dialect/dialect.ts";
import { connect } from "./connect.ts";
import { keepApart } from "./keep-apart.ts";
import { IN_MEMORY } from "./parse-url.ts";
import { buildUrl } from "./resolve-url.ts";

/** An empty database in memory, gone when it is closed. What is attached to it is a copy. */
export async function openScratch({ driver }: Pick<ScratchOptions, "driver"> = {}): Promise<Connection> {
  const options = driver === undefined ? {} : { driver };
  return keepApart(await connect(buildUrl(IN_MEMORY), options), options);
}
