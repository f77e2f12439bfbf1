/** What a command of another tool is called here. */
export interface ForeignCommand {
  /** What it means, in a sentence. */
  readonly meaning: string;
  /** The commands to run instead. */
  readonly instead: readonly string[];
}

const GENERATE: ForeignCommand = {
  meaning: "A revision is written from the difference between the models and the database.",
  instead: ['limbeck revision -m "..." --autogenerate'],
};

const DEVELOP: ForeignCommand = {
  meaning: "Writing a revision and running it are two steps, so that the file can be read in between.",
  instead: ['limbeck revision -m "..." --autogenerate', "limbeck upgrade head"],
};

const PUSH: ForeignCommand = {
  meaning: "No schema is changed without a revision that can be taken back.",
  instead: DEVELOP.instead,
};

const APPLY: ForeignCommand = { meaning: "Pending revisions are run with upgrade.", instead: ["limbeck upgrade head"] };

const STEP_UP: ForeignCommand = {
  meaning: "Revisions are run with upgrade, +1 for one step.",
  instead: ["limbeck upgrade head", "limbeck upgrade +1"],
};

const UNDO: ForeignCommand = {
  meaning: "Revisions are taken back with downgrade, -1 for one step.",
  instead: ["limbeck downgrade -1"],
};

const CREATE: ForeignCommand = {
  meaning: "A new revision file is written with revision.",
  instead: ['limbeck revision -m "..."', 'limbeck revision -m "..." --autogenerate'],
};

const INFO: ForeignCommand = {
  meaning: "What is applied and what is pending is shown by status.",
  instead: ["limbeck status", "limbeck history -i"],
};

const LIST: ForeignCommand = { meaning: "Revisions are listed by history.", instead: ["limbeck history -i"] };

const REPAIR: ForeignCommand = {
  meaning: "The position of a database is corrected with stamp, which runs nothing; look first at where it stands.",
  instead: ["limbeck status", "limbeck stamp head"],
};

const BASELINE: ForeignCommand = {
  meaning:
    "A database that has its schema already is declared to stand at a revision with stamp; pull writes that revision.",
  instead: ["limbeck pull", "limbeck stamp head"],
};

const INTROSPECT: ForeignCommand = {
  meaning: "A database is written down as models with pull, and shown with inspect.",
  instead: ["limbeck pull", "limbeck inspect"],
};

const VALIDATE: ForeignCommand = {
  meaning: "check compares models and database, and status --check tells whether revisions are pending.",
  instead: ["limbeck check", "limbeck status --check"],
};

const ERASE: ForeignCommand = {
  meaning: "reset erases the database and runs every revision anew; it asks first.",
  instead: ["limbeck reset"],
};

const UNDO_ALL: ForeignCommand = {
  meaning: "The base is where no revision is applied.",
  instead: ["limbeck downgrade base"],
};

const COMPARE: ForeignCommand = {
  meaning: "The difference between models and database is shown by diff.",
  instead: ["limbeck diff"],
};

const SEED: ForeignCommand = {
  meaning: "Rows that are there from the beginning are put in with seed.",
  instead: ["limbeck seed"],
};

const WITH_HYPHEN = "Commands of two words have a hyphen here.";

/** The commands of other tools, by the words they are called with. */
export const FOREIGN_COMMANDS: ReadonlyMap<string, ForeignCommand> = new Map<string, ForeignCommand>([
  ["ensure_version", { meaning: WITH_HYPHEN, instead: ["limbeck ensure-version"] }],
  ["list_templates", { meaning: WITH_HYPHEN, instead: ["limbeck list-templates"] }],
  ["push", PUSH],
  ["db push", PUSH],
  ["sync", PUSH],
  ["schema:sync", PUSH],
  ["generate", GENERATE],
  [
    "migrate",
    { meaning: APPLY.meaning, instead: ["limbeck upgrade head", 'limbeck revision -m "..." --autogenerate'] },
  ],
  ["migrate dev", DEVELOP],
  ["migrate deploy", APPLY],
  ["migrate reset", ERASE],
  ["migrate status", INFO],
  ["migrate diff", COMPARE],
  ["migrate resolve", REPAIR],
  ["migrate up", STEP_UP],
  ["migrate down", UNDO],
  ["migrate latest", APPLY],
  ["migrate rollback", UNDO],
  ["migrate make", CREATE],
  ["migrate list", LIST],
  ["migrate:latest", APPLY],
  ["migrate:up", STEP_UP],
  ["migrate:down", UNDO],
  ["migrate:rollback", UNDO],
  ["migrate:make", CREATE],
  ["migrate:list", LIST],
  ["migrate:status", INFO],
  ["migration:generate", GENERATE],
  ["migration:create", CREATE],
  ["migration:run", APPLY],
  ["migration:revert", UNDO],
  ["migration:show", LIST],
  ["migration:up", STEP_UP],
  ["migration:down", UNDO],
  ["db:migrate", APPLY],
  ["db:rollback", UNDO],
  ["up", STEP_UP],
  ["latest", APPLY],
  ["apply", APPLY],
  ["deploy", APPLY],
  ["update", APPLY],
  ["run", APPLY],
  ["down", UNDO],
  ["rollback", UNDO],
  ["undo", UNDO],
  ["revert", UNDO],
  [
    "redo",
    {
      meaning: "A revision is run again by going down and up.",
      instead: ["limbeck downgrade -1", "limbeck upgrade +1"],
    },
  ],
  ["make", CREATE],
  ["new", CREATE],
  ["create", CREATE],
  ["add", CREATE],
  ["info", INFO],
  ["list", LIST],
  ["log", LIST],
  ["repair", REPAIR],
  ["force", REPAIR],
  ["baseline", BASELINE],
  ["introspect", INTROSPECT],
  ["db pull", INTROSPECT],
  ["db seed", SEED],
  ["db:seed", SEED],
  ["seed:run", SEED],
  ["schema inspect", INTROSPECT],
  ["schema:dump", INTROSPECT],
  ["validate", VALIDATE],
  ["drop", UNDO_ALL],
  ["clean", ERASE],
  ["fresh", ERASE],
]);

/**
 * Finds out what somebody means who uses the words of another migration tool.
 *
 * @param words the command line from its command on; a command of two words goes before one of one word
 */
export function findForeignCommand(
  words: readonly string[],
): (ForeignCommand & { readonly command: string }) | undefined {
  for (const length of [2, 1]) {
    const command = words.slice(0, length).join(" ").toLowerCase();
    const found = FOREIGN_COMMANDS.get(command);
    if (found) return { ...found, command };
  }
  return undefined;
}
