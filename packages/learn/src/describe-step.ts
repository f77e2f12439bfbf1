import type { Step } from "./step.ts";

const indent = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`))
    .join("\n");

const quote = (word: string): string => (/^[\w@%+=:,./*-]+$/.test(word) ? word : `"${word}"`);

/** A step as a person does it, in one or more lines. */
export function describeStep(step: Step): string {
  switch (step.kind) {
    case "run": {
      const into = step.into === undefined ? "" : ` > ${step.into}`;
      return `$ limbeck ${step.words.map(quote).join(" ")}${into}`;
    }
    case "node":
      return `$ node ${step.path}`;
    case "write":
      return `Write ${step.path}:\n${indent(step.text)}`;
    case "replace":
      return step.to.trim() === ""
        ? `In ${step.path}, delete:\n${indent(step.from)}`
        : `In ${step.path}, in the place of\n${indent(step.from)}\nwrite\n${indent(step.to)}`;
    case "remove":
      return `$ rm -r ${step.path}`;
    case "serverSql":
      return `$ node sql.ts "${step.text}"`;
    default:
      return `$ sqlite3 ${step.database} "${step.text}"`;
  }
}
