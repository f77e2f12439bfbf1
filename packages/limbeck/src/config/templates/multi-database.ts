import { keepFolder, openLine, type ProjectTemplate, type TemplateRequest } from "./project-template.ts";

/** The databases of a new project: names to be changed, like everything else in the config. */
const NAMES = ["main", "audit"] as const;

const lineOf = (name: string, { importEnding }: TemplateRequest): string =>
  openLine(`./app/${name}-models${importEnding}`, "      ");

const renderDatabase = (name: string, migrations: string, request: TemplateRequest): string => `    ${name}: {
      // ${name.toUpperCase()}_DATABASE_URL in the environment or in .env comes before this one.
      url: ${JSON.stringify(request.urlFor(name))},

      // The file that exports the tables of this database. Uncomment this line and put its path in:
${lineOf(name, request)}

      migrations: ${JSON.stringify(`${migrations}/${name}`)},
    },`;

const renderConfig = (migrations: string, request: TemplateRequest): string => `import { defineConfig } from "limbeck";

export default defineConfig({
  // Each has models and revisions of its own; -x db=${NAMES[0]} or -x db=${NAMES[1]} says which one a command works on.
  databases: {
${NAMES.map((name) => renderDatabase(name, migrations, request)).join("\n\n")}
  },
  // Beside them stands what they share, for example: timezone: "UTC",
});
`;

/** Several databases: one config, and for each a folder for migrations. */
export const multiDatabaseTemplate: ProjectTemplate = {
  name: "multi-database",
  description: "several databases, of which -x db=NAME chooses one",
  plan: (request) => {
    const { folder = "migrations" } = request;
    return {
      files: [
        { path: "limbeck.config.ts", text: renderConfig(folder, request) },
        ...NAMES.map((name) => keepFolder(`${folder}/${name}/versions`)),
      ],
      folders: [folder],
      configPath: "limbeck.config.ts",
      openLines: NAMES.map((name) => lineOf(name, request)),
      scripts: {
        ...Object.fromEntries(NAMES.map((name) => [name, `limbeck -x db=${name}`])),
        upgrade: NAMES.map((name) => `npm run ${name} upgrade head`).join(" && "),
      },
      next: [`limbeck -x db=${NAMES[0]} revision -m "initial" --autogenerate`],
    };
  },
};
