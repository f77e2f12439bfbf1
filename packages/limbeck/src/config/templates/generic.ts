import type { ModelsPlace } from "../locate-models.ts";
import { keepFolder, openLine, type ProjectTemplate } from "./project-template.ts";

/** What a config has as `models`: SQL by its path, a module by its import. A compiler that knows no `.ts` takes `.js` for it. */
function renderModels({ path, isSql }: ModelsPlace, importEnding: ".ts" | ".js"): string {
  if (isSql) return JSON.stringify(path);
  const module = importEnding === ".ts" ? path : path.replace(/\.(m?)ts$/, ".$1js");
  // An import is a URL, in which these mean something else.
  const escaped = module.replaceAll(/[%?#]/g, encodeURIComponent);
  return `() => import(${JSON.stringify((path.startsWith("../") ? "" : "./") + escaped)})`;
}

const renderConfig = (url: string, migrations: string, line: string): string => `import { defineConfig } from "limbeck";

export default defineConfig({
  // DATABASE_URL in the environment or in .env comes before this one.
  url: ${JSON.stringify(url)},

${line}

  migrations: ${JSON.stringify(migrations)},
});
`;

/** One database: a config, and a folder for migrations. */
export const genericTemplate: ProjectTemplate = {
  name: "generic",
  description: "one database: a config and a migrations folder",
  plan: ({ folder = "migrations", models, urlFor, importEnding }) => {
    const open = openLine(`./app/models${importEnding}`, "  ");
    const line =
      models === undefined
        ? `  // The file that exports your tables. Uncomment this line and put its path in:\n${open}`
        : `  // The file that exports your tables.\n  models: ${renderModels(models, importEnding)},`;
    return {
      files: [
        { path: "limbeck.config.ts", text: renderConfig(urlFor("app"), folder, line) },
        keepFolder(`${folder}/versions`),
      ],
      folders: [folder],
      configPath: "limbeck.config.ts",
      openLines: models === undefined ? [open] : [],
      scripts: {},
      next: ['limbeck revision -m "initial" --autogenerate'],
    };
  },
};
