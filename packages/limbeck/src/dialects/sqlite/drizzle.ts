import type { DrizzleKitRules } from "../../dialect/dialect.ts";

/** How drizzle-kit writes these tables. @see https://orm.drizzle.team/docs/kit-overview */
export const DRIZZLE: DrizzleKitRules = {
  tableKind: "SQLiteTable",
  entries: [
    {
      module: "drizzle-kit/api",
      snapshot: "generateSQLiteDrizzleJson",
      casingAt: 2,
      compare: "generateSQLiteMigration",
    },
    { module: "drizzle-kit/api-sqlite", snapshot: "generateDrizzleJson", casingAt: 2, compare: "generateMigration" },
  ],
};
