import type { TestedRevision, TrialEffect, TrialProblem, Verdict } from "../../commands/trial/trial-result.ts";
import type { TestResult } from "../../commands/test-revisions.ts";
import { describeRunFailure } from "../../kernel/errors/run-failure.ts";
import type { Style, Tone } from "../style.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { wrapBehind } from "./wrap-text.ts";

const VERDICTS: Readonly<Record<Verdict, { readonly words: string; readonly tone: Tone }>> = {
  broken: { words: "broken", tone: "error" },
  notReached: { words: "not reached", tone: "dim" },
  irreversible: { words: "irreversible", tone: "warning" },
  losesData: { words: "loses data", tone: "warning" },
  untried: { words: "not tried with rows", tone: "warning" },
  reversible: { words: "reversible", tone: "good" },
};

/** The width of the column of verdicts; the longest one is rare, and makes it wider only where it stands. */
const widthOf = (revisions: readonly TestedRevision[]): number =>
  Math.max(VERDICTS.irreversible.words.length, ...revisions.map(({ verdict }) => VERDICTS[verdict].words.length));

/** What a stage should have led to, when it led elsewhere. */
const MISSED: Readonly<Record<TrialProblem["stage"], string>> = {
  upgrade: "the upgrade leads elsewhere",
  downgrade: "the downgrade does not give back the schema from before the upgrade",
  "second upgrade": "after a downgrade, the upgrade does not give the same schema again",
};

function describeProblem({ stage, data, error, differences }: TrialProblem): string {
  if (!error) return [`${MISSED[stage]}:`, ...differences.map((difference) => `  ${difference}`)].join("\n");
  const rows = data === "real" ? "the real rows" : "generated rows";
  return `${stage} with ${rows}: ${describeRunFailure(error)}`;
}

function describeLoss({ table, column, kind, rows, of, direction, data }: TrialEffect): string {
  if (kind === "counter") return `the ${direction} sets back the counter of ${table}: it gives the same numbers again`;
  const number = `${rows} of ${of}${data === "real" ? " real" : ""}`;
  if (kind === "renumbered") return `the ${direction} gives ${number} rows of ${table} another rowid`;
  const what = column === null ? `rows of ${table}` : `values of ${table}.${column}`;
  return `lost by the ${direction}: ${number} ${what}`;
}

function renderDetails(tested: TestedRevision, { paint, symbols, width }: Style): readonly string[] {
  const write = (tone: Tone, sign: string) => (text: string) => {
    const head = `  ${sign}`;
    return paint(tone, head) + wrapBehind(head, text, width).slice(head.length);
  };
  return [
    ...tested.problems.map(describeProblem).map(write("error", symbols.error)),
    ...tested.losses.map(describeLoss).map(write("warning", symbols.warning)),
    ...tested.refusals
      .map(({ direction, error }) => `the ${direction} stops at some rows: ${error.title}`)
      .map(write("dim", symbols.dot)),
    ...tested.notes.map(write("dim", symbols.dot)),
  ];
}

function cut(text: string, room: number, { symbols }: Style): string {
  return text.length <= room
    ? text
    : text.slice(0, Math.max(0, room - symbols.ellipsis.length)).trimEnd() + symbols.ellipsis;
}

/** The verdicts, one revision a line, and below each what there is to say. */
export function renderTest({ revisions }: TestResult, style: Style): string {
  const { paint, width } = style;
  const verdictWidth = widthOf(revisions);
  const idWidth = Math.max(0, ...revisions.map(({ revision }) => revision.length));
  return revisions
    .flatMap((tested) => {
      const { words, tone } = VERDICTS[tested.verdict];
      const room = width - idWidth - verdictWidth - 4;
      const head = `${paint("strong", tested.revision.padEnd(idWidth))}  ${paint(tone, words.padEnd(verdictWidth))}`;
      return [`${head}  ${cut(tested.message, room, style)}`.trimEnd(), ...renderDetails(tested, style)];
    })
    .join("\n");
}

/** What is wrong when all revisions are run at once, and then once more. */
const COMPLAINTS: Readonly<Record<TestResult["secondUpgrade"]["verdict"], string>> = {
  notReached: "",
  nothingToDo: "",
  leadsElsewhere: "All revisions in one run lead elsewhere than one by one",
  changes: "Upgrading a second time is not without effect",
  fails: "Upgrading an empty database in one run fails",
};

function tellSecondUpgrade({ secondUpgrade }: TestResult, { paint, symbols, width }: Style): string {
  const { verdict, differences, error } = secondUpgrade;
  if (verdict === "notReached") return "";
  if (verdict === "nothingToDo") {
    const text = "All of them in one run give the same schema; a second upgrade finds nothing to do.";
    return paint("good", wrapBehind(symbols.done, text, width));
  }
  const complaint = error
    ? `Upgrading an empty database in one run fails: ${error.code} ${error.title}`
    : [`${COMPLAINTS[verdict]}:`, ...differences.map((line) => `  ${line}`)].join("\n");
  return paint("error", wrapBehind(symbols.error, complaint, width));
}

/** A number of revisions and what they do: `1 loses data`, `2 lose data`. */
function countVerdict(verdict: Verdict, number: number): string {
  return verdict === "losesData" && number > 1 ? `${number} lose data` : `${number} ${VERDICTS[verdict].words}`;
}

/** What it comes to, and what is useful next. */
export function tellTest(result: TestResult, style: Style): string {
  const { revisions, counts, seed, usedRealData, isBroken } = result;
  const { paint, symbols, width } = style;
  const kinds: readonly Verdict[] = ["reversible", "untried", "losesData", "irreversible", "broken", "notReached"];
  const parts = kinds.filter((kind) => counts[kind] > 0).map((kind) => countVerdict(kind, counts[kind]));
  const rows = `generated rows (seed ${seed})${usedRealData ? " and with the real ones" : ""}`;
  const verdict = `${count(revisions.length, "revision")} tried with ${rows}: ${parts.join(", ")}.`;
  const worst = revisions.find(({ verdict: own }) => own === "broken");
  return [
    isBroken
      ? paint("error", wrapBehind(symbols.error, verdict, width))
      : paint("good", wrapBehind(symbols.done, verdict, width)),
    tellSecondUpgrade(result, style),
    renderNext(worst ? `limbeck show ${worst.revision}` : "limbeck status", style),
  ]
    .filter((part) => part !== "")
    .join("\n");
}
