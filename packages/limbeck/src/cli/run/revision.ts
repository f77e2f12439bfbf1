import { createRevision } from "../../commands/revision.ts";
import { usageErrors } from "../../kernel/errors/usage-errors.ts";
import type { Action } from "../action.ts";
import { chooseFormat } from "../choose-format.ts";
import { renameAnswers, type RenameFlags } from "../rename-answers.ts";
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
};

/** `limbeck revision`. */
export const runRevision: Action<RevisionFlags> = async (session, flags) => {
  const { message, autogenerate, revId, emptyOk } = flags;
  if (message === undefined || message.trim() === "") {
    const example = 'limbeck revision -m "add due date to todos"';
    throw usageErrors.flagMissing({ command: "revision", flag: "--message", example });
  }
  const format = chooseFormat("revision", flags.format);
  const answers = renameAnswers(session, flags);
  const result = await createRevision(await openProject(session), {
    ...answers,
    message,
    autogenerate,
    emptyOk,
    format,
    ...(revId !== undefined && { revisionId: revId }),
  });
  return {
    data: result,
    output: () => shortenPath(result.path, session.world.cwd),
    story: (style) => tellRevision(result, style),
  };
};
