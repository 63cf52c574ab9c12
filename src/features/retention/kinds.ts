type Kind = {
  /** What goes where a workspace says nothing; null where it is kept for ever, or as long as the operator says. */
  defaultDays: number | null;
  /** The database has the same bounds as a constraint. */
  minimumDays: number;
  maximumDays: number;
  /** `Chain`: the oldest rows with their seals, and a proven checkpoint. `Rows`: by `app.remove_old`. */
  by: "Chain" | "Rows";
};

/** What a workspace may keep for how long: all that the API, the page and the job know of it. */
export const KINDS = {
  Audit: { defaultDays: null, minimumDays: 365, maximumDays: 3650, by: "Chain" },
  Webhooks: { defaultDays: 30, minimumDays: 1, maximumDays: 30, by: "Rows" },
  Notifications: { defaultDays: 90, minimumDays: 7, maximumDays: 90, by: "Rows" },
  // Somebody's work: kept until an Admin says otherwise.
  Versions: { defaultDays: null, minimumDays: 30, maximumDays: 3650, by: "Rows" },
  Drafts: { defaultDays: null, minimumDays: 7, maximumDays: 3650, by: "Rows" },
  Files: { defaultDays: null, minimumDays: 7, maximumDays: 3650, by: "Rows" },
  Answers: { defaultDays: null, minimumDays: 1, maximumDays: 3650, by: "Rows" },
  // The finest comparison is of a quarter.
  Metrics: { defaultDays: null, minimumDays: 90, maximumDays: 3650, by: "Rows" },
  // Who was away for a week still follows without a gap.
  Events: { defaultDays: 30, minimumDays: 7, maximumDays: 30, by: "Rows" },
} as const satisfies Record<string, Kind>;
export type What = keyof typeof KINDS;
export const WHATS = Object.keys(KINDS) as [What, ...What[]];
