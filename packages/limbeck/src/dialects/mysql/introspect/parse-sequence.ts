import type { Sequence } from "../../../schema/model/sequence.ts";
import { countsDown, findUsualBounds, USUAL_SEQUENCE_CACHE } from "../usual-sequence.ts";
import { unescapeText } from "../parse/unescape-text.ts";
import { toOptions } from "./to-options.ts";

const STATEMENT =
  /start with (-?\d+) minvalue (-?\d+) maxvalue (-?\d+) increment by (-?\d+) (?:cache (\d+)|nocache) (nocycle|cycle) ENGINE=(\w+)(?: COMMENT='((?:[^'\\]|\\[^]|'')*)')?$/;

/** What a sequence says of its numbers, without what goes without saying. */
function readNumbers([, start = "", minimum = "", maximum = "", increment = "", cache = "0"]: RegExpExecArray) {
  const usual = findUsualBounds(increment);
  return {
    ...(start !== (countsDown(increment) ? maximum : minimum) && { start }),
    ...(increment !== "1" && { increment }),
    ...(minimum !== usual.minimum && { minimum }),
    ...(maximum !== usual.maximum && { maximum }),
    ...(cache !== USUAL_SEQUENCE_CACHE && { cache }),
  };
}

/**
 * The sequence behind the server's statement; what it does by default goes without saying.
 *
 * @param statement the answer of SHOW CREATE SEQUENCE
 * @returns undefined for those that the model cannot hold
 */
export function parseSequence(name: string, statement: string): Sequence | undefined {
  // A newer server has sequences of other types, and says so between the name and the start.
  const isPlain = /^CREATE SEQUENCE (?:`(?:[^`]|``)*`) start with/.test(statement);
  const match = STATEMENT.exec(statement);
  if (!isPlain || match === null) return undefined;
  const [cycle, engine = "", comment] = match.slice(6);
  return {
    name,
    ...readNumbers(match),
    ...(cycle === "cycle" && { cycle: true as const }),
    ...toOptions<"sequence">({
      ...(engine !== "InnoDB" && { engine }),
      ...(comment !== undefined && { comment: unescapeText(comment) }),
    }),
  };
}
