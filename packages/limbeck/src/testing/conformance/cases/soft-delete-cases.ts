import {
  boolean,
  foreignKey,
  integer,
  softDelete,
  table,
  timestamp,
  unique,
  uniqueAmongLive,
  varchar,
} from "../../../schema.ts";
import type { ModelDefinition } from "../../../schema/builder/table-definition.ts";
import type { ConformanceCases } from "../conformance-case.ts";
import { lists } from "./todo-models.ts";

/** Todos whose titles are unique, in the same list at least. */
const notes: ModelDefinition = table(
  "notes",
  { id: integer().primaryKey().autoIncrement(), list_id: integer(), title: varchar(80).notNull(), done: boolean() },
  [unique(["list_id", "title"]), foreignKey(["list_id"], { table: "lists", columns: ["id"] }, { onDelete: "cascade" })],
);

/** The same with deleted ones among them. */
const softNotes: ModelDefinition = table(
  "notes",
  {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(80).notNull(),
    parent_id: integer().references("notes", "id"),
    ...softDelete(),
  },
  [uniqueAmongLive(["title"])],
);

const DELETED_AT = new Date("2026-02-21T10:00:00.125Z");

const NOTES = [
  { id: 1, title: "milk", parent_id: null, deleted_at: null },
  { id: 2, title: "milk", parent_id: null, deleted_at: DELETED_AT },
  { id: 3, title: "milk", parent_id: 2, deleted_at: DELETED_AT },
] as const;

/** Making a table delete softly, and no longer. */
export const SOFT_DELETE_CASES: Pick<ConformanceCases, "enableSoftDelete" | "disableSoftDelete"> = {
  enableSoftDelete: [
    {
      title: "with nothing else",
      start: [lists],
      rows: { lists: [{ id: 1, name: "home" }] },
      change: (op) => op.enableSoftDelete("lists"),
      after: { lists: [{ id: 1, name: "home", deleted_at: null }] },
    },
    {
      title: "in place of what is unique among all rows, under another name of the column",
      start: [lists, notes],
      rows: {
        lists: [{ id: 1, name: "home" }],
        notes: [{ id: 1, list_id: 1, title: "milk", done: false }],
      },
      change: (op) =>
        op.enableSoftDelete("notes", { column: "removedAt", unique: [["list_id", "title"]], index: [["list_id"]] }),
    },
  ],
  disableSoftDelete: [
    {
      title: "of a table without rows",
      start: [softNotes],
      change: (op) => op.disableSoftDelete("notes", { unique: [["title"]] }),
    },
    {
      title: "with deleted rows, which are parked, and point to each other",
      start: [softNotes],
      rows: { notes: NOTES },
      change: (op) => op.disableSoftDelete("notes", { unique: [{ columns: ["title"], name: "titles" }] }),
      after: { notes: [{ id: 1, title: "milk", parent_id: null }] },
    },
    {
      title: "of a column that nobody has declared, with a check on it",
      start: [
        table("tasks", {
          id: integer().primaryKey(),
          deleted_at: timestamp({ timezone: true }).check("deleted_at > '2000-01-01 00:00:00'"),
        }),
      ],
      rows: { tasks: [{ id: 1, deleted_at: null }] },
      change: (op) => op.disableSoftDelete("tasks"),
      after: { tasks: [{ id: 1 }] },
    },
  ],
};
