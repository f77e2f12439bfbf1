import { finding, type Check } from "../exercise.ts";

/** Everything that the project has is applied, unedited, and fits the models. */
export const APPLIED: Check = {
  title: "It is applied to your database, which fits the models",
  find: async (learner) => {
    const { limbeck } = await learner.open();
    const { isAtHead } = await limbeck.current();
    if (!isAtHead)
      return finding("not-applied", "Your database does not stand at the head yet.", "limbeck upgrade head");
    await limbeck.verify();
    const { changes } = await limbeck.diff();
    return changes.length === 0
      ? undefined
      : finding(
          "database-differs",
          `Database and models do not agree: ${changes.map(({ text }) => text).join("; ")}.`,
          "limbeck diff",
        );
  },
};
