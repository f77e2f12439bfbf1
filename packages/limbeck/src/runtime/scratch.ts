import type { Connection } from "../dialect/connection.ts";

/** Opens an empty scratch database. */
export type OpenScratch = () => Promise<Connection>;

/** Runs `use` on an empty scratch database and closes it afterwards, whatever happens. */
export async function withScratch<Result>(
  open: OpenScratch,
  use: (scratch: Connection) => Promise<Result>,
): Promise<Result> {
  const scratch = await open();
  try {
    return await use(scratch);
  } finally {
    await scratch.close();
  }
}
