import { APPLIED } from "../../checks/applied.ts";
import { isTaken } from "../../checks/is-taken.ts";
import { hasColumn } from "../../checks/project-checks.ts";
import { finding, type Check, type Exercise } from "../../exercise.ts";
import { replace, run, sql, type Step } from "../../step.ts";
import { projectOn, writeModels, writeRevision } from "../small-project.ts";

const TIME = "'2026-02-01T10:00:00.000Z'";
const HELPERS =
  'Spread ...softDelete() among the columns, and let uniqueAmongLive(["name"]) stand for unique(["name"])';

const namesComeFree: Check = {
  title: "A label can be deleted softly, and its name is free again for one live label",
  find: async (learner) => {
    const database = await learner.openHidden();
    await database.limbeck.upgrade({ target: "head" });
    if (!(await hasColumn(database, "labels", "deleted_at")))
      return finding("no-trash-column", "After the revisions labels has no column deleted_at.", HELPERS);
    await database.execute("INSERT INTO labels (name) VALUES ('Home')");
    await database.execute(`UPDATE labels SET deleted_at = ${TIME}`);
    if (!(await isTaken(database, "INSERT INTO labels (name) VALUES ('Home')")))
      return finding("name-lost-for-good", "The name of a deleted label can never be used again.", HELPERS);
    return (await isTaken(database, "INSERT INTO labels (name) VALUES ('Home')"))
      ? finding("twins-accepted", "The database took two live labels with one name.", HELPERS)
      : undefined;
  },
};

const LABELS = ["Garden", "Home", "Work"] as const;
const DEAD = "Home";

const deadAreKept: Check = {
  title: "The way down wakes no dead and destroys none: after down and up again they are deleted as before",
  find: async (learner) => {
    const database = await learner.openHidden();
    const namesOf = async (condition: string): Promise<readonly unknown[]> =>
      (await database.query(`SELECT name FROM labels ${condition} ORDER BY name`)).map(({ name }) => name);
    await database.limbeck.upgrade({ target: "001" });
    await database.execute(...LABELS.map((name) => `INSERT INTO labels (name) VALUES ('${name}')`));
    await database.limbeck.upgrade({ target: "head" });
    await database.execute(`UPDATE labels SET deleted_at = ${TIME} WHERE name = '${DEAD}'`);
    await database.limbeck.downgrade({ target: "001", allowDataLoss: true });
    const below = await namesOf("");
    if (below.includes(DEAD))
      return finding(
        "dead-come-back",
        "After the downgrade a deleted label is a label like any other: it is live again.",
        "Let op.disableSoftDelete do the downgrade",
      );
    await database.limbeck.upgrade({ target: "head" });
    const live = await namesOf("WHERE deleted_at IS NULL");
    if (live.length !== LABELS.length - 1)
      return finding("living-lost", `Of two live labels ${live.length} are left.`, "Let op.disableSoftDelete do it");
    return (await namesOf("WHERE deleted_at IS NOT NULL")).includes(DEAD)
      ? undefined
      : finding(
          "dead-destroyed",
          "After down and up again the deleted label is gone for good, and nobody was asked.",
          "Let op.disableSoftDelete do the downgrade: it parks deleted rows, and op.enableSoftDelete brings them back",
        );
  },
};

const modelsWith = (columns: string, item: string): Step =>
  writeModels(`export const labels = table(
  "labels",
  {
    id: integer().primaryKey().autoIncrement(),
    name: varchar(255).notNull(),${columns}
  },
  [${item}],
);`);

const MODELS = modelsWith("\n    ...softDelete(),", 'uniqueAmongLive(["name"])');
const GENERATE = run("revision", "--autogenerate", "-m", "delete labels softly");
const REVISION = "migrations/versions/*_delete_labels_softly.ts";
const UP = run("upgrade", "head");
const WAY_BACK = '  await op.disableSoftDelete("labels", { unique: [["name"]] });';
const downWith = (...lines: readonly string[]): Step =>
  replace(REVISION, WAY_BACK, lines.map((line) => `  ${line}`).join("\n"));

/** Exercise 16. */
export const withTheTool: Exercise = {
  id: "16-with-the-tool",
  part: "Soft delete",
  title: "The same with softDelete()",
  minutes: 7,
  folder: "labs/soft-delete",
  text: [
    "What you did by hand for todos, Limbeck does for any table. Here is one with labels, whose names are unique. In models.ts, spread  ...softDelete()  among its columns, and let  uniqueAmongLive  stand where unique stands; both come from limbeck/schema. Then:",
    '    limbeck revision --autogenerate -m "delete labels softly"',
    "    limbeck upgrade head",
    "Read the revision: op.enableSoftDelete and op.disableSoftDelete are all there is in it. Your own way back for todos deleted what was in the trash. This one parks it: see what becomes of a deleted label when you go down, and up again.",
    "    limbeck downgrade -1",
    "    limbeck upgrade head",
  ],
  start: [
    ...projectOn("sqlite"),
    modelsWith("", 'unique(["name"])'),
    writeRevision({
      id: "001",
      below: null,
      message: "create labels",
      up: `await op.createTable("labels", {
  id: integer().primaryKey().autoIncrement(),
  name: varchar(255).notNull(),
});
await op.createUniqueConstraint("uq_labels_name", "labels", ["name"]);`,
      down: 'await op.dropTable("labels");',
    }),
    run("upgrade", "head"),
    sql("INSERT INTO labels (name) VALUES ('Garden'), ('Home'), ('Work')"),
  ],
  checks: [namesComeFree, deadAreKept, APPLIED],
  hints: [
    "Two lines of models.ts change, and its import. Nothing is to be written in the revision.",
    'Among the columns:  ...softDelete(),  and behind them  [uniqueAmongLive(["name"])]',
    'import { integer, softDelete, table, uniqueAmongLive, varchar } from "limbeck/schema";  then generate, and upgrade.',
  ],
  solution: [MODELS, GENERATE, UP],
  wrongStates: [
    { trips: "no-trash-column", steps: [MODELS] },
    {
      trips: "name-lost-for-good",
      steps: [modelsWith("\n    ...softDelete(),", 'unique(["name"])'), GENERATE, UP],
    },
    {
      trips: "twins-accepted",
      steps: [modelsWith("\n    ...softDelete(),", 'unique(["name", "deleted_at"])'), GENERATE, UP],
    },
    {
      trips: "dead-come-back",
      steps: [
        MODELS,
        GENERATE,
        downWith('await op.execute("UPDATE labels SET deleted_at = NULL");', WAY_BACK.trim()),
        UP,
      ],
    },
    {
      trips: "dead-destroyed",
      steps: [
        MODELS,
        GENERATE,
        downWith('await op.execute("DELETE FROM labels WHERE deleted_at IS NOT NULL");', WAY_BACK.trim()),
        UP,
      ],
    },
    {
      trips: "living-lost",
      steps: [MODELS, GENERATE, downWith('await op.execute("DELETE FROM labels");', WAY_BACK.trim()), UP],
    },
    { trips: "not-applied", steps: [MODELS, GENERATE] },
  ],
  learned:
    "softDelete() and uniqueAmongLive say what you want, and mean the same on every engine. The dead stay dead, and none is lost: limbeck_parked_labels keeps them while the column is away.",
};
