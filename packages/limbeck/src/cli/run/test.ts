import { testRevisions } from "../../commands/test-revisions.ts";
import { EXIT_CODES } from "../../kernel/exit-code.ts";
import type { Action } from "../action.ts";
import type { GlobalFlags } from "../global-flags.ts";
import { renderTest, tellTest } from "../render/test.ts";
import { openProject } from "../session.ts";
import { stoppable } from "../stoppable.ts";
import { createTestProgress } from "../test-progress.ts";
import { readWholeNumber } from "../whole-number.ts";

/** Options of `test`. */
export type TestFlags = GlobalFlags & {
  readonly data: boolean;
  readonly seed: string | undefined;
};

/** `limbeck test`. */
export const runTest: Action<TestFlags, [range: string | undefined]> = async (session, { data, seed }, range) => {
  const options = {
    data,
    ...(seed !== undefined && { seed: readWholeNumber("test", "--seed", seed) }),
    ...(range !== undefined && { range }),
  };
  const progress = createTestProgress(session);
  try {
    const result = await stoppable(session, async (hooks) =>
      testRevisions(await openProject(session, hooks), { ...options, onProgress: progress.show }),
    );
    return {
      data: result,
      output: (style) => renderTest(result, style),
      story: (style) => tellTest(result, style),
      exitCode: result.isBroken ? EXIT_CODES.migrationFailed : EXIT_CODES.ok,
    };
  } finally {
    progress.clear();
  }
};
