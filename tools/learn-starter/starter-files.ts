/** Files of the workshop that the exercises begin with as they are. */
export const SAME_FILES: readonly string[] = [
  ".gitignore",
  ".oxfmtrc.jsonc",
  "app/api/api-env.ts",
  "app/api/health-api.ts",
  "app/api/limit-body.ts",
  "app/core/database.ts",
  "app/core/schema-state.ts",
  "app/core/server.ts",
  "app/web/docs.html",
  "main.ts",
  "seed-data.json",
  "tsconfig.json",
];

/** A piece of text that is there once in a file of the workshop, and what stands there before the first exercise. */
export interface Edit {
  readonly from: string;
  readonly to: string;
}

const without = (...pieces: readonly string[]): readonly Edit[] => pieces.map((from) => ({ from, to: "" }));

const PURGE_SCHEMAS = `export const purgeQuerySchema = z.strictObject({
  older_than_days: wholeNumber(0, 99_999).optional().openapi({
    description: "How many days a todo must have been in the trash; TRASH_RETENTION_DAYS, or 30, if you say nothing",
  }),
});

export const purgedSchema = z.object({ purged: z.int().openapi({ example: 3 }) }).openapi("Purged");

`;

/** Files of the workshop that differ in places, because nothing can be in a trash yet. */
export const EDITED_FILES: Readonly<Record<string, readonly Edit[]>> = {
  "app/schemas.ts": [
    ...without("    deleted_at: time.nullable().openapi({ example: null }),\n", PURGE_SCHEMAS),
    { from: "There is no live todo with", to: "There is no todo with" },
    { from: "export const trashQuerySchema = ", to: "const pageQuerySchema = " },
    { from: "listQuerySchema = trashQuerySchema", to: "listQuerySchema = pageQuerySchema" },
  ],
  "app/core/config.ts": without(
    `  /** How many days a todo stays in the trash before a purge takes it away for good. */
  retentionDays: readNumber("TRASH_RETENTION_DAYS", 30),
`,
  ),
  "seed.ts": [{ from: ", neither live nor in the trash: `make db-seed`", to: ": `make seed`" }],
  ".env.example": without("# TRASH_RETENTION_DAYS=30\n"),
  "app/api/answers.ts": without("    deleted_at: todo.deleted_at?.toISOString() ?? null,\n"),
  "app/api/problem.ts": without(
    'import { TitleTaken } from "../services/todo-crud.ts";\n',
    "  if (error instanceof TitleTaken) return new Problem(409, error.message);\n",
  ),
  "app/api/todo-api.ts": [
    {
      from: "/** Live todos. What happens to them once they are deleted stands in trash-api.ts. */",
      to: "/** Todos. */",
    },
    { from: 'from: "live", limit', to: "limit" },
    { from: '"No live todo has this id"', to: '"No todo has this id"' },
    { from: 'const TITLE_TAKEN = "Another live todo has this title";\n', to: "" },
    { from: "There is no live todo with", to: "There is no todo with" },
    { from: "{ 409: TITLE_TAKEN, 422: INVALID }", to: "{ 422: INVALID }" },
    {
      from: "...problems({ 404: NOT_FOUND, 409: TITLE_TAKEN, 422: INVALID }),",
      to: "...problems({ 404: NOT_FOUND, 422: INVALID }),",
    },
    { from: "List live todos", to: "List todos" },
    { from: "Read a live todo", to: "Read a todo" },
    { from: "Move a todo to the trash", to: "Delete a todo" },
    {
      from: '  description: "A second time there is no live todo any more: 404, and the time of the first deletion stays.",\n',
      to: "",
    },
    { from: "It is in the trash", to: "It is gone" },
  ],
  "app/app.ts": [
    { from: 'import { trashApi } from "./api/trash-api.ts";\n', to: "" },
    {
      from: 'for (const path of ["/api/v1/todos/*", "/api/v1/trash/*"]) app.use(path, demandSchema);',
      to: 'app.use("/api/v1/todos/*", demandSchema);',
    },
    { from: "[todoApi, trashApi, healthApi]", to: "[todoApi, healthApi]" },
    { from: "Todos that can be deleted, and come back. Errors", to: "Things to do. Errors" },
    {
      from: '  app.get("/", (c) => c.html(readPage("index.html")));\n',
      to: '  app.get("/", (c) => c.redirect("/docs"));\n',
    },
  ],
  Makefile: [
    ...without(
      '.PHONY: test\ntest: ## Try the API and its rules, on a database that is made for it\n\t@node --test --test-isolation=none $(args) "tests/**/*.test.ts"\n\n',
      "# Where the exercises are done, and the packages for them.\nfolder ?= ../../learn-playground\nPACKAGES := $(firstword $(realpath node_modules/limbeck/../../node_modules ../../node_modules))\n\n",
    ),
    {
      from: "; package.json has the same as npm scripts (make db-upgrade: npm run db:upgrade).",
      to: ". What is about the database is yours to add.",
    },
    {
      from: "# Options for the command behind a target: make db-upgrade args=--dry-run",
      to: "# Options for the command behind a target: make learn args=hint",
    },
    {
      from: "check: ## Check format and types, and that the models have no change without a revision",
      to: "check: ## Check format and types",
    },
    { from: "\t@limbeck check --offline $(args)\n", to: "" },
  ],
};

/** Where the Makefile of the workshop begins to be about the database, which the learner adds. */
export const DATABASE_TARGETS = "\n.PHONY: learn\n";
