import { hasTable } from "../../checks/project-checks.ts";
import { SERVER_ENGINES, titleOf, type Engine } from "../../engine.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { run, write } from "../../step.ts";
import { MIGRATIONS_LINE, placeLab, SQL_SCRIPT, sqlOn, writeConfig, writeRevision } from "../small-project.ts";

/** How each engine spells a number that it counts up itself. */
const COUNTED_ID: Readonly<Record<Engine, string>> = {
  sqlite: "INTEGER PRIMARY KEY AUTOINCREMENT",
  postgres: "SERIAL PRIMARY KEY",
  mariadb: "INTEGER PRIMARY KEY AUTO_INCREMENT",
};

const legacyOn = (
  engine: Engine,
): string => `CREATE TABLE todos (id ${COUNTED_ID[engine]}, title VARCHAR(255) NOT NULL);
CREATE INDEX ix_todos_title ON todos (title);
CREATE TABLE notes (id ${COUNTED_ID[engine]}, todo_id INTEGER NOT NULL REFERENCES todos (id), body TEXT NOT NULL);
INSERT INTO todos (title) VALUES ('Buy milk'), ('Water the plants');
INSERT INTO notes (todo_id, body) VALUES (1, 'The one with the blue lid')`;

const rowsStay: Check = {
  title: "All rows are still there",
  find: async (learner) => {
    const database = await learner.open();
    const isThere = (await hasTable(database, "todos")) && (await hasTable(database, "notes"));
    const notes = isThere ? await database.query("SELECT todos.id FROM notes JOIN todos ON todos.id = todo_id") : [];
    return notes.length > 0
      ? undefined
      : finding("rows-lost", "Rows of the old database are gone.", "limbeck learn undo");
  },
};

const modelsAgree: Check = {
  title: "There are models, and they agree with the database",
  find: async (learner) => {
    const { limbeck } = await learner.open();
    if (limbeck.environment.config.models === undefined)
      return finding("no-models", "The config names no models.", "limbeck pull");
    const { changes } = await limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "models-differ",
          `The models would still have to: ${changes.map(({ text }) => text).join("; ")}.`,
          "limbeck diff",
        );
  },
};

const revisionsLeadHere: Check = {
  title: "From an empty database, the revisions lead to the same",
  find: async (learner) => {
    const hidden = await learner.openHidden();
    await hidden.limbeck.upgrade({ target: "head" });
    const { changes } = await hidden.limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "revisions-lead-elsewhere",
          "A new database, made by the revisions, would not be like this one.",
          "Let limbeck pull write the first revision",
        );
  },
};

const isNoted: Check = {
  title: "Limbeck knows that this database has the first revision already",
  find: async (learner) => {
    const { isAtHead } = await (await learner.open()).limbeck.current();
    return isAtHead
      ? undefined
      : finding(
          "not-noted",
          "For Limbeck the database stands at base, and an upgrade would fail: the tables are there.",
          "limbeck stamp head",
        );
  },
};

const MODELS_LINE = 'models: () => import("./app/models.ts"),';

const adoptOn = (engine: Engine): Exercise => {
  const named = writeConfig(engine, MODELS_LINE, MIGRATIONS_LINE);
  return {
    ...placeLab(engine, "adopt", { onFile: 25, onServer: 30 }),
    title: engine === "sqlite" ? "Adopt a database" : `Adopt a database on ${titleOf(engine)}`,
    minutes: engine === "sqlite" ? 6 : 4,
    text: [
      `${engine === "sqlite" ? "todo.db" : "The database"} has been in use for years. It has tables, rows, and no migrations. The config is written, and that is all:`,
      "    limbeck inspect",
      "Bring it under Limbeck: models that agree with it, a first revision from which a new database would become the same, and a note that this one has it already. Nothing may change in it.",
    ],
    start: [
      writeConfig(engine, MIGRATIONS_LINE),
      write("migrations/versions/.gitkeep", ""),
      ...(engine === "sqlite" ? [] : [SQL_SCRIPT]),
      sqlOn(engine, legacyOn(engine)),
    ],
    checks: [rowsStay, modelsAgree, revisionsLeadHere, isNoted],
    hints: [
      "One command writes an existing database down. `limbeck --help` has it among those that write.",
      "It writes models, a first revision, and the note. The config has to name the models afterwards.",
      `Type  limbeck pull  and add to the config  ${MODELS_LINE}`,
    ],
    solution: [run("pull"), named],
    wrongStates: [
      { trips: "no-models", steps: [run("pull")] },
      { trips: "not-noted", steps: [run("pull", "--no-stamp"), named] },
      { trips: "revisions-lead-elsewhere", steps: [run("pull", "--no-revision"), named] },
      {
        trips: "models-differ",
        steps: [
          write(
            "app/models.ts",
            'import { integer, table } from "limbeck/schema";\n\nexport const todos = table("todos", { id: integer().primaryKey().autoIncrement() });\n',
          ),
          writeRevision({
            id: "001",
            below: null,
            message: "initial",
            up: 'await op.createTable("todos", { id: integer().primaryKey().autoIncrement() });',
            down: 'await op.dropTable("todos");',
          }),
          run("stamp", "head"),
          named,
        ],
      },
      { trips: "rows-lost", steps: [sqlOn(engine, "DROP TABLE notes"), run("pull"), named] },
    ],
    learned:
      "From here on it is like any other project. The first revision runs where there is nothing yet, and nowhere else.",
  };
};

/** Exercise 25. */
export const adopt: Exercise = adoptOn("sqlite");

/** Exercise 30. */
export const adoptOnServers: readonly Exercise[] = SERVER_ENGINES.map(adoptOn);
