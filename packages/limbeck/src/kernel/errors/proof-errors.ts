import { EXIT_CODES } from "../exit-code.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** A revision was tried on a scratch database and did not do what it should; nothing was written. */
export class ProofError extends LimbeckError {
  override readonly name: string = "ProofError";
}

type ProofErrorContexts = {
  readonly upgradeFails: { readonly revision: string; readonly message: string };
  readonly downgradeFails: { readonly revision: string; readonly message: string };
  readonly upgradeMissesTarget: { readonly revision: string; readonly differences: readonly string[] };
  readonly downgradeMissesStart: { readonly revision: string; readonly differences: readonly string[] };
  readonly scratchDiffers: { readonly differences: readonly string[] };
  readonly modelsMissDatabase: { readonly differences: readonly string[] };
  readonly unproven: { readonly reason: string };
  readonly scratchRefuses: { readonly change: string; readonly message: string };
};

const list = (differences: readonly string[]): string => differences.map((difference) => `  ${difference}`).join("\n");

const NOTHING_WRITTEN = "No file was written and the database was not touched.";

const UNNAMED =
  " Where a column gets another name and another type at once, and a view reads it that the models do not name, write the view into the models, or make the new name a " +
  "revision of its own, upgrade, and then generate the one for the type: that one makes the view anew.";

const family = defineErrors<ProofErrorContexts>(ProofError, EXIT_CODES.proofFailed, {
  upgradeFails: {
    code: "LB1101",
    title: ({ revision }) => `The upgrade of the new revision ${revision} fails on a scratch copy of the schema.`,
    why: ({ message }) => `${message}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck diff --sql"],
    explain:
      "A generated revision is run up, down and up again on a scratch database with the current schema before its file is written. " +
      "The upgrade failed there, so it would have failed on the real database. Look at what would be generated with `limbeck diff`, " +
      `correct the models, or write the revision by hand.${UNNAMED}`,
  },
  downgradeFails: {
    code: "LB1102",
    title: ({ revision }) => `The downgrade of the new revision ${revision} fails on a scratch copy of the schema.`,
    why: ({ message }) => `${message}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck diff --sql", 'limbeck revision -m "by hand"'],
    explain:
      "A generated revision is run up, down and up again on a scratch database before its file is written. The way back failed there. " +
      "Write the revision by hand, and report the case: a generated downgrade should never fail.",
  },
  upgradeMissesTarget: {
    code: "LB1103",
    title: ({ revision }) =>
      `After the upgrade of the new revision ${revision} the schema is not what the models describe.`,
    why: ({ differences }) => `Still different on the scratch database:\n${list(differences)}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck diff"],
    explain:
      "The generated upgrade ran on a scratch database, but reading that database back did not give the schema of the models. " +
      "This points to something that the engine changes on its own. Report the case, and write the revision by hand meanwhile.",
  },
  downgradeMissesStart: {
    code: "LB1104",
    title: ({ revision }) =>
      `After up and down, the new revision ${revision} does not give back the schema it started from.`,
    why: ({ differences }) => `Different on the scratch database:\n${list(differences)}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck diff"],
    explain:
      "The generated downgrade ran on a scratch database, but did not give back the schema from before the upgrade. " +
      "Report the case, and write the revision by hand meanwhile.",
  },
  scratchDiffers: {
    code: "LB1105",
    title: () =>
      "The schema of the database cannot be rebuilt exactly on a scratch database, so nothing can be proven there.",
    why: ({ differences }) => `Different on the scratch database:\n${list(differences)}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck diff"],
    explain:
      "To try a revision out, Limbeck builds the current schema on a scratch database and reads it back. It came back different, so the " +
      "database holds something that Limbeck reads or writes wrongly. Report the case with the lines above.",
  },
  modelsMissDatabase: {
    code: "LB1107",
    title: () => "The database cannot be written down as models: they would build something else.",
    why: ({ differences }) => `Different on the scratch database:\n${list(differences)}\n${NOTHING_WRITTEN}`,
    fix: () => ["limbeck inspect --sql"],
    explain:
      "`limbeck pull` loads the models that it is about to write, builds them on a scratch database, and compares that with yours. They differ, so the " +
      "database holds something that Limbeck reads or writes wrongly. Report the case with the lines above. Meanwhile `limbeck inspect --sql` gives " +
      "the statements that create the database; a file of those can be the models of a project.",
  },
  unproven: {
    code: "LB1108",
    title: () => "Nothing can be proven here, and a proof is required.",
    why: ({ reason }) => `${reason}\n${NOTHING_WRITTEN}`,
    fix: () => ['set scratch: "..." in the config, the URL of an empty database that Limbeck may use'],
    explain:
      "Models are compared, and revisions proven, on a scratch database of the same engine and version. None can be had, and `--require-proof`, or " +
      "`requireProof` in the config, says that nothing is done without. Let the user of the database URL create databases, or name an empty database under " +
      "`scratch` in the config. Without that requirement Limbeck compares as far as that can be done for certain, lists what stays open, and writes " +
      "revisions that say `Unproven` in their first lines.",
  },
  scratchRefuses: {
    code: "LB1106",
    title: ({ change }) => `A scratch database refuses a part of the schema: ${change}.`,
    why: ({ message }) => `The engine says: ${message}\n${NOTHING_WRITTEN}`,
    fix: () => ['limbeck revision -m "by hand"'],
    explain:
      "To compare and to try a revision out, Limbeck builds schemas on a scratch database. One of their objects cannot be there: usually an expression in it " +
      "is wrong, or calls a function that only the connection of your program has, or that only another driver brings. " +
      `Correct the models, or write the revision by hand: it runs on the real connection.${UNNAMED}`,
  },
});

/** Builds the errors of proofs. */
export const proofErrors: ErrorFamily<ProofErrorContexts>["create"] = family.create;

/** The part of the error catalogue about proofs. */
export const proofErrorEntries: readonly CatalogueEntry[] = family.entries;
