import type { VersionRowAction } from "./revision-plan.ts";

function invertAction(action: VersionRowAction): VersionRowAction {
  if (action[0] === "insert") return ["delete", action[1]];
  if (action[0] === "delete") return ["insert", action[1]];
  return ["update", action[2], action[1]];
}

/** What takes changes of the version table back, so that it stands exactly as before. */
export function invertVersionRows(actions: readonly VersionRowAction[]): readonly VersionRowAction[] {
  return actions.toReversed().map(invertAction);
}
