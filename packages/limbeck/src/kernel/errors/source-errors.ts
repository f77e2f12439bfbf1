import { quoteWord } from "../quote-word.ts";
import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";
import { formatLocation, offerEdit, withFrame, type SourceLocation } from "./source-location.ts";

/** What says how the schema should be, models or SQL, cannot be used; `reason` says why. */
export class SourceError extends LimbeckError {
  override readonly name: string = "SourceError";
}

/** What repairs models that cannot be built. */
export const CORRECT_MODELS = "correct the models";

type SourceErrorContexts = {
  /** `line` holds it behind a comment mark. */
  readonly modelsMissing: { readonly configPath: string; readonly line: number | undefined };
  readonly modelsBroken: { readonly location: SourceLocation; readonly message: string; readonly fix?: string };
  readonly modelsRefused: { readonly change: string; readonly message: string };
  readonly noModels: {
    readonly configPath: string;
    /** What the models file exports; absent where the config itself holds the models. */
    readonly exports?: readonly string[];
  };
  readonly unknownReference: {
    readonly table: string;
    readonly columns: readonly string[];
    readonly missing: string;
    readonly known: readonly string[];
    readonly similar?: string;
  };
  readonly duplicateModel: {
    readonly kind: string;
    readonly name: string;
    /** Where the models are exported. */
    readonly places?: readonly string[];
    /** Names that are one to the engine. */
    readonly spellings?: readonly string[];
  };
  readonly severalPrimaryKeys: { readonly table: string; readonly columns: readonly string[] };
  readonly unknownColumn: {
    readonly table: string;
    /** The index or constraint that names it. */
    readonly part: string;
    readonly column: string;
    readonly known: readonly string[];
    readonly similar?: string;
    /** How it has to be written, where it holds an order or is an expression. */
    readonly term?: { readonly kind: "order" | "expression"; readonly text: string };
  };
  readonly modelsNotImported: { readonly configPath: string; readonly module: string };
  readonly sqlUnreadable: { readonly path: string; readonly message: string };
  readonly sqlNotText: { readonly path: string; readonly line: number };
  readonly sqlBroken: { readonly location: SourceLocation; readonly message: string };
  readonly sqlNotSchema: { readonly location: SourceLocation };
  readonly noSql: { readonly path: string };
  readonly mixedModels: { readonly limbeck: string; readonly drizzle: string };
  readonly drizzleKitMissing: object;
  readonly drizzleKitSilent: { readonly modules: readonly string[] };
  readonly drizzleKitFails: { readonly message: string; readonly statement: string | undefined };
  readonly drizzleOtherEngine: { readonly found: string; readonly engine: string };
  readonly otherEngine: { readonly name: string; readonly engine: string; readonly expected: string };
};

