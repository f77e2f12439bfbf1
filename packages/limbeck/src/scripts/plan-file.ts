import { sep } from "node:path";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import { splitDate } from "./date-parts.ts";
import { DEFAULT_FILE_TEMPLATE, fillFileTemplate, findNextSerial } from "./file-template.ts";
import { checkRevisionId, makeDateSerialId, type IdStyle } from "./revision-id.ts";
import type { RevisionFile } from "./revision-file.ts";
import { DEFAULT_SLUG_LENGTH, makeSlug } from "./slug.ts";

/** What a new revision is written in. */
export const REVISION_FORMATS = ["ts", "sql"] as const;

/** One of the {@link REVISION_FORMATS}. */
export type RevisionFormat = (typeof REVISION_FORMATS)[number];

/** What the name and the id of a new revision are made of. */
export interface FilePlanRequest {
  readonly message: string;
  /** The revisions that there are. */
  readonly files: readonly RevisionFile[];
  readonly now: Date;
  /** Twelve random hexadecimal digits, new ones at each call. */
  readonly randomId: () => string;
  /** The id that somebody chose; default: a new one. */
  readonly revisionId?: string;
  /** Default `random`. */
  readonly idStyle?: IdStyle;
  /** Default {@link DEFAULT_FILE_TEMPLATE}. */
  readonly fileTemplate?: string;
  /** Default {@link DEFAULT_SLUG_LENGTH}. */
  readonly slugLength?: number;
  /** What the file is written in; its ending says so. Default `ts`. */
  readonly format?: RevisionFormat;
  /** IANA name of the time zone of the dates; default: the system's. */
  readonly timezone?: string;
}

/** The id of a new revision, and the name of its file. */
export interface FilePlan {
  readonly revision: string;
  /** With slashes where the template leads into folders. */
  readonly fileName: string;
}

const SERIAL_ID = "{year}_{month}_{day}_{serial}";

/** What a file says that cannot be the id of another revision. */
const listNames = ({ revision, branchLabels, replaces }: RevisionFile): readonly string[] => [
  revision,
  ...branchLabels,
  ...replaces,
];

/**
 * Refuses an id that no new revision can have.
 *
 * @throws ScriptError when it can be none, or is taken
 */
export function requireFreeId(files: readonly RevisionFile[], revisionId: string): void {
  checkRevisionId(revisionId);
  const taken = files.find((file) => listNames(file).includes(revisionId));
  if (taken) throw scriptErrors.revisionIdTaken({ revision: revisionId, path: taken.path });
}

function chooseId({ files, revisionId, idStyle, randomId }: FilePlanRequest, serialId: string): string {
  if (revisionId !== undefined) {
    requireFreeId(files, revisionId);
    return revisionId;
  }
  if (idStyle === "date-serial") return serialId;
  const names = new Set(files.flatMap(listNames));
  let id = randomId();
  while (names.has(id)) id = randomId();
  return id;
}

/**
 * Chooses the id of a new revision and the name of its file.
 *
 * @throws ScriptError when the id that was asked for can't be one, or is taken
 */
export function planFile(request: FilePlanRequest): FilePlan {
  const { message, files, now, fileTemplate = DEFAULT_FILE_TEMPLATE, slugLength = DEFAULT_SLUG_LENGTH } = request;
  const date = splitDate(now, request.timezone);
  const names = files.map((file) => file.path.replaceAll(sep, "/").replace(/\.[^.]*$/, ""));
  const serials = [findNextSerial(fileTemplate, date, names)];
  // Id and name share the number, so that 003 in the one is never 004 in the other.
  if (request.idStyle === "date-serial")
    serials.push(
      findNextSerial(
        SERIAL_ID,
        date,
        files.map((file) => file.revision),
      ),
    );
  const serial = serials.toSorted((a, b) => Number(b) - Number(a))[0] ?? "001";
  const revision = chooseId(request, makeDateSerialId(date, serial));
  const slug = makeSlug(message, slugLength);
  const epoch = String(Math.floor(now.getTime() / 1000));
  const tokens = { ...date, epoch, serial, rev: revision, slug };
  return { revision, fileName: fillFileTemplate(fileTemplate, tokens, `.${request.format ?? "ts"}`) };
}
