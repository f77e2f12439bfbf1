import type { RevisionHeader } from "../revision-header.ts";
import { readField, readMarker } from "./sql-lines.ts";

/** What a new `.sql` revision is made of. */
export interface SqlRevisionContent extends RevisionHeader {
  readonly message: string;
  /** As it is to stand in the file. */
  readonly createDate: string;
  /** What the reader of the file should know, such as what the downgrade can't restore. */
  readonly notes: readonly string[];
  /** The statements of the upgrade with their semicolons; empty where somebody is to write them. */
  readonly upgrade: string;
  /** Those of the way back, or why there is none. */
  readonly downgrade: string | { readonly irreversible: string };
}

/** A comment line; one that would be read as a part of the header or as a marker is put in quotes. */
function renderComment(line: string): string {
  const text = `-- ${line}`.trimEnd();
  const isMeaningful = readField(text) !== undefined || readMarker(text) !== undefined;
  return isMeaningful ? `-- "${line}"` : text;
}

const renderParagraph = (text: string): string =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => renderComment(line.trim()))
    .join("\n");

function renderHeader({ revision, downRevision, branchLabels, dependsOn, replaces }: RevisionHeader): string {
  return [
    `-- revision: ${revision}`,
    `-- down_revision: ${downRevision.join(", ") || "none"}`,
    ...(branchLabels.length > 0 ? [`-- branch_labels: ${branchLabels.join(", ")}`] : []),
    ...(dependsOn.length > 0 ? [`-- depends_on: ${dependsOn.join(", ")}`] : []),
    ...(replaces.length > 0 ? [`-- replaces: ${replaces.join(", ")}`] : []),
  ].join("\n");
}

function renderSection(name: string, statements: string, emptyNote: string): string {
  return `-- limbeck: ${name}\n${statements.trim() === "" ? `-- ${emptyNote}` : statements.trim()}\n`;
}

/** The text of a new `.sql` revision. */
export function renderSqlRevision(content: SqlRevisionContent): string {
  const { message, createDate, notes, upgrade, downgrade, downRevision } = content;
  const note = (what: string): string =>
    downRevision.length > 1
      ? "Brings branches together; nothing changes."
      : `Nothing yet: write the statements of the ${what} here.`;
  const paragraphs = [message.trim() || "empty message", `Created ${createDate}`, notes.join("\n")];
  const comment = paragraphs.filter((paragraph) => paragraph !== "").map(renderParagraph);
  return [
    `${[...comment, renderHeader(content)].join("\n--\n")}\n`,
    renderSection("upgrade", upgrade, note("change")),
    typeof downgrade === "string"
      ? renderSection("downgrade", downgrade, note("way back"))
      : `${renderComment(`There is no downgrade: ${downgrade.irreversible}`)}\n`,
  ].join("\n");
}
