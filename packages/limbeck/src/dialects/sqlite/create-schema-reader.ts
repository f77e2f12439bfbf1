import type { Connection } from "../../dialect/connection.ts";
import type { SchemaReader } from "../../dialect/dialect.ts";
import { takeFingerprint } from "./fingerprint/take-fingerprint.ts";
import { introspect } from "./introspect/introspect.ts";

/** Makes a reader that remembers tables by their statements, which say everything about them. https://www.sqlite.org/schematab.html */
export function createSchemaReader(connection: Connection): SchemaReader {
  const tables: Parameters<typeof introspect>[1] = new Map();
  const facts: Parameters<typeof takeFingerprint>[1] = new Map();
  return {
    introspect: () => introspect(connection, tables),
    takeFingerprint: () => takeFingerprint(connection, facts),
  };
}
