import type { CLOSED, Expectation, Who } from "./actors";
import type { Case } from "./case";
import type { Place, Row } from "./vocabulary";

/** What a room says of its tables, so that isolation is proved of them; a file for each room under `rooms/`. */
export type RoomIsolation = {
  /** By full name, such as `public.personas`. */
  expectations: Record<string, Expectation | typeof CLOSED>;
  /** The row of each table that the matrix reads, locks, changes and removes. */
  rows: Record<string, (place: Place) => Row>;
  /** A further row, as somebody would write it: valid but for who writes it and where. `me` is null for a job. */
  fresh?: Record<string, (place: Place, me: string, who: Who) => Row>;
  /** What a changed column becomes, where its type alone can't say. */
  changes?: Record<string, Record<string, (place: Place, me: string) => string>>;
  /** Rows that the others stand on. */
  surroundings?: (place: Place) => [table: string, row: Row][];
  cases?: Case[];
  /** Functions that the app's log-in may run, each with why it may be open. */
  openFunctions?: Record<string, string>;
  /** The same of the role that the log-in takes for clients. */
  clientFunctions?: Record<string, string>;
};