const family = defineErrors<SourceErrorContexts>(SourceError, EXIT_CODES.usage, {
  modelsMissing: {
    code: "LB0401",
    title: () => "The config names no models.",
    why: ({ configPath }) => `There is nothing to compare the database with: ${configPath} has no \`models\`.`,
    fix: ({ configPath, line }) => [
      line === undefined
        ? `add \`models: () => import("./models.ts"),\` to ${configPath}`
        : `take the \`//\` before \`models\` away in ${configPath}, line ${line}`,
      'limbeck revision -m "..."',
    ],
    explain:
      "diff, check and revision --autogenerate compare the database with your models. Point `models` in the config to the module that exports " +
      'them, or to SQL that creates the schema (`models: "schema.sql"`); it is only loaded when it is needed. Without models you can write ' +
      "revisions by hand.",
  },
  modelsBroken: {
    code: "LB0402",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) => withFrame("The models cannot be loaded.", location),
    fix: ({ location, fix }) => [fix ?? offerEdit(location)],
    explain:
      "The models are a module that is run. It has a syntax error, imports something that is not there, or threw an error.",
  },
  modelsRefused: {
    code: "LB0420",
    title: ({ change }) => `The models describe something that the engine refuses: ${change}.`,
    why: ({ message }) => `The engine says: ${message}\nIt was tried on a scratch database; nothing else was touched.`,
    fix: () => [CORRECT_MODELS],
    explain:
      "To compare models with a database, Limbeck builds them on a scratch database. One of their objects cannot be built: most often an expression in it (a check, a generated column, a " +
      "partial index, a view) or the name of a type has a mistake in it, or it calls a function that only the connection of your program has. Correct the models; what really cannot stand " +
      "there belongs into a revision that is written by hand, and is left alone by comparisons.",
  },
  noModels: {
    code: "LB0403",
    title: ({ exports }) => (exports ? "The models file exports no table." : "The config lists no model."),
    why: ({ exports, configPath }) => {
      if (!exports) return `\`models\` in ${configPath} holds nothing that was made with table(), view() or trigger().`;
      return exports.length > 0
        ? `It exports ${exports.join(", ")}; none of them was made with table(), view() or trigger().`
        : "It exports nothing.";
    },
    fix: ({ configPath }) => [
      'write `export const todos = table("todos", { ... });` with table from "limbeck/schema"',
      `correct the import at \`models\` in ${configPath}`,
    ],
    explain:
      "Taken literally, models without a table mean that every table of the database is to be dropped, which nobody means. " +
      "Tables count when they are exported, alone, in a list or in an object.",
  },
  unknownReference: {
    code: "LB0410",
    title: ({ table, columns, missing }) =>
      `${table} (${columns.join(", ")}) points to ${missing}, which the models don't have.`,
    why: ({ known, similar }) =>
      similar === undefined ? `There are ${known.join(", ")}.` : `Did you mean "${similar}"?`,
    fix: ({ table, columns }) => [
      `correct the reference of ${table} (${columns.join(", ")}) in the models`,
      "limbeck explain LB0410",
    ],
    explain:
      "A foreign key names a table, or a column of it, that no model describes. Some engines accept it and refuse the first row instead. Names " +
      "are those of the database, as the first argument of table() has them.",
  },
  duplicateModel: {
    code: "LB0404",
    title: ({ kind, name }) => `The models describe the ${kind} "${name}" twice.`,
    why: ({ places = [], spellings = [] }) =>
      spellings.length > 0
        ? `The engine takes ${spellings.map((name) => JSON.stringify(name)).join(" and ")} for one name.`
        : `Found in ${places.join(" and ")}.`,
    fix: ({ name }) => [`remove or rename one of the two models called "${name}"`],
    explain:
      "A database holds one table or view of a name, and a table one column. Exporting the same model from several places is fine; describing it twice is " +
      "not, nor are two names that differ in capital letters only, where the engine makes nothing of those.",
  },
  severalPrimaryKeys: {
    code: "LB0412",
    title: ({ table }) => `The table "${table}" has more than one primary key in the models.`,
    why: ({ columns }) =>
      `Each of ${columns.join(", ")} is one by itself. A table has one, which may be of several columns.`,
    fix: ({ table, columns }) => [
      `write \`primaryKey([${columns.map((name) => JSON.stringify(name)).join(", ")}])\` in the list behind the columns of ${table}, and take .primaryKey() away from them`,
    ],
    explain:
      "`.primaryKey()` at a column makes this column the whole key. A key of several columns stands in the list behind the columns: " +
      '`table("visits", { day: date(), place: integer() }, [primaryKey(["day", "place"])])`.',
  },
  unknownColumn: {
    code: "LB0413",
    title: ({ table, part, column }) =>
      `${part} of ${table} names the column "${column}", which ${table} does not have.`,
    why: ({ known, similar, term }) => {
      if (term?.kind === "order") return "An order is no part of a name.";
      if (term) return "A text in an index is the name of a column; what is computed is written as an expression.";
      return similar === undefined ? `There are ${known.join(", ")}.` : `Did you mean "${similar}"?`;
    },
    fix: ({ table, part, column, similar, term }) => [
      `write \`${term?.text ?? JSON.stringify(similar ?? "...")}\` instead of "${column}" in ${part} of ${table}`,
    ],
    explain:
      "A key, an index or a foreign key names columns of its table, by the names that the table gives them. An order or a collation of an index is written " +
      'beside the name: `index([{ column: "created_at", order: "desc" }])`; what is computed as an expression: `index([{ expression: "lower(name)" }])`.',
  },
  modelsNotImported: {
    code: "LB0405",
    title: ({ module }) => `The config gives the path of the models, "${module}", where it has to import them.`,
    why: () => "A path leads to SQL; a module is loaded by a function that imports it, so that its types are checked.",
    fix: ({ configPath, module }) => [
      `write \`models: () => import(${JSON.stringify(/^[./]/.test(module) ? module : `./${module}`)}),\` in ${configPath}`,
    ],
    explain:
      "`models` in the config takes a function that imports the module with your tables, or the path of SQL that creates the schema.",
  },
  sqlUnreadable: {
    code: "LB0406",
    title: ({ path }) => `The SQL at ${path} cannot be read.`,
    why: ({ message }) => message,
    fix: ({ path }) => [`ls ${quoteWord(path)}`],
    explain:
      "`models` in the config, or a side of a comparison, is the path of an SQL file, or of a folder with SQL files, and there is none. In the config a relative path " +
      "counts from the config's folder, on the command line from the current one.",
  },
  sqlNotText: {
    code: "LB0411",
    title: ({ path, line }) => `${path}:${line} is not UTF-8.`,
    why: () => "In another encoding letters beyond ASCII would be read as something else, and become differences.",
    fix: ({ path }) => [
      `save ${path} as UTF-8`,
      `iconv -f WINDOWS-1252 -t UTF-8 ${path}   # from Western Windows, for example`,
    ],
    explain:
      "SQL that says what the schema should be is read as UTF-8. A file in another encoding, such as UTF-16 or Windows-1252, is refused instead of being read with question " +
      "marks in place of its letters.",
  },
  sqlBroken: {
    code: "LB0407",
    title: ({ location, message }) => `${formatLocation(location)}: ${message}`,
    why: ({ location }) => withFrame("The statement that begins here does not run on an empty database.", location),
    fix: ({ location }) => [offerEdit(location)],
    explain:
      "SQL that says what the schema should be is run, statement by statement, on an empty database of the same engine, and read back from there. " +
      "The message is the engine's own. In a folder, files and folders run in the order of their names: what a statement needs has to come before it.",
  },
  sqlNotSchema: {
    code: "LB0408",
    title: ({ location }) => `${formatLocation(location)}: this statement creates no part of a schema.`,
    why: ({ location }) =>
      withFrame("Only statements that create, alter or drop parts of the schema may stand here.", location),
    fix: ({ location }) => [
      `remove the statement at ${formatLocation(location)}`,
      'limbeck revision -m "add data"   # rows belong into a revision: op.bulkInsert, op.execute',
    ],
    explain:
      "The SQL that `models` names says what the schema should be. Rows, settings, transactions and temporary objects are no part of it: a " +
      "comparison would pass over them, and you would believe them to be in the database.",
  },
  noSql: {
    code: "LB0409",
    title: ({ path }) => `${path} creates nothing.`,
    why: () => "There is no statement in it that creates a table, an index, a view or a trigger.",
    fix: ({ path }) => [`write CREATE TABLE statements into ${path}`, "correct the path at `models` in the config"],
    explain:
      "Taken literally, SQL that creates nothing means that every table of the database is to be dropped, which nobody means. Of a folder, and of the " +
      "folders inside it, the files whose names end in .sql count; what begins with a dot is passed over.",
  },
  mixedModels: {
    code: "LB0415",
    title: ({ limbeck, drizzle }) =>
      `The models are of two kinds: ${limbeck} is of limbeck/schema, ${drizzle} is of Drizzle.`,
    why: () => "Two descriptions of one schema could contradict each other.",
    fix: () => ["limbeck diff"],
    explain: "Let `models` in the config import models of one kind: those of limbeck/schema, or those of Drizzle.",
  },
  drizzleKitMissing: {
    code: "LB0416",
    title: () => "The models are Drizzle's, and drizzle-kit is not installed.",
    why: () => "It writes the statements that create these models; it was looked for from the config on.",
    fix: () => ["npm install --save-dev drizzle-kit"],
    explain:
      "Limbeck lets drizzle-kit write the statements that Drizzle's models stand for, runs them on a scratch database, and reads that back. So both always " +
      "mean the same by a model.",
  },
  drizzleKitSilent: {
    code: "LB0417",
    title: () => "The installed drizzle-kit cannot write the statements of this engine for others.",
    why: ({ modules }) => `None of these gives the functions that it takes: ${modules.join(", ")}.`,
    fix: () => ["npm install --save-dev drizzle-kit@0.31", "npx drizzle-kit export --sql > schema.sql"],
    explain:
      "Some versions of drizzle-kit keep these functions to themselves. Install one that gives them, or write the statements into a file and name it in the " +
      'config: `models: "schema.sql"`.',
  },
  drizzleKitFails: {
    code: "LB0418",
    title: ({ message, statement }) =>
      statement === undefined
        ? `drizzle-kit cannot write these models as statements: ${message}`
        : `A statement that drizzle-kit wrote is refused: ${message}`,
    why: ({ statement }) => statement ?? "",
    fix: () => ["npx drizzle-kit export --sql"],
    explain:
      "Models of Drizzle are read by running what drizzle-kit writes for them on a scratch database. Look at the statements with `npx drizzle-kit export`; " +
      "usually an expression in a model is not what the engine takes.",
  },
  drizzleOtherEngine: {
    code: "LB0419",
    title: ({ found, engine }) =>
      `The models are Drizzle's for another engine (${found}), and the database is one of ${engine}.`,
    why: () => "Drizzle has tables of its own for each engine.",
    fix: () => ["limbeck status"],
    explain: "Either the URL leads to another database than you meant, or the config imports another project's models.",
  },
  otherEngine: {
    code: "LB0414",
    title: ({ name, engine, expected }) =>
      `${name} is a database of ${engine}, and this project's is one of ${expected}.`,
    why: () => "Engines spell types, defaults and conditions each in its own way, so their schemas cannot be compared.",
    fix: () => ["limbeck status", "limbeck inspect --json"],
    explain:
      "Both sides of a comparison are read from databases of one engine. To compare databases of another engine, name a config, or a database with --url, " +
      "that is of it.",
  },
});

/** Builds the errors of models and SQL sources. */
export const sourceErrors: ErrorFamily<SourceErrorContexts>["create"] = family.create;

/** The part of the error catalogue about models and SQL sources. */
export const sourceErrorEntries: readonly CatalogueEntry[] = family.entries;
