import { LimbeckError } from "../../kernel/errors/limbeck-error.ts";
import type { Schema } from "../../schema/model/schema.ts";
import type { CallJournal } from "../journal/call-journal.ts";
import { encodeData } from "../journal/encode-value.ts";
import type { LoadedStep, RunContext } from "../run-context.ts";
import type { RevisionFunction } from "../revision-target.ts";
import { runRevisionFunction } from "../run-revision.ts";
import { holdsSecret } from "./holds-secret.ts";
import type { KeptOperation, KeptWay } from "./end-detail.ts";
import { NotKept, reckonBack } from "./reckon-back.ts";

/** How many characters a kept way has at most: rows that it gives back may be many. */
const LONGEST = 500_000;

/** How long its code may take, in milliseconds: it is called with an `op` that does nothing. */
const PATIENCE = 5000;

const REFUSE_BACKFILL: CallJournal = {
  begin: async ({ name }) => {
    if (name === "backfill") throw new NotKept("it changes rows in batches");
    return { kind: "run" };
  },
  announce: (statements) => statements,
  advance: async () => undefined,
  end: async () => undefined,
};

/** Calls the code of a way back with an `op` that takes notes. */
async function listOperations(
  code: RevisionFunction,
  context: RunContext,
  readStart: () => Promise<Schema>,
): Promise<readonly KeptOperation[]> {
  const { dialect, connection, convention, serverVersion } = context;
  const { begin, commit } = dialect.transaction;
  const kept: KeptOperation[] = [];
  let isOutside = false;
  await runRevisionFunction(code, {
    dialect,
    connection,
    convention,
    serverVersion,
    tracker: reckonBack(readStart),
    journal: REFUSE_BACKFILL,
    sink: {
      async run(statement) {
        if (statement === begin || statement === commit) isOutside = statement === commit;
        return 0;
      },
      query: undefined,
      note: () => undefined,
    },
    async onOperation(operation) {
      if (operation.kind === "custom") throw new NotKept("it has an operation of the project's own");
      kept.push({ operation, ...(isOutside && { isOutside }) });
    },
  });
  return kept;
}

/** Why it is not kept; undefined where the failure is none of the way back. */
function explain(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof NotKept) return cause.message;
  if (error instanceof LimbeckError && error.reason === "noDatabaseToRead") return "it reads rows";
  const title = error instanceof LimbeckError ? error.title : String(error);
  return `its code failed where nothing was run: ${title.replaceAll(/\s*\([^()]*:\d+:\d+\)/g, "")}`;
}

async function soonEnough<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotKept("its code did not come to an end")), PATIENCE);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What takes a revision back, as plain data, found out without running any of it.
 *
 * @param readStart reads the schema that the revision has left
 */
export async function takeWayBack(
  { code, back }: LoadedStep,
  context: RunContext,
  readStart: () => Promise<Schema>,
): Promise<KeptWay> {
  if (!back?.run) return { notKept: "it has no downgrade" };
  const { revision, path, transactional = true } = code;
  const way = { revision, direction: "downgrade", path, run: back.run, transactional } as const;
  let failure: { readonly error: unknown } | undefined;
  const readOrNote = async (): Promise<Schema> => {
    try {
      return await readStart();
    } catch (error) {
      failure = { error };
      throw error;
    }
  };
  try {
    const operations = await soonEnough(listOperations(way, context, readOrNote));
    const text = encodeData(operations);
    if (holdsSecret(text)) return { notKept: "it seems to hold a password or a key" };
    if (text.length > LONGEST) return { notKept: `it has ${text.length} characters` };
    const again =
      typeof back.run === "function" ? await soonEnough(listOperations(way, context, readOrNote)) : operations;
    if (encodeData(again) !== text) return { notKept: "it is another one each time that it is asked for" };
    return { operations, transactional };
  } catch (error) {
    // The database refused to be read: that is a failure of the run.
    if (failure) throw failure.error;
    return { notKept: explain(error) };
  }
}
