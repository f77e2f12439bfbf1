import { EXIT_CODES } from "../exit-code.ts";
import { findClosestName } from "../closest-name.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** An operation does not fit the schema it meets, or the engine that is to carry it out; nothing was changed. */
export class OperationError extends LimbeckError {
  override readonly name: string = "OperationError";
}

type OperationErrorContexts = {
  readonly tableNotFound: { readonly table: string; readonly tables: readonly string[] };
  readonly columnNotFound: { readonly table: string; readonly column: string; readonly columns: readonly string[] };
  readonly constraintNotFound: {
    readonly table: string;
    readonly constraint: string;
    readonly constraints: readonly string[];
  };
  readonly indexNotFound: { readonly table: string; readonly index: string; readonly indexes: readonly string[] };
  readonly viewNotFound: { readonly view: string; readonly views: readonly string[] };
  readonly triggerNotFound: { readonly trigger: string; readonly triggers: readonly string[] };
  readonly objectNotFound: { readonly kind: string; readonly name: string; readonly names: readonly string[] };
  readonly unsupportedObject: { readonly engine: string; readonly kind: string; readonly name: string };
  readonly unsupportedChange: {
    readonly engine: string;
    readonly object: string;
    readonly change: string;
    readonly way: string;
  };
  readonly enumValueInUse: { readonly name: string; readonly value: string; readonly place: string };
  readonly alreadyExists: { readonly object: string; readonly table?: string };
  readonly definitionDiffers: { readonly object: string; readonly expected: string; readonly found: string };
  readonly columnInUse: {
    readonly table: string;
    readonly column: string;
    readonly usedBy: readonly string[];
    /** The calls that take the users of the column away first. */
    readonly fix: readonly string[];
  };
  readonly asyncBatch: Readonly<Record<string, never>>;
  readonly otherTable: { readonly table: string; readonly other: string };
  readonly irreversible: { readonly operation: string; readonly reason: string };
  readonly rebuildNeeded: { readonly table: string; readonly change: string; readonly reason: string };
  readonly unknownOption: {
    readonly dialect: string;
    readonly place: string;
    readonly option: string;
    readonly known: readonly string[];
  };
  readonly defaultDoesNotFit: { readonly column: string; readonly type: string; readonly problem: string };
  readonly autoIncrementDoesNotFit: { readonly table: string; readonly column: string; readonly problem: string };
  readonly triggerAmbiguous: { readonly trigger: string; readonly tables: readonly string[] };
  readonly virtualColumn: { readonly table: string; readonly column: string };
  readonly unknownArgument: {
    /** The call, for example `op.createIndex`. */
    readonly method: string;
    readonly option: string;
    readonly known: readonly string[];
    /** What to write instead, where the option is a word of another tool. */
    readonly instead?: string;
  };
  readonly otherTrigger: {
    readonly name: string;
    readonly table: string;
    readonly foundName: string;
    readonly foundTable: string;
  };
  readonly versionTable: { readonly table: string };
  readonly unsupported: {
    /** As the subject of a sentence. */
    readonly what: string;
    readonly engine: string;
    /** A sentence. */
    readonly why: string;
  };
  readonly backfillKey: { readonly table: string; readonly key: readonly string[]; readonly problem: string };
  readonly lateBatch: { readonly method: string };
  readonly wrongArgument: { readonly method: string; readonly expected: string; readonly found: string };
  readonly promiseGiven: {
    /** The call, for example `op.execute`. */
    readonly method: string;
    /** That the promise became part of; absent where it was given as it is. */
    readonly text?: string;
  };
};

function adviseOption(option: string, known: readonly string[]): string {
  const closest = findClosestName(option, known);
  return closest === undefined ? `take the option "${option}" out` : `write ${closest} instead of ${option}`;
}

const list = (names: readonly string[]): string => (names.length === 0 ? "none" : names.join(", "));

const within = (table: string | undefined): string => (table === undefined ? "" : ` in table ${table}`);

