import { explain, listErrors } from "../../commands/explain.ts";
import { usageErrors } from "../../kernel/errors/usage-errors.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderErrorList, renderExplanation } from "../render/explain.ts";

/** Options of `explain`. */
export type ExplainFlags = GlobalFlags & { readonly list: boolean };

/** `limbeck explain`. */
export const runExplain: Action<ExplainFlags, [code: string | undefined]> = async (_session, { list }, code) => {
  if (list) {
    const errors = listErrors();
    return { data: { errors }, output: (style) => renderErrorList(errors, style) };
  }
  if (code === undefined) {
    throw usageErrors.argumentMissing({ command: "explain", argument: "CODE", example: "limbeck explain --list" });
  }
  const entry = explain(code);
  return { data: entry, output: (style) => renderExplanation(entry, style) };
};
