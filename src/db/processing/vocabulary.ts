/** What kinds of data there are, as the record of processing tells them. */
export const CATEGORIES = {
  ids: "random ids, of people among them, which tell nothing by themselves",
  person: "names a person, or reaches them",
  device: "tells of a person's device or place",
  content: "what people write for the workspace",
  secret: "passwords and tokens as hashes, keys as they are wrapped",
  technical: "settings, states, numbers and words from our own lists",
  times: "when something was",
} as const;
export type Category = keyof typeof CATEGORIES;

/** What a table is for, and every column of it under one category. */
export type TableProcessing = { purpose: string } & Partial<Record<Category, string>> & {
    /** What becomes of it when a person is erased; said wherever a column is of a person or a device. */
    erasure?: string;
  };
export type Processing = Record<string, TableProcessing>;

export const columnsOf = (table: TableProcessing): Map<string, Category> =>
  new Map(
    (Object.keys(CATEGORIES) as Category[]).flatMap((category) =>
      (table[category]?.split(" ") ?? []).map((name): [string, Category] => [name, category]),
    ),
  );
