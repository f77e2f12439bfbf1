import { keepFolder, openLine, type ProjectTemplate } from "./project-template.ts";

const renderConfig = (url: string, migrations: string, line: string): string => `import { defineConfig } from "limbeck";

export default defineConfig({
  // DATABASE_URL in the environment or in .env comes before this one.
  url: ${JSON.stringify(url)},

  // The file that exports your tables. Uncomment this line and put its path in:
${line}

  migrations: ${JSON.stringify(migrations)},
});
`;

/** One database: a config, and a folder for migrations. */
export const genericTemplate: ProjectTemplate = {
  name: "generic",
  description: "one database: a config and a migrations folder",
  plan: ({ folder = "migrations", urlFor, importEnding }) => {
    const line = openLine(`./app/models${importEnding}`, "  ");
    return {
      files: [
        { path: "limbeck.config.ts", text: renderConfig(urlFor("app"), folder, line) },
        keepFolder(`${folder}/versions`),
      ],
      folders: [folder],
      configPath: "limbeck.config.ts",
      openLines: [line],
      scripts: {},
      next: ['limbeck revision -m "initial" --autogenerate'],
    };
  },
};
