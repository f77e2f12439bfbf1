import type { ColumnType } from "../../src/schema/model/column-type.ts";
import { PORTABLE_TRAITS, type ArbitraryTraits } from "../../src/testing/arbitraries/traits.ts";

/** The types that STRICT tables have, in the kinds that come back from them. https://www.sqlite.org/stricttables.html */
const STRICT_TYPES: readonly ColumnType[] = [
  { kind: "text" },
  { kind: "integer" },
  { kind: "real" },
  { kind: "bytes" },
];

/** What arbitrary schemas for SQLite may draw from. */
export const SQLITE_TRAITS: ArbitraryTraits = {
  types: [...PORTABLE_TRAITS.types, { kind: "raw", sql: "DATETIME" }, { kind: "raw", sql: "" }],
  collations: ["NOCASE", "RTRIM"],
  flavours: [
    {},
    {},
    { options: { sqlite: { strict: true } }, types: STRICT_TYPES },
    { options: { sqlite: { withoutRowid: true } }, needsPrimaryKey: true, allowsAutoIncrement: false },
    {
      options: { sqlite: { strict: true, withoutRowid: true } },
      types: STRICT_TYPES,
      needsPrimaryKey: true,
      allowsAutoIncrement: false,
    },
  ],
};
