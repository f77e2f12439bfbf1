import { listTemplates } from "../../commands/init.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderTemplates } from "../render/templates.ts";
import { renderNext } from "../render/next-command.ts";

/** `limbeck list-templates`. */
export const runListTemplates: Action<GlobalFlags> = async () => {
  const templates = listTemplates();
  const [usual] = templates;
  return {
    data: { templates },
    output: (style) => renderTemplates(templates, style),
    story: (style) => renderNext(`limbeck init --template ${usual?.name}`, style),
  };
};
