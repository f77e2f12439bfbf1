import { readDocuments } from "./documents/documents.ts";
import { publishDocuments } from "./documents/publish.ts";
import type { Page, PageGroup } from "./page.ts";
import { readDeclarations } from "./read/declarations.ts";
import { buildCommandPages } from "./reference/commands.ts";
import { buildConfigPage } from "./reference/config.ts";
import { buildErrorPages, readErrorFamilies } from "./reference/errors.ts";
import { buildExitCodePage } from "./reference/exit-codes.ts";
import { buildLibraryPages } from "./reference/library.ts";
import { buildOperationDataPage } from "./reference/operation-data.ts";
import { buildOperationPages } from "./reference/operations.ts";
import { buildStartPage } from "./start-page.ts";

/** Everything that the site shows. */
export interface Site {
  readonly pages: readonly Page[];
  /** What the navigation lists: the documents, and the reference. */
  readonly documents: readonly PageGroup[];
  readonly reference: readonly PageGroup[];
}

/**
 * Makes all pages of the site: the documents of the repository, and the reference from the code.
 *
 * @param root the folder of the repository
 */
export async function buildSite(root: string): Promise<Site> {
  const documents = readDocuments(root);
  const declarations = readDeclarations(root);
  const families = await readErrorFamilies(declarations);
  const reference: readonly PageGroup[] = [
    { title: "Commands", pages: buildCommandPages(documents, families) },
    {
      title: "Operations",
      pages: [...(await buildOperationPages(declarations, documents)), buildOperationDataPage(declarations)],
    },
    { title: "Settings", pages: [buildConfigPage(declarations, documents), buildExitCodePage(declarations)] },
    { title: "Error codes", pages: buildErrorPages(families, documents) },
    { title: "Library", pages: buildLibraryPages(declarations, documents) },
  ];
  const pages = [
    buildStartPage(root),
    ...publishDocuments(documents, { root }),
    ...reference.flatMap((group) => group.pages),
  ];
  return { pages, documents: documents.groups, reference };
}
