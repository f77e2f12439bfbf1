import { usageErrors } from "../kernel/errors/usage-errors.ts";
import { REVISION_FORMATS, type RevisionFormat } from "../scripts/plan-file.ts";

/** What `--format` asks for. @throws UsageError when there is no such format */
export function chooseFormat(command: string, format = "ts"): RevisionFormat {
  const chosen = REVISION_FORMATS.find((known) => known === format);
  if (chosen) return chosen;
  throw usageErrors.flagChoice({ command, flag: "--format", value: format, choices: REVISION_FORMATS });
}
