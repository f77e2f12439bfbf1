/** Follows the READMEs and the guides, or those that are named, and writes into them what really happens: `npm run readme:update`. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openWorkshop } from "./walkthrough/create-project.ts";
import { followDocuments, type Difference, type Reader } from "./walkthrough/follow-document.ts";
import { ELLIPSIS } from "./walkthrough/match-output.ts";
import { ADVANCED_WORKSHOP, WORKSHOP } from "./copy-workshop.ts";
import { openWorkshopCopy } from "./walkthrough/open-workshop-copy.ts";
import { readDocument } from "./walkthrough/read-document.ts";
import { README_SESSION } from "./walkthrough/readme-session.ts";

const REPOSITORY = new URL("../", import.meta.url);
const GUIDES = "docs/limbeck_soft_delete_guide/";

/** Documents that are followed in a project of one's own; those of one list in the same, one after the other. */
const SESSIONS: readonly (readonly string[])[] = [README_SESSION, ["packages/limbeck/README.md"]];

const ADVANCED_README = "workshop/01_shared_lists/README.md";

/** Documents that are followed in a copy of a workshop. */
const listWorkshopDocuments = (): readonly string[] => [
  "workshop/00_personal_todo/README.md",
  ADVANCED_README,
  "docs/soft-delete.md",
  ...readdirSync(new URL(GUIDES, REPOSITORY)).map((name) => GUIDES + name),
];

/** The lines that show what happened: below the command, or below the name of the file. */
const documentedLines = ({ step }: Difference): readonly string[] =>
  step.kind === "run" ? step.output : step.text.trimEnd().split("\n");

function writeDifferences(name: string, differences: readonly Difference[]): void {
  const path = fileURLToPath(new URL(name, REPOSITORY));
  const lines = readFileSync(path, "utf8").split("\n");
  // From the end, so that the lines above keep their numbers.
  for (const difference of differences.toReversed()) {
    const documented = documentedLines(difference);
    const { line } = difference.step;
    if (documented.includes(ELLIPSIS)) {
      console.log(
        `${name}:${line}: shortened with ${ELLIPSIS}, so change it by hand; it is now\n${difference.actual.join("\n")}`,
      );
    } else {
      lines.splice(line, documented.length, ...difference.actual);
      console.log(`${name}:${line}: brought up to date`);
    }
  }
  writeFileSync(path, lines.join("\n"));
}

/** Follows documents that go on from one another, and writes into each what happens. */
async function update(names: readonly string[], reader: Reader): Promise<void> {
  const documents = names.map((name) =>
    readDocument(name, readFileSync(fileURLToPath(new URL(name, REPOSITORY)), "utf8")),
  );
  const differences: Difference[] = [];
  const onDifference = (difference: Difference): void => void differences.push(difference);
  await followDocuments(documents, { ...reader, onDifference });
  for (const { name, steps } of documents) {
    const own = differences.filter(({ step }) => steps.includes(step));
    writeDifferences(name, own);
  }
}

async function updateSessions(sessions: readonly (readonly string[])[]): Promise<void> {
  if (sessions.length === 0) return;
  const workshop = openWorkshop();
  try {
    for (const names of sessions) await update(names, workshop.createProject("commonjs"));
  } finally {
    workshop.remove();
  }
}

async function updateWorkshopDocument(name: string): Promise<void> {
  const copy = openWorkshopCopy(name === ADVANCED_README ? ADVANCED_WORKSHOP : WORKSHOP);
  try {
    await update([name], copy);
  } finally {
    copy.remove();
  }
}

const named = process.argv.slice(2);
const isWanted = (name: string): boolean => named.length === 0 || named.includes(name);
await updateSessions(SESSIONS.filter((names) => names.some(isWanted)));
for (const name of listWorkshopDocuments().filter(isWanted)) await updateWorkshopDocument(name);
