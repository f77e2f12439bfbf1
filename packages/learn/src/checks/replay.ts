import { LimbeckError } from "limbeck";
import { finding, type Finding } from "../exercise.ts";
import type { Database, Learner } from "../learner.ts";
import type { DataSet } from "./data-sets.ts";
import { readFingerprint } from "./project-checks.ts";

/** What Limbeck says of a failure, in a sentence. */
const explain = (error: unknown): string => {
  if (!(error instanceof LimbeckError)) throw error;
  return [error.title, error.why].filter(Boolean).join(" ");
};

/** Where revisions are replayed: on a hidden database, with rows put in on the way. */
export interface Replay {
  readonly dataSet: DataSet;
  /** Where the rows come in, a revision; nothing runs before when it is `base`. */
  readonly fillAt: string;
  /** Default: `head`. */
  readonly target?: string;
}

/** A hidden database after the replay, or what was wrong. */
export type Replayed = { readonly database: Database } | { readonly wrong: Finding };

/** Runs the revisions of a project on a hidden database. */
export async function replay(learner: Learner, { dataSet, fillAt, target = "head" }: Replay): Promise<Replayed> {
  const database = await learner.openHidden();
  if (fillAt !== "base") await database.limbeck.upgrade({ target: fillAt });
  await database.execute(...dataSet.statements);
  try {
    await database.limbeck.upgrade({ target });
  } catch (error) {
    const because = `Your revision works on your data, and fails on ${dataSet.name}. ${explain(error)}`;
    return { wrong: finding("upgrade-fails", because, "Mend its upgrade(), which must take such rows into account") };
  }
  return { database };
}

/**
 * Goes down and up again.
 *
 * @param to where down leads
 * @param expected the fingerprint down there
 */
export async function findOneWay(database: Database, to: string, expected: string): Promise<Finding | undefined> {
  const above = await readFingerprint(database);
  try {
    await database.limbeck.downgrade({ target: to, allowDataLoss: true });
  } catch (error) {
    return finding("downgrade-fails", `The downgrade fails. ${explain(error)}`, "Mend its downgrade()");
  }
  if ((await readFingerprint(database)) !== expected) {
    const { schema } = await database.limbeck.inspect();
    const left = schema.tables.map(({ name }) => name).join(", ") || "no table";
    return finding(
      "downgrade-leaves-something",
      `After up and down again the schema is not what it was before: there is ${left}.`,
      "In downgrade(), take back all that upgrade() does, in reverse order",
    );
  }
  try {
    await database.limbeck.upgrade({ target: "head" });
  } catch (error) {
    return finding("second-upgrade-fails", `Up, down, and up again fails. ${explain(error)}`, "Mend its downgrade()");
  }
  return (await readFingerprint(database)) === above
    ? undefined
    : finding("second-upgrade-differs", "Up, down, and up again gives another schema.", "Mend its downgrade()");
}
