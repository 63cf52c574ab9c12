/** What a member may be in a workspace, from the least to the most allowed. */
export const ROLES = ["Viewer", "Writer", "Editor", "Admin"] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: authenticated, but not yet known to be a member. The session's random id is the proof. */
export type SessionClaim = {
  sessionId: string;
  /** Where none is named, the only workspace of the person is meant. */
  workspaceId: string | undefined;
  requestId: string | undefined;
  /** Called where the database let them in as the operator's support. */
  onSupport?: (workspaceId: string) => void;
};

/** A program with an API key. The proof is the key's hash, or what a service token of it carries. */
export type KeyClaim = {
  keyProof: string;
  /** What the operation asks of a key, such as `content:write`; null for what every key may. */
  scope: string | null;
  workspaceId: string | undefined;
  requestId: string | undefined;
};

/** Who acts in a workspace: a member by their session, or a key in the name of one. */
export type MemberClaim = SessionClaim | KeyClaim;

/** A job that a live worker holds; its workspace comes from its own row. The worker's id is random, and the proof. */
export type JobClaim = { jobId: string; workerId: string };

/** A signed-in person outside any workspace. */
export type Person = { userId: string; requestId: string | undefined };

/** A member in a workspace, with the role that the database gave on entry. */
export type Actor = {
  workspaceId: string;
  userId: string;
  role: Role;
  requestId: string | undefined;
  /** The API key that acts in the member's name. */
  keyId?: string;
};

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
export type SessionIdentity = {
  sessionId: string;
  userId: string;
  /** A browser sends a cookie by itself, so that a request with one must come from our own pages. */
  via: "bearer" | "cookie";
};

/** A program, of whose key nothing is known yet but that it may be one. */
export type KeyIdentity = {
  keyProof: string;
  via: "key";
  /** What a service token is narrowed to; undefined where the key's own scopes say it. */
  scopes?: readonly string[];
};

export type Identity = SessionIdentity | KeyIdentity;

export const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
