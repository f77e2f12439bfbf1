/** Follows the READMEs and writes into them what really happens: `npm run readme:update`. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openWorkshop, type Workshop } from "./walkthrough/create-project.ts";
import { followDocument, type Difference } from "./walkthrough/follow-document.ts";
import { ELLIPSIS } from "./walkthrough/match-output.ts";
import { readDocument } from "./walkthrough/read-document.ts";

const READMES = ["README.md", "packages/limbeck/README.md"] as const;

/** The lines that show what happened: below the command, or below the name of the file. */
const documentedLines = ({ step }: Difference): readonly string[] =>
  step.kind === "run" ? step.output : step.text.trimEnd().split("\n");

async function update(workshop: Workshop, name: string): Promise<void> {
  const path = fileURLToPath(new URL(`../${name}`, import.meta.url));
  const lines = readFileSync(path, "utf8").split("\n");
  const differences: Difference[] = [];
  const onDifference = (difference: Difference): void => void differences.push(difference);
  await followDocument(readDocument(name, lines.join("\n")), { ...workshop.createProject("commonjs"), onDifference });
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

const workshop = openWorkshop();
try {
  for (const name of READMES) await update(workshop, name);
} finally {
  workshop.remove();
}
