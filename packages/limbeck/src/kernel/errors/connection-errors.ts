import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { quoteWord } from "../quote-word.ts";
import { explainMismatch } from "./explain-mismatch.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** A database cannot be reached, is not what the URL promises, or was handed something it cannot take. */
export class ConnectionError extends LimbeckError {
  override readonly name: string = "ConnectionError";
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Where on which server a connection was to lead. */
interface ServerPlace {
  /** Without passwords. */
  readonly url: string;
  /** The words of the server, the driver or the system. */
  readonly message: string;
  readonly database: string;
  /** Commands of the vendor's own programs that look into it, or mend it. */
  readonly fix: readonly string[];
}

type ConnectionErrorContexts = {
  readonly unknownScheme: {
    readonly scheme: string;
    readonly schemes: readonly string[];
    /** What was meant most likely; only where nothing in it can be a password. */
    readonly meant?: string | undefined;
  };
  readonly schemeMissing: {
    readonly schemes: readonly string[];
    /** The text, where it is nothing but the path of a file. */
    readonly path: string | undefined;
  };
  readonly malformedUrl: { readonly url: string; readonly problem: string; readonly example: string };
  readonly unknownUrlParameter: { readonly parameter: string; readonly example: string };
  readonly databaseMissing: { readonly path: string };
  readonly folderMissing: { readonly path: string; readonly folder: string };
  readonly pathIsFolder: { readonly path: string };
  readonly notWritable: { readonly path: string; readonly what: "file" | "folder" };
  readonly notADatabase: { readonly path: string };
  readonly cannotOpen: { readonly path: string; readonly message: string };
  readonly databaseBusy: { readonly path: string };
  readonly connectionClosed: { readonly description: string; readonly fix?: string };
  readonly driverMissing: { readonly driver: string; readonly fix: readonly string[] };
  readonly driverTooOld: {
    readonly driver: string;
    readonly version: string;
    readonly oldest: string;
    /** What older ones do. */
    readonly fault: string;
  };
  readonly unknownDriver: { readonly driver: string; readonly known: readonly string[] };
  readonly unknownConnection: { readonly found: string };
  readonly connectionInTransaction: { readonly description: string };
  readonly serverUnreachable: ServerPlace;
  readonly loginRefused: ServerPlace;
  readonly databaseUnknown: ServerPlace;
  readonly cannotConnect: ServerPlace;
  readonly noCurrentSchema: object;
  readonly scratchForbidden: {
    readonly url: string;
    readonly message: string;
    /** What a URL of this engine begins with. */
    readonly scheme: string;
  };
  readonly scratchNotEmpty: { readonly url: string };
  readonly scratchInUse: { readonly url: string };
  readonly scratchNowhere: object;
  readonly scratchUnreachable: { readonly url: string };
  readonly copyUnsupported: { readonly url: string };
  readonly connectionReadOnly: { readonly description: string };
  readonly unsupportedValue: { readonly problem: string };
  readonly malformedStatement: { readonly sql: string; readonly problem: string };
  readonly parametersMismatch: { readonly sql: string; readonly placeholders: number; readonly values: number };
  readonly unreadableSql: { readonly sql: string; readonly expected: string; readonly found: string };
  readonly unfinishedScript: { readonly line: number; readonly missing: string };
};

const listSchemes = (schemes: readonly string[]): string =>
  `A database URL begins with one of: ${schemes.map((scheme) => `${scheme}:`).join(", ")}.`;

const family = defineErrors<ConnectionErrorContexts>(ConnectionError, EXIT_CODES.usage, {
  unknownScheme: {
    code: "LB0600",
    title: ({ scheme }) => `No database engine here answers to "${scheme}".`,
    why: ({ schemes }) => listSchemes(schemes),
    fix: ({ schemes, meant = `${schemes[0] ?? ""}:app.db` }) => [`limbeck current --url ${quoteWord(meant)}`],
    explain:
      "The part of a database URL before the first colon says which engine it is for. Correct the URL in the config, in DATABASE_URL, " +
      "in .env or on the command line; the rest of it is not shown here where it may hold a password.",
  },
  schemeMissing: {
    code: "LB0632",
    // Not shown where it may be more than a path: it could hold a password.
    title: ({ path }) =>
      path === undefined
        ? "The database URL does not say which engine it is for."
        : `"${path}" is a path and no database URL: it does not say which engine it is for.`,
    why: ({ schemes }) => listSchemes(schemes),
    fix: ({ schemes, path = "app.db" }) => [`limbeck current --url ${quoteWord(`${schemes[0] ?? ""}:${path}`)}`],
    explain:
      "A database is named by a URL, whose part before the first colon says which engine it is for; also a database that is a file. Correct it in the config, in DATABASE_URL, " +
      "in .env or on the command line.",
  },
  malformedUrl: {
    code: "LB0601",
    title: ({ url, problem }) => `"${url}" is not a database URL: ${problem}.`,
    why: ({ example }) => `A URL for this database looks like ${example}.`,
    fix: ({ example }) => [`limbeck current --url ${quoteWord(example)}`],
    explain:
      "A database is named by a URL whose scheme says which engine it is. A plain path is not a URL, so that a typing error in a scheme never creates a database file by that name. Write a literal question mark or per cent sign in a path as %3F and %25; in a password, @ is %40, / %2F, ? %3F, # %23 and % %25.",
  },
  unknownUrlParameter: {
    code: "LB0602",
    // Neither the URL nor a value is shown, because they may hold a password.
    title: ({ parameter }) => `The database URL has a parameter "${parameter}" that means nothing here.`,
    why: () => "A parameter that is silently ignored would be worse than none.",
    fix: ({ example }) => [`limbeck current --url ${quoteWord(example)}`],
    explain:
      "What follows the question mark of a database URL are settings. This one is not known for this engine: remove it. The rest of the URL " +
      "is not shown here because it may hold a password.",
  },
  databaseMissing: {
    code: "LB0603",
    title: ({ path }) => `There is no database at ${path}.`,
    why: () => "A command that only reads does not create one.",
    fix: () => ["limbeck upgrade heads"],
    explain:
      "The database file does not exist. `limbeck upgrade` creates it. If it should exist, look at the path in the database URL, and at the " +
      "folder that it counts from.",
  },
  folderMissing: {
    code: "LB0604",
    title: ({ path, folder }) => `The database ${path} cannot be created: the folder ${folder} does not exist.`,
    why: () => "A missing file is created, a missing folder is more likely a typing error.",
    fix: ({ folder }) => [`mkdir -p ${quoteWord(folder)}`],
    explain: "Create the folder, or correct the path in the database URL.",
  },
  pathIsFolder: {
    code: "LB0605",
    title: ({ path }) => `${path} is a folder, not a database file.`,
    why: () => "The database URL must name a file.",
    fix: ({ path }) => [`ls ${quoteWord(path)}`],
    explain: "The path in the database URL leads to a folder. Add the name of the database file.",
  },
  notWritable: {
    code: "LB0606",
    title: ({ path, what }) => `The ${what} ${path} may not be written.`,
    why: ({ what }) =>
      what === "folder"
        ? "The engine keeps a journal beside the database while it writes, so the folder must be writable too."
        : "Changing the schema means writing to this file.",
    fix: ({ path }) => [`ls -ld ${quoteWord(path)}`, `chmod u+w ${quoteWord(path)}`],
    explain:
      "The database, or the folder it lies in, is read-only for this user. Besides the file itself the engine writes a journal and the run " +
      "its lock beside it. Change the permissions, or work on a copy elsewhere.",
  },
  notADatabase: {
    code: "LB0607",
    title: ({ path }) => `${path} is not a database.`,
    why: () => "The file begins with something else, or is encrypted. It was left as it is.",
    fix: ({ path }) => [`file ${quoteWord(path)}`],
    explain:
      "The file exists, but its content is not a database of this engine. Correct the path in the database URL; nothing was written.",
  },
  cannotOpen: {
    code: "LB0608",
    title: ({ path }) => `The database ${path} cannot be opened.`,
    why: ({ message }) => `The engine says: ${message}`,
    fix: ({ path }) => [`ls -l ${quoteWord(path)}`],
    explain:
      "The engine refused to open the file; its own words are given. Often it is a matter of permissions, or of a disk that is full or gone; a schema that it calls malformed may have been written by a newer version of the engine, and be read by a newer driver.",
  },
  databaseBusy: {
    code: "LB0609",
    title: ({ path }) => `The database ${path} is locked by another program.`,
    why: () => "Another connection holds a lock on it for longer than this run may wait.",
    fix: ({ path }) => [`fuser ${quoteWord(path)}`],
    explain: "Some program keeps a transaction open on the database. End it, then run the command again.",
  },
  connectionClosed: {
    code: "LB0610",
    title: ({ description }) => `The connection to ${description} is closed.`,
    why: () => "A statement was sent after close(), or before it was connected.",
    fix: ({ fix }) => [...(fix === undefined ? [] : [fix]), "limbeck explain LB0610"],
    explain:
      "Your code used a connection after it was closed, or handed over one that it has not connected yet. Open a new one, close it later, or connect it first: `connection: async () => { const client = new Client(url); await client.connect(); return client; }`.",
  },
  driverMissing: {
    code: "LB0611",
    title: ({ driver }) => `The driver ${driver} is not there.`,
    why: () => "This database needs it, and it could not be loaded.",
    fix: ({ fix }) => fix,
    explain:
      "Each database is reached through a driver, which is loaded when it is first needed. Install it, or use a Node version that brings it.",
  },
  unsupportedValue: {
    code: "LB0612",
    title: ({ problem }) => `A value cannot be written to the database: ${problem}.`,
    why: () => "Writing something near to it would lose data without a word.",
    fix: () => ["limbeck explain LB0612"],
    explain:
      "Values that can be bound are strings, finite numbers, bigints of 64 bits, booleans, null, valid Dates of the years 0 to 9999, Uint8Arrays, and " +
      "plain objects and arrays, which are written as JSON. undefined, NaN, Infinity, functions, symbols and instances of other classes are refused. " +
      "Convert the value in the revision, for example `value ?? null` or `String(value)`.",
  },
  malformedStatement: {
    code: "LB0613",
    title: ({ problem }) => `A statement was not sent to the database: ${problem}.`,
    why: ({ sql }) => `The engine would have run only a part of it: ${sql}`,
    fix: () => ["limbeck explain LB0613"],
    explain:
      "A call runs exactly one statement. Engines run the first statement of a text and ignore the rest without a word, or stop reading at a " +
      "zero byte, so such texts are refused. Make one call for each statement, or write a .sql revision.",
  },
  unreadableSql: {
    code: "LB0614",
    title: ({ expected, found }) => `Expected ${expected}, found ${found}.`,
    why: ({ sql }) => `The statement is: ${sql}`,
    fix: () => ["limbeck explain LB0614"],
    explain:
      "A definition that the database holds, or that you gave as SQL, could not be understood. Objects like that are left alone and reported as " +
      "unmanaged. If the database itself takes the statement, this is a gap in Limbeck: please report it.",
  },
  unfinishedScript: {
    code: "LB0615",
    title: ({ line, missing }) => `The SQL script ends too early: ${missing} begun in line ${line} is not closed.`,
    why: () => "Where a string or a comment ends decides where every statement after it begins.",
    fix: () => ["limbeck explain LB0615"],
    explain:
      "A quotation mark, a comment or a trigger body was opened and not closed. Look at the line that the message names.",
  },
  parametersMismatch: {
    code: "LB0616",
    title: ({ placeholders, values }) =>
      `A statement with ${count(placeholders, "placeholder")} was given ${count(values, "value")}.`,
    why: explainMismatch,
    fix: () => ["limbeck explain LB0616"],
    explain: "Give exactly one value for each question mark of the statement, in the same order.",
  },
  unknownDriver: {
    code: "LB0617",
    title: ({ driver }) => `There is no driver "${driver}" for this database.`,
    why: ({ known }) => `It is reached through one of: ${known.join(", ")}.`,
    fix: ({ known }) => [
      `set driver to ${known.map((name) => `"${name}"`).join(" or ")} in the config, or leave it out`,
    ],
    explain:
      "`driver` in the config, or in the options of a connection, is the name of the npm package that the database is reached through. Without " +
      "it the one is taken that needs nothing installed.",
  },
  unknownConnection: {
    code: "LB0618",
    title: () => "The connection that was handed over is not the open database of a known driver.",
    why: ({ found }) => `It is ${found}.`,
    fix: () => ["limbeck explain LB0618"],
    explain:
      "An existing connection is the object that a driver itself gives when it opens a database, such as a DatabaseSync. Objects of query builders " +
      "and ORMs, pools and clients that answer with promises are not: hand over what lies beneath them, or give a URL and a driver.",
  },
  connectionInTransaction: {
    code: "LB0619",
    title: ({ description }) =>
      `The connection to ${description} that was handed over is in the middle of a transaction.`,
    why: () => "Each revision runs in a transaction of its own, and one cannot begin within another.",
    fix: () => ["limbeck explain LB0619"],
    explain:
      "Commit or roll back what your code has begun on the connection, then hand it over. Two runs at once on one connection cannot be either.",
  },
  connectionReadOnly: {
    code: "LB0621",
    title: ({ description }) => `The connection to ${description} that was handed over lets nothing be written.`,
    why: () => "Its owner has set PRAGMA query_only, and this command has to write.",
    fix: () => ["limbeck explain LB0621"],
    explain:
      "A run writes to the database, if only where it stands. Set query_only to OFF on the connection before you hand it over, or give a URL instead. Commands that only look " +
      "work on such a connection.",
  },
  driverTooOld: {
    code: "LB0620",
    title: ({ driver, version }) => `The driver ${driver} ${version} is too old.`,
    why: ({ oldest, fault }) => `It was not loaded, because versions before ${oldest} ${fault}.`,
    fix: ({ driver, oldest }) => [`npm install ${driver}@">=${oldest}"`],
    explain:
      "Install a newer version of the driver. Where your project needs the old one, and the engine has another one, leave `driver` out of the config: the " +
      "database is then reached without it.",
  },
  serverUnreachable: {
    code: "LB0631",
    title: ({ url }) => `No database server answers at ${url}.`,
    why: ({ message }) => `Trying to connect gave: ${message}`,
    fix: ({ fix }) => fix,
    explain:
      "Nothing accepted the connection. The server is not running, listens elsewhere, or a firewall is in between. Look at host and port in the " +
      "database URL; for a socket write `postgres://user@/database?host=/var/run/postgresql` or `mysql://user@/database?socket=/run/mysqld/mysqld.sock`.",
  },
  loginRefused: {
    code: "LB0622",
    title: ({ url }) => `The server refuses the login of ${url}.`,
    why: ({ message }) => `It says: ${message}`,
    fix: ({ fix }) => fix,
    explain:
      "User or password are wrong or missing, or the server does not let this user in from here. The password may stand in the URL, where special " +
      "characters are percent-encoded; for PostgreSQL also in the variable PGPASSWORD, or in ~/.pgpass. It is never shown.",
  },
  databaseUnknown: {
    code: "LB0623",
    title: ({ database }) => `There is no database "${database}" on the server.`,
    why: ({ message }) => `It says: ${message}`,
    fix: ({ fix }) => fix,
    explain:
      "Limbeck creates tables, not databases: who owns a new database, and how it sorts text, is for you to decide. Create it, or correct the name in the " +
      "database URL.",
  },
  cannotConnect: {
    code: "LB0624",
    title: ({ url }) => `The connection to ${url} could not be opened.`,
    why: ({ message }) => `Trying to connect gave: ${message}`,
    fix: ({ fix }) => fix,
    explain:
      "The server was there and refused, or the two could not agree, on encryption for example; the words are the server's or the driver's. Where the " +
      "vendor's own client fails in the same way, it is a matter of the server.",
  },
  noCurrentSchema: {
    code: "LB0625",
    title: () => "The search path of the session leads to no schema that exists.",
    why: () => "Tables would have no place to be created in.",
    fix: () => ["psql -c 'SHOW search_path'"],
    explain:
      "Limbeck works in the first schema of the search path, which is `public` unless the role, the database or the URL say otherwise " +
      "(`?options=-csearch_path%3Dapp`). Create that schema, or correct the path.",
  },
  scratchForbidden: {
    code: "LB0626",
    title: ({ url }) => `No scratch database may be created beside ${url}.`,
    why: ({ message }) => `The server says: ${message}`,
    fix: ({ scheme }) => [`set scratch: "${scheme}://..." in the config, an empty database that Limbeck may use`],
    explain:
      "Models are compared, and revisions proven, on a throw-away database of the same server, which is created and dropped by the way. The user of the " +
      "database URL may not create databases, and what takes the place of one where it is installed is not there or of another version. Grant it (`ALTER ROLE name CREATEDB`, or CREATE and DROP on `limbeck\\_scratch\\_%`), " +
      "or have an empty database made for the purpose and name it under `scratch` " +
      "in the config: it is emptied again after each use.",
  },
  scratchNotEmpty: {
    code: "LB0627",
    title: ({ url }) => `The scratch database ${url} is not empty.`,
    why: () => "Everything in a scratch database is dropped after use, so one that holds something is not touched.",
    fix: () => ["name an empty database under scratch in the config"],
    explain:
      "The database that `scratch` in the config names must hold nothing in the schema that its search path leads to. If what is there is left over from a " +
      "run that was killed, drop the database and create it anew.",
  },
  scratchInUse: {
    code: "LB0628",
    title: ({ url }) => `The scratch database ${url} is in use already.`,
    why: () =>
      "Another run has it, or this one needs two: in one scratch database they would take each other's tables for their own.",
    fix: () => ["run the command again when the other one has ended"],
    retype: () => [[{ kind: "option", name: "--no-proof", value: true }]],
    explain:
      "A database that `scratch` in the config names serves one run at a time. Give each developer and each build one of their own, or let Limbeck create " +
      "databases, which need no name. The proofs of merge, rebase and squash need several at once, so they cannot do with the one; with --no-proof these commands do without.",
  },
  scratchNowhere: {
    code: "LB0629",
    title: () => "There is no server to create a scratch database on.",
    why: () => "Neither a database beside which it could be, nor one to use instead was named.",
    fix: () => ["limbeck explain LB0629"],
    explain:
      "Code that opens scratch databases of a server has to say of which one. Commands always do; please report the case if one did not.",
  },
  scratchUnreachable: {
    code: "LB0647",
    title: ({ url }) => `The connection ${url} that was handed over does not lead to a scratch database.`,
    why: () => "What was handed over does not say where the server is and how one gets in.",
    fix: () => ['set scratch: "postgres://..." in the config, an empty database that Limbeck may use'],
    explain:
      "Models are compared, and revisions proven, on a throw-away database beside the real one. To create one, Limbeck has to open another connection. Hand over the pool of the driver " +
      "instead of the query builder around it, or name an empty database under `scratch` in the config.",
  },
  copyUnsupported: {
    code: "LB0630",
    title: ({ url }) => `A copy of ${url} with all its rows cannot be made.`,
    why: () =>
      "The server cannot, or this user may not, copy it; some servers copy only databases that nobody is connected to.",
    fix: () => ["limbeck test"],
    explain:
      "Trying revisions on the real rows needs a copy of the database, which Limbeck cannot make on every server yet. Without `--data` revisions are tried on " +
      "rows that are made for them. To try real rows, restore a dump into a database of its own, and run `limbeck upgrade head --url` on it.",
  },
});

/** Builds the errors of connections, and of what is sent over them. */
export const connectionErrors: ErrorFamily<ConnectionErrorContexts>["create"] = family.create;

/** The connections' part of the error catalogue. */
export const connectionErrorEntries: readonly CatalogueEntry[] = family.entries;
