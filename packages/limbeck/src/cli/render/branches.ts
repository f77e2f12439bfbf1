import type { BranchesResult, BranchPoint } from "../../commands/branches.ts";
import type { Style } from "../style.ts";
import { renderRevision, renderRevisionInFull } from "./revision.ts";

function renderPoint(point: BranchPoint, verbose: boolean, style: Style): string {
  const head = verbose ? `${renderRevisionInFull(point, style)}\n` : renderRevision(point, style);
  const arrow = `${" ".repeat(point.revision.length)} ${style.paint("dim", "->")} `;
  const lines = point.branches.map(
    (branch) => `${arrow}${renderRevision(branch, style)}${verbose ? `, ${branch.message}` : ""}`,
  );
  return [head, ...lines].join("\n");
}

/** The branch points, each with the revisions that build on it. */
export function renderBranches({ revisions }: BranchesResult, verbose: boolean, style: Style): string {
  return revisions.map((point) => renderPoint(point, verbose, style)).join("\n\n");
}
