import type { Connection } from "../../dialect/connection.ts";
import type { SchemaReader } from "../../dialect/dialect.ts";
import { createTableRecognizer } from "../../dialect/recognize-tables.ts";
import { takeFingerprint } from "./fingerprint/take-fingerprint.ts";
import { introspect } from "./introspect/introspect.ts";

/** Makes a reader that gives the same object for a table as long as the catalogue says the same of it. */
export function createSchemaReader(connection: Connection): SchemaReader {
  const recognize = createTableRecognizer();
  return {
    introspect: async () => recognize(await introspect(connection)),
    takeFingerprint: () => takeFingerprint(connection),
  };
}
