import type { Connection } from "../dialect/connection.ts";
import type { Dialect } from "../dialect/dialect.ts";

/** Runs `use` on an empty scratch database and closes it afterwards, whatever happens. */
export async function withScratch<Result>(
  dialect: Dialect,
  use: (scratch: Connection) => Promise<Result>,
): Promise<Result> {
  const scratch = await dialect.openScratch();
  try {
    return await use(scratch);
  } finally {
    await scratch.close();
  }
}
