import type { ColumnType as KyselyColumnType, Insertable, Selectable, Updateable } from "kysely";
import {
  bigint,
  boolean,
  bytes,
  date,
  decimal,
  integer,
  json,
  softDelete,
  table,
  text,
  timestamp,
  uuid,
  varchar,
  type Infer,
} from "../../schema.ts";

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const expectTrue = <T extends true>(): T | undefined => undefined;

const models = {
  everything: table("everything", {
    id: integer().primaryKey().autoIncrement(),
    title: varchar(255).notNull(),
    description: text(),
    done: boolean().notNull().default(false),
    created: timestamp({ timezone: true }).notNull().defaultNow(),
    day: date(),
    price: decimal(10, 2).notNull(),
    big: bigint().notNull(),
    extra: json<{ readonly tags: readonly string[] }>().notNull(),
    key: uuid().notNull(),
    file: bytes(),
    shout: text().generatedAs("upper(title)"),
  }),
  soft: table("soft", { id: integer().primaryKey(), ...softDelete() }),
  renamed: table("renamed", { id: integer().primaryKey(), ...softDelete("removedAt") }),
  notATable: 42,
};

type Database = Infer<typeof models>;
type Everything = Database["everything"];

expectTrue<Equal<keyof Database, "everything" | "soft" | "renamed">>();
expectTrue<Equal<Selectable<Database["soft"]>, { id: number; deleted_at: Date | null }>>();
expectTrue<Equal<keyof Selectable<Database["renamed"]>, "id" | "removedAt">>();
const live: Insertable<Database["soft"]> = { id: 1 };
expectTrue<Equal<Everything["id"], KyselyColumnType<number, number | undefined, number>>>();
expectTrue<Equal<Selectable<Everything>["created"], Date>>();
expectTrue<Equal<Selectable<Everything>["done"], boolean>>();
expectTrue<Equal<Selectable<Everything>["description"], string | null>>();
expectTrue<Equal<Selectable<Everything>["day"], string | null>>();
expectTrue<Equal<Selectable<Everything>["price"], string>>();
expectTrue<Equal<Selectable<Everything>["big"], bigint>>();
expectTrue<Equal<Selectable<Everything>["extra"], { readonly tags: readonly string[] }>>();
expectTrue<Equal<Selectable<Everything>["file"], Uint8Array | null>>();
expectTrue<Equal<Selectable<Everything>["shout"], string | null>>();

// Required: not null without a default. Optional: nullable or with a default. Absent: generated.
const inserted: Insertable<Everything> = { title: "a", price: "1.00", big: 1n, extra: { tags: [] }, key: "k" };
expectTrue<Equal<"shout" extends keyof Insertable<Everything> ? true : false, false>>();
expectTrue<Equal<"shout" extends keyof Updateable<Everything> ? true : false, false>>();
// @ts-expect-error title is required
const withoutTitle: Insertable<Everything> = { price: "1.00", big: 1n, extra: { tags: [] }, key: "k" };
// @ts-expect-error a column that is not null refuses null
const updated: Updateable<Everything> = { title: null };
// @ts-expect-error a boolean default is a boolean
boolean().default("no");
// @ts-expect-error a number column takes no text as default
integer().default("1");
decimal(10, 2).default("1.50");

export { inserted, live, updated, withoutTitle };
