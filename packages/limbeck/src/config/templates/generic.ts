import { keepFolder, openLine, type ProjectTemplate } from "./project-template.ts";

const OPEN_LINE = openLine("./app/models.ts", "  ");

const renderConfig = (url: string, migrations: string): string => `import { defineConfig } from "limbeck";

export default defineConfig({
  // DATABASE_URL in the environment or in .env comes before this one.
  url: ${JSON.stringify(url)},

  // The file that exports your tables. Uncomment this line and put its path in:
${OPEN_LINE}

  migrations: ${JSON.stringify(migrations)},
});
`;

/** One database: a config, and a folder for migrations. */
export const genericTemplate: ProjectTemplate = {
  name: "generic",
  description: "one database: a config and a migrations folder",
  plan: ({ folder = "migrations", urlFor }) => ({
    files: [{ path: "limbeck.config.ts", text: renderConfig(urlFor("app"), folder) }, keepFolder(`${folder}/versions`)],
    folders: [folder],
    configPath: "limbeck.config.ts",
    openLines: [OPEN_LINE],
    scripts: {},
    next: ['limbeck revision -m "initial" --autogenerate'],
  }),
};
