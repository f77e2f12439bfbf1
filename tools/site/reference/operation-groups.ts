import type { OperationMethod } from "./operation-examples.ts";

/** Methods of `op` that stand on one page. */
export interface OperationGroup {
  /** The name of the page's file. */
  readonly name: string;
  readonly title: string;
  readonly methods: readonly OperationMethod[];
}

/** All methods of `op`, by what they change. */
export const OPERATION_GROUPS: readonly OperationGroup[] = [
  {
    name: "tables",
    title: "Tables",
    methods: [
      "createTable",
      "dropTable",
      "renameTable",
      "createTableComment",
      "dropTableComment",
      "setTableOptions",
      "batchAlterTable",
    ],
  },
  { name: "columns", title: "Columns", methods: ["addColumn", "dropColumn", "renameColumn", "alterColumn"] },
  {
    name: "constraints",
    title: "Constraints",
    methods: [
      "createPrimaryKey",
      "createUniqueConstraint",
      "createCheckConstraint",
      "createForeignKey",
      "dropConstraint",
    ],
  },
  { name: "indexes", title: "Indexes", methods: ["createIndex", "dropIndex", "renameIndex"] },
  {
    name: "views-and-triggers",
    title: "Views and triggers",
    methods: ["createView", "dropView", "createTrigger", "dropTrigger"],
  },
  {
    name: "enums-and-sequences",
    title: "Enums and sequences",
    methods: [
      "createEnum",
      "dropEnum",
      "alterEnum",
      "renameEnumValue",
      "createSequence",
      "dropSequence",
      "alterSequence",
    ],
  },
  { name: "objects", title: "Functions and the like", methods: ["createObject", "dropObject", "replaceObject"] },
  { name: "soft-delete", title: "Soft delete", methods: ["enableSoftDelete", "disableSoftDelete"] },
  { name: "rows", title: "Rows and SQL", methods: ["execute", "query", "bulkInsert", "backfill"] },
  { name: "other", title: "Data and transactions", methods: ["invoke", "autocommit"] },
];
