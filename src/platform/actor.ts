/** What a member may be in a workspace, from the least to the most allowed. */
export const ROLES = ["Viewer", "Writer", "Editor", "Admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: authenticated, but not yet known to be a member. The session's random id is the proof. */
export type SessionClaim = {
  sessionId: string;
  /** Where none is named, the only workspace of the person is meant. */
  workspaceId: string | undefined;
  requestId: string | undefined;
};

/** A job that a live worker holds; its workspace comes from its own row. The worker's id is random, and the proof. */
export type JobClaim = { jobId: string; workerId: string };

/** A signed-in person outside any workspace. */
export type Person = { userId: string; requestId: string | undefined };

/** A member in a workspace, with the role that the database gave on entry. */
export type Actor = { workspaceId: string; userId: string; role: Role; requestId: string | undefined };

/** A job, which acts for no one. */
export type SystemActor = { workspaceId: string; userId: null; role: "System"; requestId: undefined };

/** A client who carries the token of a review link and their own: hashes, of which nothing is known yet. */
export type GuestClaim = { tokenHash: string; guestTokenHash: string; requestId: string | undefined };

/** A client who came by a review link, as the database told on entry. */
export type GuestActor = {
  workspaceId: string;
  userId: null;
  role: "Guest";
  guestId: string;
  linkId: string;
  requestId: string | undefined;
};

export type AnyActor = Actor | SystemActor | GuestActor;

/** By whichever id whoever acts is known; null for a job. */
export const actorIdOf = (actor: AnyActor) => (actor.role === "Guest" ? actor.guestId : actor.userId);

/** Who carries a verified credential. */
export type Identity = {
  sessionId: string;
  userId: string;
  /** A browser sends a cookie by itself, so that a request with one must come from our own pages. */
  via: "bearer" | "cookie";
};

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
