import type { Operation } from "../../ops/operation.ts";
import { FILE_WIDTH } from "./print-document.ts";

/** What a person should know before a change is made, and SQL to begin with. */
export interface Remark {
  readonly text: string;
  readonly sql: string;
}

/** Remarks by the operation that they stand before. */
export type Remarks = ReadonlyMap<Operation, readonly Remark[]>;

/** Lines of a text that fit into a file, behind a comment sign. */
function wrap(text: string, sign: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    const isFull = last === undefined || last.length + word.length + 1 > FILE_WIDTH - 2;
    if (isFull) lines.push(`${sign} ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** Remarks as comments of TypeScript; the SQL is a call that only has to be filled in and let out of the comment. */
export function renderRemarks(remarks: readonly Remark[] = []): readonly string[] {
  return remarks.flatMap(({ text, sql }) => [...wrap(text, "//"), `// await op.execute(${JSON.stringify(sql)});`]);
}

/** The same as comments of SQL, with an end of line after each. */
export function renderSqlRemarks(remarks: readonly Remark[] = []): string {
  return remarks
    .flatMap(({ text, sql }) => [...wrap(text, "--"), ...sql.split("\n").map((line) => `-- ${line};`)])
    .map((line) => `${line}\n`)
    .join("");
}
