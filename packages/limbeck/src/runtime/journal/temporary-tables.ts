/** A call, in so far as it names tables. */
export interface CallText {
  /** What it was called with, as text. */
  readonly text: string;
  /** The statement, where it is one that was written as it is. */
  readonly sql: string | undefined;
}

const QUOTES = String.raw`["\`[\]]?`;
const CREATE = new RegExp(
  String.raw`^\s*CREATE\s+(?:OR\s+REPLACE\s+)?(?:GLOBAL\s+|LOCAL\s+)?TEMP(?:ORARY)?\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(?:\w+\s*\.\s*)?${QUOTES}([\w$]+)${QUOTES}(.*)$`,
  "is",
);
const DROP = /^\s*DROP\s+(?:TEMPORARY\s+)?TABLE\b/i;

/** Knows the temporary tables of a revision that an earlier run has begun. */
export interface TemporaryTables {
  /** Takes note of a call that the earlier run has done. */
  pass(call: CallText, isLast: boolean): void;
  /** The table a call works with although its rows ended with the session that put them there. */
  findGone(call: CallText): string | undefined;
}

// What a call was given is JSON: the ends of lines in it are letters there.
const mentions = ({ text }: CallText, table: string): boolean =>
  new RegExp(String.raw`(?<![\w$])${table.replaceAll("$", String.raw`\$`)}(?![\w$])`, "i").test(
    text.replaceAll(/\\[nrt]/g, " "),
  );

/** Makes what knows the temporary tables of one revision. */
export function followTemporaryTables(): TemporaryTables {
  /** By name: whether there were rows in it that are gone. */
  const tables = new Map<string, boolean>();
  return {
    pass(call, isLast) {
      const { sql = "" } = call;
      for (const table of tables.keys()) {
        if (!mentions(call, table)) continue;
        if (DROP.test(sql)) tables.delete(table);
        else tables.set(table, true);
      }
      const [, table, rest = ""] = CREATE.exec(sql) ?? [];
      // Made from a query that nothing came after, it is made again from the same rows.
      if (table !== undefined) tables.set(table, !isLast && /\bSELECT\b|\bVALUES\b|\bAS\b/i.test(rest));
    },
    findGone(call) {
      if (tables.size === 0 || DROP.test(call.sql ?? "")) return undefined;
      return [...tables].find(([table, hadRows]) => hadRows && mentions(call, table))?.[0];
    },
  };
}
