import type { LearnLook } from "limbeck/commands";
import { SERVER_KINDS, type ServerEngine } from "./engine.ts";
import type { Exercise } from "./exercise.ts";
import type { Progress } from "./progress.ts";
import { INDENT, proseWidth } from "./screens.ts";
import { wrap } from "./wrap.ts";

/** How a server is had, for the exercises that need one. */
function renderServer(engine: ServerEngine, look: LearnLook): readonly string[] {
  const { title, variable, example, container } = SERVER_KINDS[engine];
  return [
    "",
    wrap(`${title}: name a server, in both terminals. For one that is thrown away later:`, proseWidth(look), INDENT),
    look.paint("command", `    ${container.split(" -e ").join(" \\\n      -e ")}`),
    look.paint("command", `    export ${variable}=${example}`),
  ];
}

const OWN_PROJECT =
  "From here on it is your own project: limbeck init in it, or limbeck pull where there is a database already.";

/** What is said at the end. */
export function renderEnd(
  { exercises, progress }: { readonly exercises: readonly Exercise[]; readonly progress: Pick<Progress, "done"> },
  { leftovers, look }: { readonly leftovers: readonly string[]; readonly look: LearnLook },
): string {
  const width = proseWidth(look);
  const left = exercises.filter(({ id, engine }) => engine !== undefined && !progress.done.includes(id));
  const needed = [...new Set(left.flatMap(({ engine }) => (engine === undefined ? [] : [engine])))];
  const solved =
    left.length === 0
      ? `All ${exercises.length} exercises are solved.`
      : `${exercises.length - left.length} of ${exercises.length} exercises are solved.`;
  const rest = `${left.length} more need a server; nothing builds on them: ${left.map(({ id }) => id).join(", ")}.`;
  return [
    `${INDENT}${look.paint("good", solved)}`,
    ...(left.length === 0 ? [] : [wrap(rest, width, INDENT)]),
    ...needed.flatMap((engine) => renderServer(engine, look)),
    ...(left.length === 0 ? [] : ["", `${INDENT}Then  ${look.paint("command", "limbeck learn next")}`, ""]),
    ...(leftovers.length === 0
      ? []
      : [
          wrap(`Databases of the exercises are still there: ${leftovers.join(", ")}. To drop them:`, width, INDENT),
          look.paint("command", "    limbeck learn clean"),
        ]),
    wrap(OWN_PROJECT, width, INDENT),
    "",
  ].join("\n");
}
