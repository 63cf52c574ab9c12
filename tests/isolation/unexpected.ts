import { CLOSED } from "./actors";
import { EXPECTATIONS } from "./expectations";
import type { Tables } from "./stage";

/** Tables and columns that nobody has said anything about, and words about what isn't there. */
export function unexpected(tables: Tables): string[] {
  const found: string[] = [];
  for (const [table, columns] of Object.entries(tables)) {
    const expectation = EXPECTATIONS[table];
    if (!expectation) found.push(`${table} has no expectation: say in expectations.ts who may do what`);
    if (!expectation || expectation === CLOSED) continue;
    const { insert, update = {}, given = [], client = {} } = expectation;
    const said = new Set([
      ...[insert, client.insert].flatMap((written) => written?.columns ?? []),
      ...[update, client.update ?? {}].flatMap(Object.keys),
      ...given,
    ]);
    const present = new Set(columns.map(({ name }) => name));
    for (const name of present)
      if (!said.has(name)) found.push(`${table}.${name} has no expectation: say in expectations.ts who may write it`);
    for (const name of said) if (!present.has(name)) found.push(`${table}.${name} is expected and isn't there`);
  }
  for (const table of Object.keys(EXPECTATIONS)) if (!tables[table]) found.push(`${table} is expected and isn't there`);
  return found;
}
