import { resolve } from "node:path";
import { adoptDatabase } from "../../commands/adopt-database.ts";
import type { RevisionOptions } from "../../commands/revision-options.ts";
import { createRevision } from "../../commands/revision.ts";
import { usageErrors } from "../../kernel/errors/usage-errors.ts";
import type { Action } from "../action.ts";
import { chooseFormat } from "../choose-format.ts";
import { renameAnswers, type RenameFlags } from "../rename-answers.ts";
import { readSides } from "../read-sides.ts";
import { refuseBoth } from "../refuse-both.ts";
import { requireBoth } from "../require-both.ts";
import { tellRevision } from "../render/revision-file.ts";
import { openProject } from "../session.ts";
import { shortenPath } from "../shorten-path.ts";

/** Options of `revision`. */
export type RevisionFlags = RenameFlags & {
  readonly message: string | undefined;
  readonly autogenerate: boolean;
  readonly format: string | undefined;
  readonly revId: string | undefined;
  readonly emptyOk: boolean;
  readonly head: string | undefined;
  readonly splice: boolean;
  readonly branchLabel: readonly string[] | undefined;
  readonly dependsOn: readonly string[] | undefined;
  readonly versionPath: string | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly offline: boolean;
  readonly fromDatabase: boolean;
  readonly requireProof: boolean;
};

const WITHOUT_COMPARISON = "A revision that you write yourself compares nothing, so nothing is asked.";

/** The options that say where a revision belongs; a folder is meant as seen from here. */
function readPlace(
  { head, splice, branchLabel, dependsOn, versionPath }: RevisionFlags,
  cwd: string,
): Pick<RevisionOptions, "head" | "splice" | "branchLabels" | "dependsOn" | "versionPath"> {
  return {
    splice,
    ...(head !== undefined && { head }),
    ...(branchLabel && { branchLabels: branchLabel }),
    ...(dependsOn && { dependsOn }),
    ...(versionPath !== undefined && { versionPath: resolve(cwd, versionPath) }),
  };
}

/** `limbeck revision`. */
export const runRevision: Action<RevisionFlags> = async (session, typed) => {
  const { fromDatabase } = typed;
  for (const name of ["from", "to", "offline", "emptyOk"] as const) {
    refuseBoth(
      "revision",
      typed,
      ["fromDatabase", name],
      "--from-database says what is compared: the revisions and the database.",
    );
  }
  const flags = { ...typed, autogenerate: typed.autogenerate || fromDatabase };
  const { message, autogenerate, revId, emptyOk } = flags;
  if (message === undefined || message.trim() === "") {
    const example = 'limbeck revision -m "add due date to todos"';
    throw usageErrors.flagMissing({ command: "revision", flag: "--message", examples: [example] });
  }
  requireBoth("revision", flags, ["rename", "autogenerate"], WITHOUT_COMPARISON);
  for (const name of ["noRename", "dropOk", "answers", "from", "to", "offline", "requireProof"] as const) {
    requireBoth("revision", flags, [name, "autogenerate"], WITHOUT_COMPARISON);
  }
  refuseBoth(
    "revision",
    flags,
    ["offline", "from"],
    "--offline compares with what the revisions make of an empty database.",
  );
  const format = chooseFormat("revision", flags.format);
  const answers = renameAnswers(session, flags);
  const environment = await openProject(session);
  const options = {
    ...answers,
    message,
    format,
    ...(flags.requireProof && { requireProof: true }),
    ...(revId !== undefined && { revisionId: revId }),
    ...readPlace(flags, session.world.cwd),
  };
  const result = fromDatabase
    ? await adoptDatabase(environment, options)
    : await createRevision(environment, { ...options, ...readSides(session, flags), autogenerate, emptyOk });
  return {
    data: result,
    output: () => shortenPath(result.path, session.world.cwd),
    story: (style) => tellRevision(result, style, { isStamped: fromDatabase }),
  };
};
