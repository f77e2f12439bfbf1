import { LimbeckError } from "../kernel/errors/limbeck-error.ts";
import { scriptErrors } from "../kernel/errors/script-errors.ts";
import type { PlannedFile, WrittenFile } from "./plan-revision-file.ts";

/**
 * What was proven is not what stands in the file any more, once hooks have changed it: then it is proven again.
 *
 * @param prove throws a LimbeckError when a text does not do what it should
 * @throws ScriptError when the new text does not; the file stays
 */
export async function proveAfterHooks(
  { path, revision, source }: PlannedFile,
  { text, hooks }: WrittenFile,
  prove: (text: string) => Promise<unknown>,
): Promise<void> {
  if (text === source) return;
  try {
    await prove(text);
  } catch (error) {
    if (!(error instanceof LimbeckError)) throw error;
    const names = hooks.map(({ name }) => name);
    throw scriptErrors.hookBrokeProof({ names, path, revision, problem: error.title }, error);
  }
}
