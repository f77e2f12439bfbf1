import type { DrizzleKitRules } from "../../dialect/dialect.ts";

/** How drizzle-kit writes these tables. @see https://orm.drizzle.team/docs/kit-overview */
export const DRIZZLE: DrizzleKitRules = {
  tableKind: "MySqlTable",
  entries: [
    { module: "drizzle-kit/api", snapshot: "generateMySQLDrizzleJson", casingAt: 2, compare: "generateMySQLMigration" },
    { module: "drizzle-kit/api-mysql", snapshot: "generateDrizzleJson", casingAt: 2, compare: "generateMigration" },
  ],
};
