import { inspect } from "../../commands/inspect.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { refuseBoth } from "../refuse-both.ts";
import { renderUnmanaged } from "../render/asides.ts";
import { renderDbml } from "../render/inspect/dbml.ts";
import { renderEntityDiagram } from "../render/inspect/entity-diagram.ts";
import { renderListing } from "../render/inspect/listing.ts";
import { openProject } from "../session.ts";

/** Options of `inspect`. */
export type InspectFlags = GlobalFlags & {
  readonly sql: boolean;
  readonly mermaid: boolean;
  readonly dbml: boolean;
};

const FORMS = ["json", "sql", "mermaid", "dbml"] as const;

/** `limbeck inspect`. */
export const runInspect: Action<InspectFlags, string[]> = async (session, flags, ...names) => {
  for (const first of FORMS) {
    const others = FORMS.slice(FORMS.indexOf(first) + 1);
    for (const second of others) refuseBoth("inspect", flags, [first, second], "Each is a form of the same schema.");
  }
  const environment = await openProject(session);
  const result = await inspect(environment, { names, sql: flags.sql });
  const renderType = environment.dialect.types.render;
  return {
    data: result,
    output: (style) => {
      if (result.sql !== undefined) return result.sql.trimEnd();
      if (flags.mermaid) return renderEntityDiagram(result, renderType);
      return flags.dbml ? renderDbml(result, renderType) : renderListing(result, renderType, style);
    },
    story: (style) => {
      const isEmpty = Object.values(result.schema).every((list: readonly unknown[]) => list.length === 0);
      const asides = renderUnmanaged(result.unmanaged, "Also there, and models cannot say it:", style);
      return [isEmpty ? "The database holds no tables." : "", asides].filter((part) => part !== "").join("\n");
    },
  };
};
