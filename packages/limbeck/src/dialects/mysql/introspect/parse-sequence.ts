import type { Sequence } from "../../../schema/model/sequence.ts";
import { unescapeText } from "../parse/unescape-text.ts";
import { toOptions } from "./to-options.ts";

const STATEMENT =
  /start with (-?\d+) minvalue (-?\d+) maxvalue (-?\d+) increment by (-?\d+) (?:cache (\d+)|nocache) (nocycle|cycle) ENGINE=(\w+)(?: COMMENT='((?:[^'\\]|\\[^]|'')*)')?$/;

/** How far sequences count, and how many numbers they keep ready, when nothing is said. https://mariadb.com/kb/en/create-sequence/ */
const USUAL = { lowest: "-9223372036854775807", highest: "9223372036854775806", cache: "1000" } as const;

/**
 * The sequence behind the server's statement; what it does by default goes without saying.
 *
 * @param statement the answer of SHOW CREATE SEQUENCE
 * @returns undefined for those that the model cannot hold
 */
export function parseSequence(name: string, statement: string): Sequence | undefined {
  // A newer server has sequences of other types, and says so between the name and the start.
  const head = /^CREATE SEQUENCE (?:`(?:[^`]|``)*`) (?=start with)/.exec(statement);
  const match = STATEMENT.exec(statement);
  if (head === null || match === null) return undefined;
  const [, start = "", minimum = "", maximum = "", increment = "", cache = "0", cycle, engine = "", comment] = match;
  const isDown = increment.startsWith("-");
  const usual = isDown ? { minimum: USUAL.lowest, maximum: "-1" } : { minimum: "1", maximum: USUAL.highest };
  return {
    name,
    ...(start !== (isDown ? maximum : minimum) && { start }),
    ...(increment !== "1" && { increment }),
    ...(minimum !== usual.minimum && { minimum }),
    ...(maximum !== usual.maximum && { maximum }),
    ...(cache !== USUAL.cache && { cache }),
    ...(cycle === "cycle" && { cycle: true as const }),
    ...toOptions<"sequence">({
      ...(engine !== "InnoDB" && { engine }),
      ...(comment !== undefined && { comment: unescapeText(comment) }),
    }),
  };
}
