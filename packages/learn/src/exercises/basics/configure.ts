import { basename, join } from "node:path";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { replace, write } from "../../step.ts";
import { DATABASE_UNTOUCHED } from "../../checks/project-checks.ts";

const CONFIG = "limbeck.config.ts";

const urlFits: Check = {
  title: "Limbeck opens the database of the service, todo.db",
  find: async (learner) => {
    const { limbeck } = await learner.open();
    const { url, urlSource } = limbeck.environment.config;
    const wanted = `sqlite:${join(learner.folder, "todo.db")}`;
    if (url === wanted) return undefined;
    const shown = limbeck.environment.dialect.redactUrl(url);
    if (urlSource !== "config")
      return finding(
        "url-from-elsewhere",
        `The URL ${shown} comes from ${urlSource}, which goes before the config.`,
        "unset DATABASE_URL",
      );
    return finding(
      "url-elsewhere",
      `The config names ${basename(shown)}, and the service opens sqlite:todo.db (app/core/config.ts).`,
      `In ${CONFIG} write  url: "sqlite:todo.db",`,
    );
  },
};

const modelsAreKnown: Check = {
  title: "Limbeck knows the models: the table todos",
  find: async (learner) => {
    const { limbeck } = await learner.open();
    if (limbeck.environment.config.models === undefined)
      return finding(
        "no-models",
        "The config names no models, so Limbeck cannot know what the database is to look like.",
        `In ${CONFIG} uncomment the line that begins with  // models:`,
      );
    const { operations } = await limbeck.diff();
    const creates = operations.some((one) => one.kind === "createTable" && one.table.name === "todos");
    return creates
      ? undefined
      : finding("models-without-todos", "The models that the config names have no table todos.", "Name app/models.ts");
  },
};

const OPEN_MODELS = '// models: () => import("./app/models.ts"),';
const MODELS = 'models: () => import("./app/models.ts"),';

/** Exercise 2. */
export const configure: Exercise = {
  id: "02-configure",
  part: "The ten steps",
  title: "Configure",
  minutes: 4,
  text: [
    "Limbeck has to know two things: which database, and which models. The models in app/models.ts say what the tables are to look like.",
    "Open limbeck.config.ts. Let `url` name the database that the service opens (app/core/config.ts says which), and let `models` import app/models.ts.",
    "Then ask, in the second terminal, whether it is understood:",
    "    limbeck status",
  ],
  checks: [urlFits, modelsAreKnown, DATABASE_UNTOUCHED],
  hints: [
    "There are two lines to change in limbeck.config.ts: `url` and `models`.",
    "app/core/config.ts has a default URL: the config has to name the same file. The line with the models is there, as a comment.",
    `The lines are  url: "sqlite:todo.db",  and  ${MODELS}`,
  ],
  solution: [replace(CONFIG, "sqlite:app.db", "sqlite:todo.db"), replace(CONFIG, OPEN_MODELS, MODELS)],
  wrongStates: [
    { trips: "url-elsewhere", steps: [replace(CONFIG, OPEN_MODELS, MODELS)] },
    { trips: "no-models", steps: [replace(CONFIG, "sqlite:app.db", "sqlite:todo.db")] },
    {
      trips: "modelsBroken",
      steps: [
        replace(CONFIG, "sqlite:app.db", "sqlite:todo.db"),
        replace(CONFIG, OPEN_MODELS, 'models: () => import("./models.ts"),'),
      ],
    },
    {
      trips: "models-without-todos",
      steps: [
        replace(CONFIG, "sqlite:app.db", "sqlite:todo.db"),
        replace(CONFIG, OPEN_MODELS, 'models: () => import("./other-models.ts"),'),
        write(
          "other-models.ts",
          'import { integer, table } from "limbeck/schema";\n\nexport const notes = table("notes", { id: integer().primaryKey() });\n',
        ),
      ],
    },
    {
      trips: "url-from-elsewhere",
      steps: [replace(CONFIG, OPEN_MODELS, MODELS), write(".env", "DATABASE_URL=sqlite:another.db\n")],
    },
  ],
  learned:
    "A password never stands in the config: DATABASE_URL, in the environment or in .env, goes before its `url`, and .env is not committed.",
};