const STATUS = ["limbeck status", "limbeck diff"] as const;

const family = defineErrors<OperationErrorContexts>(OperationError, EXIT_CODES.migrationFailed, {
  objectNotFound: {
    code: "LB0540",
    title: ({ kind, name }) => `There is no ${kind} "${name}".`,
    why: ({ kind, names }) => `Of that kind (${kind}) there are: ${list(names)}.`,
    fix: () => STATUS,
    explain:
      "An operation names an enum, a sequence or another object that does not exist at this point of the history. Names are those of `limbeck diff`: a function has the " +
      "types of its arguments in its name, `add(integer, integer)`, and a policy its table, `readers on todos`.",
  },
  unsupportedObject: {
    code: "LB0541",
    title: ({ engine, kind, name }) => `${engine} has no ${kind}: "${name}" cannot be created there.`,
    why: ({ kind }) => `Only engines that know what a ${kind} is can carry this operation out.`,
    fix: () => ['if (op.dialect === "...") { ... }', "limbeck explain LB0541"],
    explain:
      "Enums, sequences, functions, domains and other objects belong to one engine. In a history for several engines, ask `op.dialect` before the step, and give the " +
      "others what they have instead, a check for example.",
  },
  unsupportedChange: {
    code: "LB0543",
    title: ({ engine, object, change }) => `${engine} cannot give ${object} ${change}.`,
    why: ({ way }) => `${way}.`,
    fix: () => ["limbeck revision -m ...", "limbeck explain LB0543"],
    explain:
      "There is no statement for this change, and to drop and create the object would lose its rows. Write a revision by hand that makes a new one, copies the rows, and gives " +
      "it the old name.",
  },
  enumValueInUse: {
    code: "LB0542",
    title: ({ name, value, place }) =>
      `Value "${value}" of enum "${name}" cannot be taken away: ${place} still speaks of it.`,
    why: () => "The type is made anew without the value, and what speaks of it cannot be of the new type.",
    fix: ({ name, value }) => [
      `change or drop what uses "${value}" before op.alterEnum("${name}", ...)`,
      "limbeck explain LB0542",
    ],
    explain:
      "PostgreSQL cannot take a value out of an enum. The type is made anew instead, and every column of it is changed to the new one. A default, a check or an index that " +
      "names the value has to change first, in an operation of its own.",
  },
  unsupported: {
    code: "LB0544",
    title: ({ what, engine }) => `${what.replace(/^./, (first) => first.toUpperCase())} cannot be had on ${engine}.`,
    why: ({ why }) => `${why} Leaving it out without a word would be another schema than the one that was asked for.`,
    fix: () => ["limbeck explain LB0544"],
    explain:
      "Engines differ in what they can hold. This one has no statement for what the models or the revision ask for. Leave it out, or say in the models what the " +
      "engine has instead; what only one engine knows stands in `options`.",
  },
  triggerAmbiguous: {
    code: "LB0532",
    title: ({ trigger, tables }) => `Several tables have a trigger "${trigger}": ${list(tables)}.`,
    why: () => "On this engine the names of triggers are those of their table.",
    fix: ({ trigger, tables }) => [`await op.dropTrigger("${trigger}", "${tables[0] ?? ""}");`],
    explain: "Name the table as the second argument of `op.dropTrigger`, so that the right trigger is dropped.",
  },
  virtualColumn: {
    code: "LB0531",
    title: ({ table, column }) => `Column "${column}" of "${table}" cannot be computed on read by this engine.`,
    why: () => "It can only be computed when a row is written, and kept.",
    fix: () => ['write generatedAs("...", { storage: "stored" })'],
    explain:
      "Not every engine, or not every version of it, has generated columns that are computed when they are read. Say that the column is stored.",
  },
  asyncBatch: {
    code: "LB0530",
    title: () => "The callback of op.batchAlterTable is async.",
    why: () => "It only describes changes, which are carried out together after it; nothing in it can be awaited.",
    fix: () => ["remove async and await from the callback", "limbeck explain LB0530"],
    explain:
      "`op.batchAlterTable(table, (batch) => { ... })` calls the function at once to learn which changes belong together, and carries them out when their turn " +
      "comes. Calls on `op` and data steps stand before or after it.",
  },
  tableNotFound: {
    code: "LB0501",
    title: ({ table }) => `There is no table "${table}".`,
    why: ({ tables }) => `The tables are: ${list(tables)}.`,
    fix: () => STATUS,
    explain:
      "An operation names a table that does not exist at this point of the history. Either the name is misspelled, or the revision that " +
      "creates the table comes later or on another branch, or an earlier operation of the same revision renamed or dropped it.",
  },
  columnNotFound: {
    code: "LB0502",
    title: ({ table, column }) => `Table "${table}" has no column "${column}".`,
    why: ({ columns }) => `Its columns are: ${list(columns)}.`,
    fix: () => STATUS,
    explain:
      "An operation names a column that its table does not have at this point of the history. Columns are named as they are when the operation " +
      "runs: after a rename, by the new name.",
  },
  constraintNotFound: {
    code: "LB0503",
    title: ({ table, constraint }) => `Table "${table}" has no constraint "${constraint}".`,
    why: ({ constraints }) => `Its named constraints are: ${list(constraints)}.`,
    fix: () => STATUS,
    explain:
      "An operation names a constraint that its table does not have. A constraint without a name is dropped by its definition, for example " +
      '`op.dropConstraint(unique(["title"]), "todos")`.',
  },
  indexNotFound: {
    code: "LB0504",
    title: ({ table, index }) => `Table "${table}" has no index "${index}".`,
    why: ({ indexes }) => `Its indexes are: ${list(indexes)}.`,
    fix: () => STATUS,
    explain:
      "An operation names an index that its table does not have. The index that an engine makes by itself for a primary key or a unique " +
      "constraint is not an index of the schema: drop the constraint instead.",
  },
  viewNotFound: {
    code: "LB0505",
    title: ({ view }) => `There is no view "${view}".`,
    why: ({ views }) => `The views are: ${list(views)}.`,
    fix: () => STATUS,
    explain: "An operation names a view that does not exist at this point of the history.",
  },
  triggerNotFound: {
    code: "LB0506",
    title: ({ trigger }) => `There is no trigger "${trigger}".`,
    why: ({ triggers }) => `The triggers are: ${list(triggers)}.`,
    fix: () => STATUS,
    explain:
      "An operation names a trigger that does not exist at this point of the history. Dropping a table or a view drops its triggers with it.",
  },
  alreadyExists: {
    code: "LB0507",
    title: ({ object, table }) => `The ${object} already exists${within(table)}.`,
    why: () =>
      "An operation may only create what is not there: otherwise its reverse would drop what was there before.",
    fix: () => STATUS,
    explain:
      "An operation creates something under a name that is taken. Tables and views share their names. Usually the database already " +
      "has the change, because someone made it by hand or ran it under another revision: `limbeck stamp` records that without running it.",
  },
  definitionDiffers: {
    code: "LB0508",
    title: ({ object }) => `The ${object} is not what the operation says it is.`,
    why: ({ expected, found }) => `The operation expects ${expected}, and there is ${found}.`,
    fix: () => STATUS,
    explain:
      "An operation that changes or drops something carries what it expects to find, so that its reverse gives back exactly that. What is there " +
      "is something else: the database was changed outside the history, or the operation was written for another state.",
  },
  columnInUse: {
    code: "LB0509",
    title: ({ table, column, usedBy }) => `Column "${column}" of "${table}" is used by ${list(usedBy)}.`,
    why: () => "Dropping them along with the column would be silent, and the downgrade could not give them back.",
    fix: ({ fix }) => fix,
    explain:
      "Before a column goes, everything that names it has to go: indexes, constraints, generated columns, and foreign keys of other tables. Drop " +
      "them in the same revision, before the column; the downgrade then gives everything back in the reverse order. Put " +
      "the drops into one `op.batchAlterTable` where the engine would otherwise rebuild the table for each.",
  },
  otherTable: {
    code: "LB0510",
    title: ({ table, other }) => `A batch of changes of "${table}" holds a change of "${other}".`,
    why: () => "A batch changes one table only.",
    fix: ({ other }) => [`await op.batchAlterTable(${JSON.stringify(other)}, (batch) => { ... });`],
    explain:
      "An `alterTable` operation groups changes of one table so that an engine can make them at once. Give the other table a batch of its own.",
  },
  irreversible: {
    code: "LB0511",
    title: ({ operation }) => `"${operation}" cannot be taken back.`,
    why: ({ reason }) => reason,
    fix: () => ["limbeck revision -m MESSAGE --empty-ok"],
    exitCode: EXIT_CODES.usage,
    explain:
      "Most operations carry enough to build their own reverse. Raw SQL and inserted rows do not: write the downgrade of such a step yourself, " +
      "in `downgrade`, or give an execute operation its `reverse`.",
  },
  rebuildNeeded: {
    code: "LB0512",
    title: ({ table, change }) => `"${change}" needs "${table}" to be rebuilt, and the batch forbids it.`,
    why: ({ reason }) => reason,
    fix: ({ table }) => [
      `await op.batchAlterTable(${JSON.stringify(table)}, (batch) => { ... }, { recreate: "auto" });`,
    ],
    explain:
      'A batch with `recreate: "never"` only does what the engine can alter in place. This change is beyond that for the version of the engine ' +
      "that is to run it. Leave the option out, and the table is rebuilt with everything in it kept.",
  },
  unknownOption: {
    code: "LB0513",
    title: ({ dialect, place, option }) => `${place} has an option "${option}" that ${dialect} does not know.`,
    why: ({ known }) => `The options here are: ${list(known)}.`,
    fix: () => ["limbeck diff"],
    explain:
      "Options of one engine are written under the name of its dialect. A name that is silently ignored would be worse than none.",
  },
  defaultDoesNotFit: {
    code: "LB0514",
    title: ({ column, type }) => `The default of column "${column}" does not fit its type ${type}.`,
    why: ({ problem }) => problem,
    fix: () => ["limbeck diff"],
    explain:
      "A default given as a value is written in the column's type, and the database's clock only makes sense for types that hold a time. Give " +
      "a default of another kind, or an SQL expression.",
  },
  autoIncrementDoesNotFit: {
    code: "LB0515",
    title: ({ table, column }) => `Column "${column}" of "${table}" cannot number its rows by itself.`,
    why: ({ problem }) => problem,
    fix: () => ["limbeck diff"],
    explain:
      "Only some columns can be auto-incremented; which ones depends on the engine, and the message says what is missing.",
  },
  otherTrigger: {
    code: "LB0518",
    title: ({ name, table, foundName, foundTable }) =>
      `The definition of trigger "${name}" on "${table}" creates "${foundName}" on "${foundTable}".`,
    why: () => "The name and the table say what a downgrade drops, so that they have to be those of the definition.",
    fix: ({ foundName, foundTable }) => [
      `await op.createTrigger(${JSON.stringify(foundName)}, ${JSON.stringify(foundTable)}, ...);`,
    ],
    explain:
      "A trigger is given by its name, its table and the whole statement that creates it, in the engine's words. All three have to tell of the same trigger: otherwise " +
      "dropping it by its name, as the downgrade does, would not find it.",
  },
  unknownArgument: {
    code: "LB0516",
    title: ({ method, option }) => `${method} has no option "${option}".`,
    why: ({ known }) => `The options here are: ${list(known)}.`,
    fix: ({ option, known, instead }) => [instead ?? adviseOption(option, known)],
    explain:
      "A revision runs with its types stripped, so that only the run can tell an option that nobody knows. If it were ignored, the step " +
      "would count as done without it: a foreign key without its cascade, an index without its condition. Options are written in camelCase: `onDelete`, " +
      "not `ondelete`.",
  },
  versionTable: {
    code: "LB0519",
    title: ({ table }) => `The table "${table}" belongs to Limbeck.`,
    why: () => "It says where the database stands, and every revision is recorded in it.",
    fix: () => ["limbeck current -v", "limbeck stamp base"],
    explain:
      "A revision cannot change the version table, because it is recorded there in the same transaction. `limbeck stamp` changes what it says. Once the database stands " +
      "at base, nothing needs it any more, and you can drop it with the engine's own client.",
  },
  backfillKey: {
    code: "LB0545",
    title: ({ table, key }) =>
      key.length === 0
        ? `op.backfill does not know in which order to go through "${table}".`
        : `op.backfill cannot go through "${table}" in the order of ${key.join(", ")}.`,
    why: ({ problem }) => `It would meet rows twice, or never: ${problem}.`,
    fix: ({ table }) => [
      `limbeck inspect ${table}`,
      `await op.backfill(${JSON.stringify(table)}, { key: ["id"], ... });`,
    ],
    explain:
      "Batches follow each other in the order of a key, and a run that was stopped goes on behind the last key. So no two rows may agree in its columns, none of them may be NULL or be changed by the backfill itself, and their values " +
      "have to be whole numbers, texts or uuids. The default is the primary key; `key` names the columns of another unique one. A table without any is changed with `op.execute`.",
  },
  lateBatch: {
    code: "LB0520",
    title: ({ method }) => `${method} was called after its batch had ended.`,
    why: () =>
      "The changes of a batch are carried out together when its callback returns, so this one would have been left out.",
    fix: () => ["call it inside the callback, before it returns", "limbeck explain LB0520"],
    explain:
      "`op.batchAlterTable(table, (batch) => { ... })` learns from the callback which changes belong together. A batch that is kept for later, or used in an async " +
      "function inside, `forEach(async ...)` for example, comes too late.",
  },
  wrongArgument: {
    code: "LB0517",
    title: ({ method, expected, found }) => `${method} takes ${expected}, not ${found}.`,
    why: () => "",
    fix: () => ["limbeck status"],
    explain:
      "A call in a revision or in the models leaves an argument out, has one too many, or gives one of another kind. Your editor shows what each " +
      'method takes when the file is TypeScript, and in JavaScript after `// @ts-check`. A column called `__proto__` has to be written `["__proto__"]`, because without ' +
      "the brackets the word has another meaning in JavaScript.",
  },
  promiseGiven: {
    code: "LB0727",
    title: ({ method, text }) =>
      text === undefined
        ? `A promise was given to "${method}" as a value.`
        : `A promise was put into a text that was given to "${method}".`,
    why: ({ text }) =>
      `A promise stands where its value belongs, and nothing of the call was run${text === undefined ? "." : `: ${text}`}`,
    fix: () => ["write await before what gives the value"],
    explain:
      "A promise was given to a call in the place of its value, or became part of a text: JavaScript writes [object Promise] for it. Most often `await` is missing before `op.query(...)`, " +
      "before a function of your own, or before what `.then` makes of it. A revision, or seed, that is really about this text, to clean up rows for example, can be a file of SQL; there the text may stand. In a call it may stand nowhere in one piece, parameters included: " +
      "write `WHERE title LIKE '[object Prom%'`, or let the database join it: `replace(title, ? || ?, '')` with `parameters: [\"[object \", \"Promise]\"]`, or what your engine has for `||` and `?`.",
  },
});

/** Builds the errors of operations. */
export const operationErrors: ErrorFamily<OperationErrorContexts>["create"] = family.create;

/** The operations' part of the error catalogue. */
export const operationErrorEntries: readonly CatalogueEntry[] = family.entries;
