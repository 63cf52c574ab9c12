/** What a member may be in a workspace, from the least to the most allowed. */
export const ROLES = ["Viewer", "Writer", "Editor", "Admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: authenticated, but not yet known to be a member. The session's random id is the proof. */
export type SessionClaim = {
  kind: "session";
  sessionId: string;
  userId: string;
  /** Where none is named, the only workspace of the person is meant. */
  workspaceId: string | undefined;
};

/** A job that a live worker holds; its workspace comes from its own row. */
export type JobClaim = { kind: "job"; jobId: string };

/** Whoever reads the published pages of one site. */
export type VisitorClaim = { kind: "visitor"; slug: string };

export type Claim = SessionClaim | JobClaim | VisitorClaim;

/** Who acts, as the database told on entry. `userId` is undefined for jobs and visitors. */
export type Actor<R extends string = Role> = { workspaceId: string; userId: string; role: R };
export type SystemActor = { workspaceId: string; userId: undefined; role: "System" };

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
