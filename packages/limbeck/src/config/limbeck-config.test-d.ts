import { integer, table } from "../schema.ts";
import { defineConfig } from "./limbeck-config.ts";

const models = { todos: table("todos", { id: integer().primaryKey() }) };

export const asObject = defineConfig({ url: "sqlite:todo.db", models, namingConvention: { index: () => "ix" } });
export const asFunction = defineConfig(({ env, x }) => ({ url: x["url"] ?? env["URL"] ?? "sqlite:todo.db" }));
export const asPromise = defineConfig(async () => ({ url: "sqlite:todo.db" }));

// @ts-expect-error a key that nobody reads is most often a slip
export const misspelled = defineConfig({ url: "sqlite:todo.db", modls: models });
// @ts-expect-error also in a naming convention
export const misspelledInside = defineConfig({ namingConvention: { index: () => "ix", indx: () => "ix" } });
// @ts-expect-error and what a function returns
export const misspelledByFunction = defineConfig(() => ({ url: "sqlite:todo.db", modls: models }));
// @ts-expect-error and what it promises
export const misspelledByPromise = defineConfig(async () => ({ url: "sqlite:todo.db", modls: models }));
// @ts-expect-error a folder is a path
export const wrongType = defineConfig({ migrations: 1 });

export const several = defineConfig({ timezone: "UTC", databases: { main: { url: "sqlite:main.db", models } } });
// @ts-expect-error a slip in one of several databases
export const misspelledInDatabase = defineConfig({ databases: { main: { url: "sqlite:main.db", modls: models } } });
// @ts-expect-error databases are not nested
export const nested = defineConfig({ databases: { main: { databases: {} } } });
