import { createBulkInsert, type CompileBulkInsert } from "../../../dialect/compile-bulk-insert.ts";
import { foldName } from "../../../kernel/fold-name.ts";
import { encodeForType } from "../encode-for-type.ts";
import { quoteIdentifier } from "../quote.ts";

export const compileBulkInsert: CompileBulkInsert = createBulkInsert({
  encodeForType,
  foldName,
  quoteIdentifier,
  quoteName: quoteIdentifier,
  placeholder: () => "?",
  // Values stand in the text of a statement, which a server takes up to 16 MiB of unless it is told otherwise.
  // https://mariadb.com/kb/en/server-system-variables/#max_allowed_packet
  mostVariables: 2000,
  noColumns: "() VALUES ()",
});
