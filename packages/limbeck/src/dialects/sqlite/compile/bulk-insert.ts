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
  // Since 3.32. https://www.sqlite.org/limits.html#max_variable_number
  mostVariables: 32_766,
});
