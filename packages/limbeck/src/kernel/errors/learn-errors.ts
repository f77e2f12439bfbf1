import { EXIT_CODES } from "../exit-code.ts";
import { quoteWord } from "../quote-word.ts";
import { defineErrors, type CatalogueEntry, type ErrorFamily } from "./define-errors.ts";
import { LimbeckError } from "./limbeck-error.ts";

/** The exercises cannot go on as asked; nothing was changed. */
export class LearnError extends LimbeckError {
  override readonly name: string = "LearnError";
}

type LearnErrorContexts = {
  readonly packageMissing: Readonly<Record<string, never>>;
  readonly notStarted: { readonly folder: string };
  readonly folderTaken: { readonly folder: string; readonly entries: readonly string[] };
  readonly folderUnnamed: Readonly<Record<string, never>>;
  readonly unknownAction: { readonly action: string; readonly similar: string | undefined };
  /** `line` and its `text` are those that are not understood; undefined where what is missing is a line with the exercise at hand. */
  readonly progressBroken: { readonly path: string; readonly line?: number; readonly text?: string };
  readonly solutionEarly: { readonly exercise: string };
  readonly notSolved: { readonly exercise: string; readonly problem: string };
  readonly nothingToUndo: { readonly exercise: string };
  readonly stepFailed: { readonly exercise: string; readonly step: string; readonly problem: string };
  /** `similar` are ids that the word may have meant. */
  readonly unknownExercise: { readonly exercise: string; readonly action: string; readonly similar: readonly string[] };
  readonly exerciseUnnamed: Readonly<Record<string, never>>;
  /** `open` is the id of the one that the project has come to; undefined where all of it is solved. */
  readonly buildsOnOthers: { readonly exercise: string; readonly open: string | undefined };
  readonly wordTooMany: { readonly action: string; readonly word: string };
  readonly ledElsewhere: { readonly variable: string };
  readonly needsTerminal: Readonly<Record<string, never>>;
  readonly serverMissing: {
    readonly server: string;
    readonly variable: string;
    readonly example: string;
    readonly container: string;
    readonly problem: string | undefined;
  };
  /** `isThere`: whether its own database is on the server. */
  readonly labElsewhere: {
    readonly exercise: string;
    readonly database: string;
    readonly isThere: boolean;
    readonly found: string;
  };
  readonly copyMissing: { readonly exercise: string; readonly copy: string };
  readonly cleanUnconfirmed: { readonly databases: readonly string[] };
};

const PROGRESS =
  "`limbeck learn` keeps its place in the file .limbeck-learn/progress.txt of the folder that `limbeck learn start` has laid out, and looks for it there and in the folders above.";

