import type { Readable } from "node:stream";

/** A file of a source, or why it isn't taken. `bytes` is what its listing says, which nobody relies on. */
export type SourceFile = { path: string; bytes: number } | { path: string; problem: string };

/** Where files come from: a folder, an archive, or one file. Paths are relative, with `/`, in the order of their bytes. */
export type Source = {
  files: readonly SourceFile[];
  /** @throws {SourceProblem} where there is no such file, or more than `maxBytes` */
  read(path: string, maxBytes: number): Promise<Buffer>;
  /** For what is larger than memory should hold. @throws {SourceProblem}, also while it is read */
  stream(path: string): Promise<Readable>;
  has(path: string): boolean;
  close(): Promise<void>;
};

export const byPath = (one: { path: string }, other: { path: string }) =>
  one.path < other.path ? -1 : one.path > other.path ? 1 : 0;
