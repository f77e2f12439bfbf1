import { assert, asyncProperty } from "fast-check";
import { describe, expect, it } from "vitest";
import { diffSchema } from "../diff/diff-schema.ts";
import { DEFAULT_DIFF_RULES } from "../diff/diff-rules.ts";
import type { UnnamedObjects } from "../diff/find-unnamed.ts";
import type { Schema } from "../schema/model/schema.ts";
import { arbitrarySchemaPair } from "../testing/arbitraries/arbitrary-schema.ts";
import { findChanges, type RenameAnswers } from "./find-changes.ts";

const NOTHING: UnnamedObjects = { tables: [], views: [], triggers: [], enums: [], sequences: [], objects: [] };

function find(
  current: Schema,
  target: Schema,
  { built, ...answers }: RenameAnswers & { readonly built?: Schema } = {},
) {
  const wanted = {
    name: "the models",
    schema: target,
    ...(built && { built }),
    unmanaged: [],
    isComplete: true,
    adaptRules: () => DEFAULT_DIFF_RULES,
    serverVersion: "1.0.0",
  };
  const maskTarget = () => ({ target, leftOut: [], hidden: [] });
  const subject = { current, wanted, rules: DEFAULT_DIFF_RULES, maskTarget, listUnnamed: () => NOTHING };
  return findChanges(subject, { noRename: true, ...answers });
}

const copy = (schema: Schema): Schema => structuredClone(schema);

describe("findChanges", () => {
  it("finds what a comparison finds, also where it sees at once that there is nothing to find", () =>
    assert(
      asyncProperty(arbitrarySchemaPair(), async ([one, other]) => {
        expect((await find(one, other)).operations).toEqual(diffSchema(one, other, DEFAULT_DIFF_RULES));
        expect(await find(one, copy(one))).toMatchObject({ operations: [], renamable: [], spellings: [] });
      }),
    ));

  it("takes what was built for what is meant, and nothing else for it", () =>
    assert(
      asyncProperty(arbitrarySchemaPair(), async ([one, other]) => {
        const changed = diffSchema(one, other, DEFAULT_DIFF_RULES);
        expect((await find(one, other, { built: copy(one) })).operations).toEqual([]);
        expect((await find(one, other, { built: other })).operations).toEqual(changed);
      }),
    ));

  it("refuses a rename that there is not, also where nothing differs", () =>
    assert(
      asyncProperty(arbitrarySchemaPair(), async ([one]) => {
        await expect(find(one, copy(one), { renames: ["nowhere:elsewhere"] })).rejects.toMatchObject({
          reason: "renameUnknown",
        });
      }),
      { numRuns: 5 },
    ));
});
