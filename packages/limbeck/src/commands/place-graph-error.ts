import { GraphError } from "../kernel/errors/graph-errors.ts";
import { formatLocation, locateOffset } from "../kernel/errors/source-location.ts";
import type { HeaderName } from "../scripts/header-value.ts";
import { locateHeaderValues } from "../scripts/revision-header.ts";
import { isSqlFile, readRevisionSource, type RevisionFile } from "../scripts/revision-file.ts";
import { locateSqlField } from "../scripts/sql/sql-header.ts";

/** What of the header each error of an unsound graph is about. */
const PLACES: Readonly<Record<string, HeaderName>> = {
  selfLoop: "downRevision",
  cycle: "downRevision",
  dependencyCycle: "dependsOn",
  missingParent: "downRevision",
  missingDependency: "dependsOn",
  duplicateLabel: "branchLabels",
  illegalRevisionId: "revision",
  illegalLabel: "branchLabels",
  reservedName: "revision",
  replacedTwice: "replaces",
  replacementCircle: "replaces",
  replacementMoved: "downRevision",
};

/** What `.sql` files call it. */
const SQL_NAMES = {
  revision: "revision",
  downRevision: "down_revision",
  dependsOn: "depends_on",
  branchLabels: "branch_labels",
  replaces: "replaces",
} as const satisfies Record<HeaderName, string>;

const spellForSql = (text: string): string =>
  (["downRevision", "dependsOn", "branchLabels"] as const).reduce(
    (line, name) => line.replaceAll(name, SQL_NAMES[name]),
    text,
  );

/** The ids that an error speaks of. */
function listIds({ revision, revisions, squash, squashes }: GraphError["context"]): readonly string[] {
  const named = [revision, revisions, squash, squashes].flat();
  return [...new Set(named.filter((id) => typeof id === "string"))];
}

function findLine(path: string, name: HeaderName): number | undefined {
  const text = readRevisionSource(path);
  if (isSqlFile(path)) return locateSqlField(text, path, SQL_NAMES[name]);
  const span = locateHeaderValues(text, path)[name];
  return span && locateOffset(path, text, span.start).line;
}

function locate({ path }: RevisionFile, name: HeaderName): string {
  const line = findLine(path, name);
  return formatLocation({ path, ...(line !== undefined && { line }) });
}

/** What is to be written in a file stands with the reason, where lines are wrapped; a fix is a command. */
const isCommand = (fix: string): boolean => /^[a-z]/.test(fix);

/** Says in an error of an unsound graph which lines of which files it is about, in the words of these files. */
export function placeGraphError(error: GraphError, files: readonly RevisionFile[]): GraphError {
  const { context, code, reason, title, why, fix, retypings, exitCode } = error;
  const field = context["field"] === "dependsOn" ? "dependsOn" : PLACES[reason];
  if (!field) return error;
  const found = listIds(context).flatMap((id) => files.find(({ revision }) => revision === id) ?? []);
  const places = found.map((file) => ({ file, place: locate(file, field) }));
  const isSql = found.length > 0 && found.every(({ path }) => isSqlFile(path));
  const spell = (text: string): string => (isSql ? spellForSql(text) : text);
  const put = (text: string): string =>
    places.reduce((line, { file, place }) => line.replaceAll(`the file of ${file.revision}`, () => place), spell(text));
  const prose = fix.filter((line) => !isCommand(line)).map((line) => `${put(line)}.`);
  return new GraphError(
    {
      code,
      reason,
      context,
      retypings,
      exitCode,
      title: spell(title),
      why: [spell(why), ...prose, ...places.map(({ file, place }) => `  ${file.revision}: ${place}`)].join("\n"),
      fix: [...fix.filter(isCommand), ...found.map(({ revision }) => `limbeck edit ${revision}`)],
    },
    error.cause,
  );
}
