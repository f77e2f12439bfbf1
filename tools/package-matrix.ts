/**
 * Follows the README, and the pages that go on from it, with the packed package on the oldest and the newest Node that it is made for, in every kind of project:
 * `npm run package:matrix`.
 */
import { execFileSync } from "node:child_process";
import { openWorkshop, PROJECT_KINDS, type ProjectKind, type Workshop } from "./walkthrough/create-project.ts";
import { followDocuments } from "./walkthrough/follow-document.ts";
import { installNode } from "./walkthrough/install-node.ts";
import { readReadmeSession } from "./walkthrough/readme-session.ts";

/** `engines` begins with the first; the tests run on what lies between. */
const VERSIONS = ["22.18.0", "26.10.0"] as const;

const SESSION = readReadmeSession();

interface Finding {
  readonly version: string;
  readonly kind: ProjectKind;
  readonly seconds: number;
  /** What went wrong; absent when nothing did. */
  readonly problem?: string;
}

async function follow(workshop: Workshop, version: string, kind: ProjectKind): Promise<Finding> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  try {
    const reader = workshop.createProject(kind, installNode(version));
    const running = execFileSync("node", ["--version"], { env: reader.env, encoding: "utf8" }).trim();
    if (running !== `v${version}`) throw new Error(`The project runs on ${running}.`);
    await followDocuments(SESSION, reader);
    return { version, kind, seconds: elapsed() };
  } catch (error) {
    return { version, kind, seconds: elapsed(), problem: error instanceof Error ? error.message : String(error) };
  }
}

function report({ version, kind, seconds, problem }: Finding): void {
  const verdict = problem === undefined ? "ok" : `FAILED\n${problem}`;
  console.log(`node ${version.padEnd(8)} ${kind.padEnd(8)} ${seconds.toFixed(1).padStart(5)} s  ${verdict}`);
}

const workshop = openWorkshop();
try {
  for (const version of VERSIONS) {
    for (const kind of PROJECT_KINDS) {
      const finding = await follow(workshop, version, kind);
      report(finding);
      if (finding.problem !== undefined) process.exitCode = 1;
    }
  }
} finally {
  workshop.remove();
}
