/** Something that a learner does, or that is laid out for one. Paths count from the folder of the exercise; a `*` in a file's name stands for anything. */
export type Step =
  /** A Limbeck command, with the exit codes that it may end with. */
  | {
      readonly kind: "run";
      readonly words: readonly string[];
      readonly exitCodes: readonly number[];
      /** The file that gets what it prints. */
      readonly into?: string;
    }
  /** A TypeScript file of the project is run by Node. */
  | { readonly kind: "node"; readonly path: string }
  | { readonly kind: "write"; readonly path: string; readonly text: string }
  | { readonly kind: "replace"; readonly path: string; readonly from: string; readonly to: string }
  | { readonly kind: "remove"; readonly path: string }
  /** Statements on the SQLite file, behind the back of Limbeck. */
  | { readonly kind: "sql"; readonly database: string; readonly text: string }
  /** Statements on the database that a lab has on a server. */
  | { readonly kind: "serverSql"; readonly text: string };

/** A Limbeck command that ends well. */
export const run = (...words: readonly string[]): Step => ({ kind: "run", words, exitCodes: [0] });

/** A Limbeck command that fails. */
export const runFailing = (exitCode: number, ...words: readonly string[]): Step => ({
  kind: "run",
  words,
  exitCodes: [exitCode],
});

/** A Limbeck command whose output goes to a file. */
export const runInto = (into: string, ...words: readonly string[]): Step => ({
  kind: "run",
  words,
  exitCodes: [0],
  into,
});

/** Runs a file of the project. */
export const node = (path: string): Step => ({ kind: "node", path });

/** Writes a file. */
export const write = (path: string, text: string): Step => ({ kind: "write", path, text });

/** Replaces text that is in a file. */
export const replace = (path: string, from: string, to: string): Step => ({ kind: "replace", path, from, to });

/** Deletes a file, or a folder with all that is in it. */
export const remove = (path: string): Step => ({ kind: "remove", path });

/** Runs statements on the SQLite file of the project. */
export const sql = (text: string, database = "todo.db"): Step => ({ kind: "sql", database, text });

/** Runs statements on the database that a lab has on a server. */
export const serverSql = (text: string): Step => ({ kind: "serverSql", text });
