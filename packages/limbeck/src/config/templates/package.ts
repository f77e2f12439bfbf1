import { keepFolder, type ProjectTemplate } from "./project-template.ts";

const MODELS = "src/models.ts";

const renderConfig = (url: string): string => `import { defineConfig } from "limbeck";

export default defineConfig({
  // DATABASE_URL in the environment or in .env comes before this one.
  url: ${JSON.stringify(url)},
  models: () => import("./${MODELS}"),
  migrations: "migrations",
});
`;

const renderModels = (
  name: string,
): string => `// The tables of the database. Other packages import them from here too, for their queries:
//
//   import * as models from "${name}";
//
// Begin with one:
//
//   import { integer, table, text } from "limbeck/schema";
//
//   export const todos = table("todos", {
//     id: integer().primaryKey().autoIncrement(),
//     title: text().notNull(),
//   });
`;

const TSCONFIG = {
  compilerOptions: {
    target: "es2024",
    module: "nodenext",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    // What Node itself can run: it takes the types away and does nothing else.
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
  },
  include: ["src", "migrations", "limbeck.config.ts"],
};

/** The name of a folder as npm takes it in the name of a package. */
const toPackageName = (folder: string): string =>
  folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, "-")
    .replaceAll(/^[._-]+|-+$/g, "") || "database";

const toJson = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** A package of a monorepo: models and migrations in one place, for all packages that use the database. */
export const packageTemplate: ProjectTemplate = {
  name: "package",
  description: "a package of a monorepo, whose models the others import",
  plan: ({ folder = "packages/database", urlFor, scope, version }) => {
    const name = `${scope}/${toPackageName(folder.split("/").at(-1) ?? "")}`;
    const manifest = {
      name,
      version: "0.0.0",
      private: true,
      type: "module",
      exports: { ".": `./${MODELS}` },
      scripts: { check: "limbeck check", upgrade: "limbeck upgrade head" },
      dependencies: { limbeck: `^${version}` },
    };
    const files = [
      { path: "limbeck.config.ts", text: renderConfig(urlFor("app")) },
      keepFolder("migrations/versions"),
      { path: "package.json", text: toJson(manifest) },
      { path: MODELS, text: renderModels(name) },
      { path: "tsconfig.json", text: toJson(TSCONFIG) },
    ];
    return {
      files: files.map(({ path, text }) => ({ path: `${folder}/${path}`, text })),
      folders: [folder],
      configPath: `${folder}/limbeck.config.ts`,
      openLines: [],
      scripts: {},
      package: { name, folder, modelsPath: `${folder}/${MODELS}` },
      next: ["npm install", `cd ${folder}`, 'limbeck revision -m "initial" --autogenerate'],
    };
  },
};
