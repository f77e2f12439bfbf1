import { quoteWord } from "../../kernel/quote-word.ts";
import type { RevisionOptions } from "../revision-options.ts";

const repeat = (flag: string, values: readonly string[] = []): readonly string[] =>
  values.flatMap((value) => [flag, value]);

const take = (flag: string, value: string | undefined): readonly string[] => (value === undefined ? [] : [flag, value]);

const turnOn = (flag: string, isOn: boolean | undefined): readonly string[] => (isOn ? [flag] : []);

/** The command line that asks for a revision; for errors, which show how it would have worked. */
export function describeCall(options: RevisionOptions): string {
  return [
    "limbeck",
    "revision",
    "-m",
    options.message,
    ...turnOn("--autogenerate", options.autogenerate),
    ...take("--format", options.format === "ts" ? undefined : options.format),
    ...take("--rev-id", options.revisionId),
    ...turnOn("--empty-ok", options.emptyOk),
    ...repeat("--rename", options.renames),
    ...turnOn("--no-rename", options.noRename),
    ...take("--head", options.head),
    ...turnOn("--splice", options.splice),
    ...repeat("--branch-label", options.branchLabels),
    ...repeat("--depends-on", options.dependsOn),
    ...take("--version-path", options.versionPath),
  ]
    .map(quoteWord)
    .join(" ");
}
