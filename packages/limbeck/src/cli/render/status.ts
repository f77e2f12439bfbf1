import type { StatusResult } from "../../commands/status.ts";
import type { UrlSource } from "../../config/resolved-config.ts";
import type { RevisionSummary } from "../../commands/revision-summary.ts";
import type { Style } from "../style.ts";
import { renderAsides } from "./asides.ts";
import { renderChanges } from "./changes.ts";
import { complete, copyable } from "./copyable.ts";
import { count } from "./count.ts";
import { renderNext } from "./next-command.ts";
import { tellUnusedSquashes } from "./unused-squashes.ts";
import { wrapText } from "./wrap-text.ts";

const LABEL_WIDTH = 11;

const describe = ({ revision, message, replaces }: RevisionSummary): string =>
  [
    revision,
    ...(message === "" ? [] : [message]),
    ...(replaces.length === 0 ? [] : [`(replaces ${count(replaces.length, "revision")})`]),
  ].join("  ");

/** How many pending revisions are listed one by one. */
const LISTED = 10;

function renderPlace({ revisions, unknown, surplus }: StatusResult, { paint }: Style): readonly string[] {
  if (revisions.length === 0 && unknown.length === 0) return ["base (nothing is applied)"];
  return [
    ...revisions.map(describe),
    ...unknown.map((revision) => `${revision}  ${paint("error", "(no such revision file)")}`),
    ...surplus.map((revision) => `${revision}  ${paint("error", "(surplus row: another one includes it)")}`),
  ];
}

function renderPending({ pending, isAtHead, heads }: StatusResult, { paint, symbols }: Style): readonly string[] {
  if (heads.length === 0) return ["there is no revision yet"];
  if (pending.length === 0) return isAtHead ? [paint("good", "none")] : ["unknown"];
  const listed = pending.slice(0, LISTED).map((revision) => `${paint("warning", symbols.up)} ${describe(revision)}`);
  const others = pending.length - listed.length;
  return [
    paint("warning", count(pending.length, "revision")),
    ...listed,
    ...(others > 0 ? [`${symbols.ellipsis} and ${others} more`] : []),
  ];
}

function renderModels(result: StatusResult, { paint, width }: Style): readonly string[] {
  const { changes, missing, modelsProblem, isAtHead, pending } = result;
  if (modelsProblem) {
    const { code, title } = modelsProblem;
    return [paint("warning", "cannot be read"), ...wrapText(`${code} ${title}`, width - LABEL_WIDTH).split("\n")];
  }
  if (changes && changes.length + missing.length > 0) {
    return [paint("warning", count(changes.length + missing.length, "difference"))];
  }
  if (changes) return [paint("good", "agree with the database")];
  if (isAtHead) return ["none in the config"];
  return [pending.length > 0 ? "not compared while the database is behind" : "not compared"];
}

function renderRow(label: string, [first = "", ...rest]: readonly string[]): string {
  return [label.padEnd(LABEL_WIDTH) + first, ...rest.map((line) => " ".repeat(LABEL_WIDTH) + line)].join("\n");
}

function renderEdited(edited: NonNullable<StatusResult["edited"]>, style: Style): readonly string[] {
  const names = edited.map(({ revision }) => revision).join(", ");
  const advice = complete("limbeck verify", style);
  return [style.paint("warning", `${names} changed since ${edited.length === 1 ? "it" : "they"} ran (${advice})`)];
}

/** The command that is most useful now; where nothing is to be done, the one that begins the next change. */
function renderAdvice({ next, changes }: StatusResult, style: Style): string {
  if (next !== undefined) return renderNext(next, style);
  const command = changes ? 'limbeck revision -m "..." --autogenerate' : 'limbeck revision -m "..."';
  return `Nothing to do. For the next change: ${copyable(command, style)}`;
}

/** Which database it is. One that is not the one in the config is worth a second look. */
export function renderDatabase(database: string, urlSource: UrlSource): string {
  return renderRow("Database", [database + (urlSource === "config" ? "" : ` (from ${urlSource})`)]);
}

function describeRun({ revision, direction, holder, since }: NonNullable<StatusResult["running"]>): string {
  const who = [...(holder === undefined ? [] : [holder]), ...(since === undefined ? [] : [`since ${since}`])].join(
    ", ",
  );
  const what = revision === undefined ? "" : ` on the ${direction ?? ""} of ${revision}`;
  return `another run is at work${what}${who === "" ? "" : ` (${who})`}`;
}

function describeHalfway({ revision, direction, failure }: NonNullable<StatusResult["halfway"]>): string {
  const what = `the ${direction} of ${revision} stopped in the middle`;
  return failure === undefined ? what : `${what}:\n${failure}`;
}

/** What people are to see, on as many lines as it takes. */
const stress = (tone: "error" | "warning", text: string, { paint, width }: Style): readonly string[] =>
  wrapText(text, width - LABEL_WIDTH)
    .split("\n")
    .map((line) => paint(tone, line));

/** Everything at a glance, and the one command that is most useful now. */
export function renderStatus(result: StatusResult, urlSource: UrlSource, style: Style): string {
  const { changes = [] } = result;
  const asides = renderAsides(result, style);
  return [
    renderDatabase(result.database, urlSource),
    renderRow("Stands at", renderPlace(result, style)),
    ...(result.heads.length > 1 ? [renderRow("Heads", result.heads.map(describe))] : []),
    renderRow("Pending", renderPending(result, style)),
    renderRow("Models", renderModels(result, style)),
    ...(result.halfway ? [renderRow("In between", stress("error", describeHalfway(result.halfway), style))] : []),
    ...(result.running ? [renderRow("At work", stress("warning", describeRun(result.running), style))] : []),
    ...(result.edited ? [renderRow("Edited", renderEdited(result.edited, style))] : []),
    ...(changes.length > 0 ? [renderChanges(changes, style)] : []),
    ...(asides === "" ? [] : [asides]),
    ...(result.unusedSquashes ? [tellUnusedSquashes(result.unusedSquashes, style)] : []),
    "",
    renderAdvice(result, style),
  ].join("\n");
}
