import type { DrizzleKitRules } from "../../dialect/dialect.ts";

/** How drizzle-kit writes these tables. @see https://orm.drizzle.team/docs/kit-overview */
export const DRIZZLE: DrizzleKitRules = {
  tableKind: "PgTable",
  entries: [
    { module: "drizzle-kit/api", snapshot: "generateDrizzleJson", casingAt: 3, compare: "generateMigration" },
    { module: "drizzle-kit/api-postgres", snapshot: "generateDrizzleJson", casingAt: 3, compare: "generateMigration" },
  ],
};
