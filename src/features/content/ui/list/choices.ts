/** What other rooms know of, by which a list is narrowed and items are changed. */
export type Choices = {
  members: { userId: string; name: string }[];
  tags: { id: string; name: string; color: string }[];
  campaigns: { id: string; name: string }[];
  personas: { id: string; name: string }[];
  /** Has them fetched: until then there are members only. */
  need: () => void;
};
