const pad = (number: number): string => String(number).padStart(5, "0");

/** The name of one of many tables. */
const tableName = (number: number): string => `bench_${pad(number)}`;

/** The names of the first of many tables. */
export const listTableNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, number) => tableName(number));

/** Models of many tables of eight columns, each with an index and a foreign key; a long chain of these is more than Alembic can compare. */
export function renderManyModels(count: number): string {
  const tables = listTableNames(count).map(
    (name, number) => `export const ${name} = table(
  "${name}",
  {
    id: integer().primaryKey().autoIncrement(),
    parent_id: integer().references("${tableName(Math.floor(number / 10) * 10)}", "id"),
    title: varchar(255).notNull(),
    body: text(),
    amount: decimal(10, 2).notNull().default("0.00"),
    done: boolean().notNull().default(false),
    created_at: timestamp().notNull().defaultNow(),
    position: integer(),
  },
  [index(["title"])],
);
`,
  );
  return `import { boolean, decimal, index, integer, table, text, timestamp, varchar } from "limbeck/schema";\n\n${tables.join("\n")}`;
}
