/** How a case, or the check that there is one, ended on an engine. */
export interface CaseResult {
  readonly engine: string;
  readonly kind: string;
  /** Undefined for the check that the kind has a case. */
  readonly title: string | undefined;
  readonly status: "passed" | "failed" | "skipped";
}

/** The part of vitest's JSON that is used here. */
interface VitestResults {
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

const toStatus = (status: string): CaseResult["status"] =>
  status === "passed" || status === "failed" ? status : "skipped";

/** The results of the suite, from what vitest's JSON reporter wrote. */
export function readResults(json: string): readonly CaseResult[] {
  // Written by the reporter that main.ts asks for.
  const { testResults } = JSON.parse(json) as VitestResults;
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap(({ ancestorTitles, title, status }) => {
      const engine = /^every operation on (.*)$/.exec(ancestorTitles[0] ?? "")?.[1];
      const [, check, kind, own] = /^(?:(\w+) has a case.*|(\w+): (.*))$/s.exec(title) ?? [];
      const name = check ?? kind;
      if (engine === undefined || name === undefined) return [];
      return [{ engine, kind: name, title: own, status: toStatus(status) }];
    }),
  );
}
