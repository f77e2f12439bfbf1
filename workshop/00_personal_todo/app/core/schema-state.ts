import { current, heads, openEnvironment } from "limbeck/commands";

/** Whether the database has the schema that the code was written for. */
export interface SchemaState {
  /** `behind`: revisions are missing in the database. `ahead`: it has one that the code does not know. */
  state: "current" | "behind" | "ahead" | "unreachable";
  /** Where the database stands; empty before the first revision. */
  database: string[];
  /** What the files in `migrations/versions` lead to. */
  code: string[];
  message: string;
  /** What to type about it. */
  command?: string;
}

/** Compares where the database stands with the files in `migrations/versions`. */
async function compareSchema(): Promise<SchemaState> {
  let code: string[] = [];
  try {
    const environment = await openEnvironment({ cwd: process.cwd(), env: process.env });
    code = heads(environment).revisions.map(({ revision }) => revision);
    const { rows, unknown, isAtHead } = await current(environment);
    const where = { database: [...rows], code };
    if (isAtHead) return { state: "current", ...where, message: "The database and the code agree." };
    if (unknown.length > 0) {
      const message = `The database stands at ${unknown.join(", ")}, which this code does not know: there must be newer code.`;
      return { state: "ahead", ...where, message };
    }
    const message = `The database stands at ${rows.join(", ") || "nothing"}, and the code needs ${code.join(", ")}.`;
    return { state: "behind", ...where, message, command: "make db-upgrade" };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    const message = "The database does not answer; the log of the service says why.";
    return { state: "unreachable", database: [], code, message, command: "make db-status" };
  }
}

const MEMORY_IN_MILLISECONDS = 1000;
let answer: Promise<SchemaState> | undefined;
let askedAt = 0;

/** Where the database stands; asked at most once a second, so that requests do not wait for it. */
export function readSchemaState(): Promise<SchemaState> {
  const now = Date.now();
  if (answer === undefined || now - askedAt > MEMORY_IN_MILLISECONDS) {
    askedAt = now;
    answer = compareSchema();
  }
  return answer;
}

/** Ends the program where revisions are missing in the database, and says what to type. */
export async function demandCurrentSchema(): Promise<void> {
  const { state, message, command } = await readSchemaState();
  if (state !== "behind" && state !== "unreachable") return;
  console.error(`${message} Run: ${command}`);
  process.exit(1);
}
