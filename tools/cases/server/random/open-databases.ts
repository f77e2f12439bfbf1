import type { Dialect } from "../../../../packages/limbeck/src/dialect/dialect.ts";
import type { DatabasePair } from "./random-engine.ts";

/** A database that its maker drops. */
interface ThrowAway {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** Creates two databases, and connects to them; closing drops them. */
export async function openDatabases(dialect: Dialect, create: () => Promise<ThrowAway>): Promise<DatabasePair> {
  const databases = [await create(), await create()] as const;
  const [live, other] = [await dialect.connect(databases[0].url), await dialect.connect(databases[1].url)];
  return {
    live,
    other,
    close: async () => {
      await live.close();
      await other.close();
      for (const { drop } of databases) await drop();
    },
  };
}
