/**
 * What every session and every script sets, so that a revision means the same wherever it runs: how the server reads and writes values depends on these.
 * https://www.postgresql.org/docs/current/runtime-config-client.html
 */
export const SESSION_SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ["TimeZone", "UTC"],
  ["DateStyle", "ISO, YMD"],
  ["IntervalStyle", "postgres"],
  ["bytea_output", "hex"],
  ["extra_float_digits", "1"],
  ["standard_conforming_strings", "on"],
  ["xmloption", "content"],
];
