import { createBulkInsert, type CompileBulkInsert } from "../../../dialect/compile-bulk-insert.ts";
import { encodeForType } from "../encode-for-type.ts";
import { quoteName } from "../names.ts";
import { renderPlaceholder } from "../placeholder.ts";
import { quoteIdentifier } from "../quote.ts";

export const compileBulkInsert: CompileBulkInsert = createBulkInsert({
  encodeForType,
  quoteIdentifier,
  quoteName,
  placeholder: renderPlaceholder,
  // The protocol counts them in 16 bits. https://www.postgresql.org/docs/current/protocol-message-formats.html
  mostVariables: 65_535,
});
