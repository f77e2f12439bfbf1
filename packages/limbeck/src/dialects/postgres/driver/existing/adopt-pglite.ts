import { connectionErrors } from "../../../../kernel/errors/connection-errors.ts";
import { buildEmbeddedUrl, IN_MEMORY } from "../embedded-url.ts";
import { createPgliteSession, looksLikePglite, type PgliteConstructor } from "../pglite.ts";
import type { ExistingDatabase } from "./existing-database.ts";

/** The database behind an object of PGlite; undefined when it is anything else. @throws ConnectionError (connectionClosed) */
export function adoptPglite(value: object): ExistingDatabase | undefined {
  if (!looksLikePglite(value)) return undefined;
  if (value.closed) throw connectionErrors.connectionClosed({ description: "the database of PGlite" });
  const { dataDir = "" } = value;
  const folder = dataDir.replace(/^file:\/\//, "");
  return {
    url: buildEmbeddedUrl(folder === "" || folder.startsWith("memory:") ? IN_MEMORY : folder),
    isEmbedded: true,
    borrow: async (onNotice) => {
      await value.waitReady;
      return createPgliteSession(value, onNotice, () => Promise.resolve());
    },
    openAnother: async () => {
      // Whatever class the object is of makes another one.
      const another = new (value.constructor as PgliteConstructor)();
      await another.waitReady;
      return createPgliteSession(
        another,
        () => undefined,
        () => another.close(),
      );
    },
  };
}
