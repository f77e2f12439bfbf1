import { finding, type Check, type Exercise } from "../../exercise.ts";
import { remove, run, sql, write } from "../../step.ts";

const CONFIG = "limbeck.config.ts";

const configIsThere: Check = {
  title: "There is a limbeck.config.ts",
  find: async ({ read }) =>
    read(CONFIG) === undefined
      ? finding("no-config", "There is no limbeck.config.ts in this folder.", "limbeck init")
      : undefined,
};

const configLoads: Check = {
  title: "The config can be loaded",
  find: async (learner) => {
    await learner.open();
    return undefined;
  },
};

const versionsIsThere: Check = {
  title: "There is a folder for revisions",
  find: async ({ list }) =>
    list("migrations/versions").length > 0
      ? undefined
      : finding(
          "no-versions-folder",
          "There is no folder migrations/versions, where the revisions go.",
          "mkdir -p migrations/versions",
        ),
};

const noDatabase: Check = {
  title: "No database was made",
  find: async ({ list }) => {
    const [file] = list("*.db");
    return file === undefined
      ? undefined
      : finding("database-made", `There is a database ${file} already; init makes none.`, `rm ${file}`);
  },
};

/** Exercise 1. */
export const init: Exercise = {
  id: "01-init",
  part: "The ten steps",
  title: "Initialise",
  minutes: 3,
  text: [
    "This folder holds a small service for todos. It has code and no database. Migrations need two things: a config, and a folder for the revisions.",
    "Make both in a second terminal, in this folder (`make learn`: learn-playground):",
    '    export PATH="$PWD/node_modules/.bin:$PATH"',
    "    limbeck init",
    "The export lets that terminal find limbeck and its Node. Look at what is new: limbeck.config.ts, migrations/versions. No database was touched.",
  ],
  checks: [configIsThere, configLoads, versionsIsThere, noDatabase],
  hints: [
    "A command makes the config and the folder at once. `limbeck --help` lists it first.",
    "`limbeck init --help` says what it does. It takes no arguments here.",
    "Type `limbeck init` in the folder that holds main.ts.",
  ],
  solution: [run("init")],
  wrongStates: [
    { trips: "no-config", steps: [write("migrations/versions/.gitkeep", "")] },
    { trips: "configBroken", steps: [run("init"), write(CONFIG, "export default defineConfig({\n")] },
    { trips: "no-versions-folder", steps: [run("init"), remove("migrations")] },
    { trips: "database-made", steps: [run("init"), sql("CREATE TABLE todos (id INTEGER PRIMARY KEY)", "app.db")] },
  ],
  learned: "The config and the revisions belong to the code: they are committed. The database does not.",
};
