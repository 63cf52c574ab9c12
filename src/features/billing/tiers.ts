export const TIER_NAMES = ["Free", "Team", "Agency", "Enterprise"] as const;
export type TierName = (typeof TIER_NAMES)[number];

export type TierLimits = {
  /** Members of a workspace. */
  seats: number;
  /** Workspaces that one account pays for. */
  workspaces: number;
  /** Connected accounts, the built-in site apart. */
  channels: number;
  /** Credits for AI, each month. The database has the same numbers in `app.included_credits`. */
  creditsPerMonth: number;
  storageBytes: number;
};

const GIB = 1024 ** 3;

/** What each tier includes. */
export const TIERS: Record<TierName, TierLimits> = {
  Free: { seats: 3, workspaces: 1, channels: 3, creditsPerMonth: 100, storageBytes: 2 * GIB },
  Team: { seats: 10, workspaces: 3, channels: 15, creditsPerMonth: 2_000, storageBytes: 50 * GIB },
  Agency: { seats: 50, workspaces: 50, channels: 200, creditsPerMonth: 10_000, storageBytes: 500 * GIB },
  Enterprise: { seats: 1_000, workspaces: 1_000, channels: 5_000, creditsPerMonth: 50_000, storageBytes: 5_000 * GIB },
};

/** What a plan limits beside credits, which have a ledger of their own. */
export const LIMIT_NAMES = ["seats", "workspaces", "channels", "storageBytes"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** What is bought at once beyond what is included: one pack of credits. */
export const TOP_UP_CREDITS = 1_000;

/** What is left when it is said that credits run low, as a share of all there was in the month. */
export const LOW_SHARE = 0.2;