const family = defineErrors<LearnErrorContexts>(LearnError, EXIT_CODES.usage, {
  packageMissing: {
    code: "LB1401",
    title: () => "The exercises are a package of their own, and it is not installed here.",
    why: () => "Projects that only run migrations need no exercises.",
    fix: () => ["npm install --save-dev @limbeck/learn"],
    explain:
      "`limbeck learn` loads the package @limbeck/learn. It is looked for in the project, then beside the package limbeck itself.",
  },
  notStarted: {
    code: "LB1402",
    title: ({ folder }) => `No exercises have been started in ${folder}.`,
    why: () => "They need a folder of their own, with a small project in it.",
    fix: () => ["limbeck learn start my-todo"],
    explain: `${PROGRESS} Go into that folder, or lay out a new one.`,
  },
  folderTaken: {
    code: "LB1403",
    title: ({ folder }) => `The folder ${folder} is not empty.`,
    why: ({ entries }) =>
      `It holds ${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", ..." : ""}; nothing was written over it.`,
    fix: ({ folder }) => [`limbeck learn start ${quoteWord(`${folder}-2`)}`],
    explain: "`limbeck learn start` lays out a project in a new or an empty folder, and writes over no file.",
  },
  folderUnnamed: {
    code: "LB1404",
    title: () => "Say which folder the exercises are to have.",
    why: () => "A small project is laid out in it.",
    fix: () => ["limbeck learn start my-todo"],
    explain: "`limbeck learn start FOLDER` lays out a project in a new or an empty folder.",
  },
  unknownAction: {
    code: "LB1405",
    title: ({ action }) => `"${action}" is nothing that \`limbeck learn\` does.`,
    why: () => "",
    fix: ({ similar }) => [...(similar === undefined ? [] : [`limbeck learn ${similar}`]), "limbeck learn --help"],
    explain:
      "It does start, watch, check, next, go, hint, undo, reset, solution, list, clean, and dev-check, which tries the exercises themselves. Without a word it shows the exercise at hand.",
  },
  progressBroken: {
    code: "LB1406",
    title: ({ path, line }) =>
      line === undefined
        ? `${path} does not say which exercise is at hand.`
        : `Line ${line} of ${path} says nothing that is understood.`,
    why: ({ text }) =>
      `${text === undefined ? "" : `It says "${text}". `}A line is "current" or "done" and the id of an exercise.`,
    fix: () => ["limbeck learn start my-todo"],
    explain: `${PROGRESS} Mend the line by hand, or delete it, or add one that says "current" and the id of an exercise, or start anew in another folder.`,
  },
  solutionEarly: {
    code: "LB1407",
    title: ({ exercise }) => `The solution of ${exercise} is shown once it is solved.`,
    why: () => "There are three hints, each nearer to it than the one before.",
    fix: () => ["limbeck learn hint", "limbeck learn solution --show"],
    explain: "After success the solution is there to compare. `--show` shows it before.",
  },
  notSolved: {
    code: "LB1408",
    title: ({ exercise }) => `${exercise} is not solved yet.`,
    why: ({ problem }) => problem,
    fix: () => ["limbeck learn check", "limbeck learn hint"],
    exitCode: EXIT_CODES.proofFailed,
    explain: "Exercises build on each other, so the next one begins when all checks of this one have passed.",
  },
  nothingToUndo: {
    code: "LB1409",
    title: ({ exercise }) => `Nothing has changed since ${exercise} began.`,
    why: () => "What is wrong was so before, and has to be mended by hand; or an earlier exercise laid out once more.",
    fix: () => ["limbeck learn check", "limbeck learn list"],
    explain:
      "Files and database are remembered whenever an exercise begins and each time it is checked. `undo` goes back one such step, `reset` to the beginning of the exercise.",
  },
  stepFailed: {
    code: "LB1410",
    title: ({ exercise, step }) => `The exercise ${exercise} could not be laid out: "${step}" failed.`,
    why: ({ problem }) => problem,
    fix: () => ["npm install", "limbeck learn reset"],
    explain: "Some exercises prepare a project, for which they run Limbeck itself. What it said stands above.",
  },
  needsTerminal: {
    code: "LB1411",
    title: () => "Watching needs a terminal.",
    why: () => "It draws the exercise anew at each change, and listens to keys.",
    fix: () => ["limbeck learn check"],
    explain:
      "`limbeck learn watch` needs a terminal on both ends. In a pipeline, `limbeck learn check` says the same once.",
  },
  unknownExercise: {
    code: "LB1412",
    title: ({ exercise, similar }) =>
      similar.length > 1 ? `Several exercises are called like "${exercise}".` : `There is no exercise ${exercise}.`,
    why: ({ similar: [first, ...more] }) =>
      first === undefined
        ? ""
        : more.length === 0
          ? `${first} comes close.`
          : `They are ${[first, ...more].join(", ")}.`,
    fix: ({ action, similar: [first] }) => [
      first === undefined ? "limbeck learn list" : `limbeck learn ${action} ${first}`,
    ],
    explain:
      "`limbeck learn go` takes the id of an exercise, as `limbeck learn list` shows it, its number, or a part of the id that no other one has. `limbeck learn dev-check` takes an id, and tries all exercises without.",
  },
  exerciseUnnamed: {
    code: "LB1417",
    title: () => "Say which exercise it goes to.",
    why: () => "",
    fix: () => ["limbeck learn list"],
    explain:
      "`limbeck learn go ID` goes to the exercise with that id, number, or part of an id, as `limbeck learn list` shows them.",
  },
  buildsOnOthers: {
    code: "LB1418",
    title: ({ exercise }) => `${exercise} begins with what the exercises before it have made of the project.`,
    why: ({ open }) =>
      open === undefined ? "All of them are solved, and the project is past it." : `The project has come to ${open}.`,
    fix: ({ open }) => [open === undefined ? "limbeck learn list" : `limbeck learn go ${open}`],
    explain:
      "The exercises in the project itself are done in their order. Those with a folder of their own, the labs, can be gone to at any time, and back from there: `limbeck learn go ID`.",
  },
  wordTooMany: {
    code: "LB1419",
    title: ({ action, word }) => `\`limbeck learn ${action}\` takes no word behind it, and "${word}" is one.`,
    why: ({ action }) => (action === "next" ? "It goes to the exercise behind the one at hand." : ""),
    fix: ({ action, word }) => [...(action === "next" ? [`limbeck learn go ${word}`] : []), `limbeck learn ${action}`],
    explain: "Of the actions, start takes a folder, go an exercise, and dev-check an exercise or an engine.",
  },
  ledElsewhere: {
    code: "LB1413",
    title: ({ variable }) => `${variable} is set, and leads away from the exercises.`,
    why: () => "It goes before their config. What you type for an exercise would go to whatever it names.",
    fix: ({ variable }) => [`unset ${variable}`],
    explain:
      "The exercises have a small SQLite file of their own. DATABASE_URL and LIMBECK_CONFIG in the environment would let every command work on another database, perhaps on one that matters.",
  },
  serverMissing: {
    code: "LB1414",
    title: ({ server }) => `This exercise needs ${server}.`,
    why: ({ variable, problem }) => {
      const state = problem === undefined ? "names no server" : "names one that does not answer";
      return `${variable} ${state}. Without it, \`limbeck learn next\` goes on.${problem === undefined ? "" : ` ${problem}`}`;
    },
    fix: ({ variable, example, container }) => [`export ${variable}=${example}`, container, "limbeck learn next"],
    explain:
      "Some exercises are about what happens on a server only. They make a database of their own there, whose name begins with limbeck_learn_, and touch no other; the user in the URL must be allowed to create " +
      "databases. Name the server in both terminals, or start one for a while. Without one, `limbeck learn next` goes on: these exercises are not asked for.",
  },
  labElsewhere: {
    code: "LB1415",
    title: ({ found }) => `The project of this exercise leads to ${found}.`,
    why: ({ database }) => `Its own database is ${database}, and nothing else is looked at.`,
    // Without a database there is nothing to go back to.
    fix: ({ exercise, isThere }) => [isThere ? "limbeck learn reset" : `limbeck learn go ${exercise}`],
    explain:
      "An exercise on a server has a database of its own, to which the file .env in its folder leads. A URL in the config, another .env or a folder that was moved would let its commands work on another database. `limbeck learn go` begins the exercise anew in a folder that was moved, and keeps the files.",
  },
  copyMissing: {
    code: "LB1416",
    title: ({ copy }) => `The copy ${copy} is no longer on the server.`,
    why: ({ exercise }) => `The files of ${exercise} are back; its database could not be brought back.`,
    fix: ({ exercise }) => ["limbeck learn reset", `limbeck learn go ${exercise}`],
    explain:
      "`undo` and `reset` bring a database on a server back from copies beside it, whose names begin with the name of the database. They are dropped when the exercise is left, by `limbeck learn clean`, and by whoever tidies up the server. Where the database itself has gone too, `limbeck learn go` begins the exercise anew.",
  },
  cleanUnconfirmed: {
    code: "LB1420",
    title: () => "Databases are dropped only when somebody says so, and nobody can be asked here.",
    why: ({ databases }) => `It would drop ${databases.join(", ")}.`,
    fix: () => ["limbeck learn clean --yes"],
    explain:
      "`limbeck learn clean` drops the databases that the exercises of this folder have made on servers, which are written down in .limbeck-learn/databases, and no other. It asks before; `--yes` answers beforehand.",
  },
});

/** Builds the errors of `learn`. */
export const learnErrors: ErrorFamily<LearnErrorContexts>["create"] = family.create;

/** The part of the error catalogue about `learn`. */
export const learnErrorEntries: readonly CatalogueEntry[] = family.entries;
