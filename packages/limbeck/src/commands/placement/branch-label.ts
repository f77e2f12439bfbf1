import { commandErrors } from "../../kernel/errors/command-errors.ts";
import type { Project } from "../project.ts";
import type { RevisionOptions } from "../revision-options.ts";
import { describeCall } from "./describe-call.ts";

/** Words that mean something else in a target or in the header of a file. */
const RESERVED = /^(?:heads?|base|current|none|null|nil|undefined)$/i;

/** What targets and headers need for themselves. */
const ILLEGAL = /[@+:,"'`\s]+/gu;

/** Why a text can be no new label; undefined when it can. */
export function findLabelProblem(label: string): string | undefined {
  if (label === "") return "It is empty.";
  const [bad] = label.match(ILLEGAL) ?? [];
  if (bad !== undefined) return `It contains ${JSON.stringify(bad)}.`;
  if (/^-|-$/.test(label)) return "It begins or ends with a hyphen.";
  return RESERVED.test(label) ? "That word means something else." : undefined;
}

/** A label like another text, but legal and free. */
function suggestLabel(text: string, isTaken: (label: string) => boolean): string {
  const legal = text.replaceAll(ILLEGAL, "_").replaceAll(/^[-_]+|[-_]+$/g, "") || "branch";
  const stem = RESERVED.test(legal) ? `${legal}_branch` : legal;
  if (!isTaken(stem)) return stem;
  let number = 2;
  while (isTaken(`${stem}_${number}`)) number += 1;
  return `${stem}_${number}`;
}

/**
 * Makes sure that the labels of a new revision are legal, free and different.
 *
 * @throws CommandError saying which is not, with a call that works
 */
export function checkBranchLabels({ graph }: Project, options: RevisionOptions): readonly string[] {
  const { branchLabels: labels = [] } = options;
  if (labels.length === 0) return [];
  const owners = new Map(graph.revisions.flatMap((id) => [id, ...graph.get(id).ownLabels].map((name) => [name, id])));
  const findOwner = (label: string): string | undefined =>
    owners.get(label) ?? graph.replacementOf(label) ?? (label === options.revisionId ? label : undefined);
  const isTaken = (label: string): boolean => findOwner(label) !== undefined;
  for (const [position, label] of labels.entries()) {
    const replace = (replacement: readonly string[]): readonly string[] => [
      describeCall({ ...options, branchLabels: labels.toSpliced(position, 1, ...replacement) }),
    ];
    const suggest = (): readonly string[] => replace([suggestLabel(label, isTaken)]);
    const problem = findLabelProblem(label);
    if (problem !== undefined) throw commandErrors.labelIllegal({ label, problem, instead: suggest() });
    if (labels.indexOf(label) !== position) throw commandErrors.labelRepeated({ label, instead: replace([]) });
    const revision = findOwner(label);
    if (revision !== undefined) throw commandErrors.labelTaken({ label, revision, instead: suggest() });
  }
  return labels;
}
