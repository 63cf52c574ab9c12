// Written by `npm run generate` from the contracts: change those instead.

export type SignedIn = {
  user: User;
  /** A JWT for the header `Authorization: Bearer …`. */
  accessToken: string;
  /** Good for one `POST /auth/refresh`, for 30 days. */
  refreshToken: string;
  /** When the access token ends. RFC 3339. */
  expiresAt: string;
};

export type User = {
  id: string;
  email: string;
  name: string;
  /** RFC 3339. */
  createdAt: string;
};

export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  issues?: {
    path: string;
    message: string;
  }[] | undefined;
  requestId: string;
};

export type Signup = {
  email: string;
  password: string;
  name: string;
};

export type Login = {
  email: string;
  password: string;
};

export type Refresh = {
  refreshToken?: string | undefined;
};

export type ForgotPassword = {
  email: string;
};

export type ResetPassword = {
  token: string;
  password: string;
};

export type ChangePassword = {
  currentPassword: string;
  newPassword: string;
};

export type Me = {
  user: User;
};

export type Sessions = {
  items: Session[];
  nextCursor: null;
};

export type Session = {
  id: string;
  current: boolean;
  ipAddress: string | null;
  userAgent: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  expiresAt: string;
};

export type Jwks = {
  keys: {
    kty: string;
    crv: string;
    x: string;
    kid: string;
    alg: string;
    use: string;
  }[];
};

export type WorkspacePage = {
  items: Workspace[];
  nextCursor: string | null;
};

export type Workspace = {
  id: string;
  name: string;
  slug: string;
  ownerId: string;
  branding: Branding;
  timeZone: string;
  region: string;
  language: string;
  approvalSteps: {
    role: "Viewer" | "Writer" | "Editor" | "Admin" | "Client";
  }[];
  lateAfterMinutes: number | null;
  role: Role;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type Branding = {
  primaryColor?: string | undefined;
  logoUrl?: string | undefined;
  /** An image of the library; it goes before `logoUrl`. */
  logoAssetId?: string | undefined;
  /** An image of the library. */
  faviconAssetId?: string | undefined;
  tagline?: string | undefined;
  footer?: string | undefined;
};

export type Role = "Viewer" | "Writer" | "Editor" | "Admin";

export type CreateWorkspace = {
  name: string;
  /** `{}` where it is left out. */
  branding?: {
    primaryColor?: string | undefined;
    logoUrl?: string | undefined;
    tagline?: string | undefined;
    footer?: string | undefined;
  } | undefined;
  /** `"UTC"` where it is left out. */
  timeZone?: string | undefined;
  region?: string | undefined;
};

export type UpdateWorkspace = {
  name?: string | undefined;
  slug?: string | undefined;
  branding?: Branding | undefined;
  timeZone?: string | undefined;
  language?: string | undefined;
  approvalSteps?: {
    role: "Viewer" | "Writer" | "Editor" | "Admin" | "Client";
  }[] | undefined;
  lateAfterMinutes?: number | null | undefined;
};

export type HandOver = {
  userId: string;
};

export type MemberPage = {
  items: Member[];
  nextCursor: string | null;
};

export type Member = {
  userId: string;
  name: string;
  email: string;
  role: Role;
  status: "Active";
  /** RFC 3339. */
  joinedAt: string;
};

export type IssuedInvitation = Invitation & {
  /** The link that was mailed. It is told once: a repeated request with the same key goes without it. */
  inviteUrl?: string | undefined;
};

export type Invitation = {
  id: string;
  email: string;
  role: Role;
  status: "Invited" | "Expired";
  invitedBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  expiresAt: string;
};

export type InviteMember = {
  email: string;
  role: Role;
};

export type ChangeMember = {
  role: Role;
};

export type InvitationPage = {
  items: Invitation[];
  nextCursor: string | null;
};

export type Joined = {
  workspaceId: string;
  role: Role;
};

export type AcceptInvitation = {
  token: string;
};

export type ChannelPage = {
  items: Channel[];
  nextCursor: string | null;
};

export type Channel = {
  id: string;
  workspaceId: string;
  network: "site" | "webhook" | "bluesky";
  label: string;
  name: string;
  status: "Connected" | "Failing" | "Revoked" | "Disconnected";
  remoteAccount: string;
  builtIn: boolean;
  healthMessage: string | null;
  /** RFC 3339. */
  checkedAt: string | null;
  limits: {
    form: "article" | "thread";
    maxParts: number;
    maxGraphemes: number | null;
    maxBytes: number | null;
    maxImages: number;
  };
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type ConnectedChannel = Channel & {
  /** What was made here and is needed elsewhere, by its label. It is never shown again. */
  reveal?: Record<string, string> | undefined;
};

export type ConnectChannel = {
  network: "webhook";
  url: string;
  secret?: string | undefined;
} | {
  network: "bluesky";
  /** `"https://bsky.social"` where it is left out. */
  service?: string | undefined;
  identifier: string;
  appPassword: string;
};

export type UpdateChannel = {
  name: string;
};

export type ContentImport = {
  id: string;
  workspaceId: string;
  status: "Queued" | "Running" | "Finished" | "Failed" | "Canceled";
  fileName: string;
  assetId: string | null;
  /** As recognised by its content. */
  format: "Folder" | "WordPress" | "Rss" | "Atom" | "ContentOS" | null;
  source: string | null;
  dryRun: boolean;
  counts: {
    imported: number;
    updated: number;
    unchanged: number;
    /** Changed in the source and here as well: nothing was overwritten. */
    conflicts: number;
    skipped: number;
    failed: number;
  };
  progress: {
    done: number;
    /** Known once all was looked at. */
    total: number | null;
  };
  /** Why it failed. */
  message: string | null;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  startedAt: string | null;
  /** RFC 3339. */
  endedAt: string | null;
};

export type StartImport = {
  /** An upload with the purpose Import, once it is Ready. */
  uploadId?: string | undefined;
  /** Or the file that came of it. */
  assetId?: string | undefined;
  /** Refused where it is another one. `"auto"` where it is left out. */
  format?: "auto" | "Folder" | "WordPress" | "Rss" | "Atom" | "ContentOS" | undefined;
  options?: ImportOptions | undefined;
};

/** `{}` where it is left out. */
export type ImportOptions = {
  /** What the entries are remembered by: importing the same source again adds nothing twice. By default the site's or feed's own address, or the name of the file. */
  source?: string | undefined;
  /** Members by the name or e-mail address of a source's author: items are assigned to them. */
  authorMap?: Record<string, string> | undefined;
  /** Which of a source's words become tags. `"TagsAndCategories"` where it is left out. */
  tagsFrom?: "TagsAndCategories" | "Tags" | "Categories" | "None" | undefined;
  /** Whether readers' comments come along, as threads. `true` where it is left out. */
  comments?: boolean | undefined;
  /** Whether pictures that the source only names are fetched from where they are. `true` where it is left out. */
  fetchImages?: boolean | undefined;
  /** Of files that don't declare one; UTF-8 otherwise. */
  encoding?: "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | undefined;
  /** Tells what would happen, and imports nothing. `false` where it is left out. */
  dryRun?: boolean | undefined;
};

export type ContentImportPage = {
  items: ContentImport[];
  nextCursor: string | null;
};

export type ImportedEntryPage = {
  items: ImportedEntry[];
  nextCursor: string | null;
};

export type ImportedEntry = {
  /** From 1, in the order of the source. */
  position: number;
  /** What the source calls it: a path, a guid, a post's id. */
  key: string;
  outcome: "Imported" | "Updated" | "Unchanged" | "Conflict" | "Skipped" | "Failed";
  title: string | null;
  message: string | null;
  /** What was not taken over as it was. */
  notes: string[];
  contentItemId: string | null;
};

export type ContentExport = {
  id: string;
  workspaceId: string;
  status: "Queued" | "Running" | "Finished" | "Failed" | "Expired";
  filter: ExportFilter;
  items: number | null;
  sizeBytes: number | null;
  /** Of the archive. */
  sha256: string | null;
  /** Why it failed. */
  message: string | null;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  endedAt: string | null;
  /** Until then it can be downloaded. RFC 3339. */
  expiresAt: string | null;
};

export type ExportFilter = {
  status?: ContentStatus | undefined;
  /** Whether archived items go along. `true` where it is left out. */
  archived?: boolean | undefined;
};

export type ContentStatus = "Draft" | "InReview" | "Approved" | "Published";

export type StartExport = {
  filter?: ExportFilter | undefined;
};

export type ContentExportPage = {
  items: ContentExport[];
  nextCursor: string | null;
};

export type ContentItem = {
  id: string;
  workspaceId: string;
  title: string;
  status: ContentStatus;
  createdBy: string;
  assigneeId: string | null;
  /** RFC 3339. */
  dueAt: string | null;
  campaignId: string | null;
  tags: TagOfItem[];
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** RFC 3339. */
  publishedAt: string | null;
  /** RFC 3339. */
  archivedAt: string | null;
  currentVersion: {
    versionNumber: number;
    contentHash: string;
  };
};

export type TagOfItem = {
  id: string;
  name: string;
  color: string;
};

export type CreateContent = {
  /** May be left out where a template gives it. */
  title?: string | undefined;
  body?: string | undefined;
  metadata?: ContentMetadata | undefined;
  /** When it is to be out. RFC 3339. */
  dueAt?: string | null | undefined;
  campaignId?: string | null | undefined;
  /** All the tags that it is to have. */
  tagIds?: string[] | undefined;
  assigneeId?: string | null | undefined;
  /** What it begins with: title, body, metadata, brief, campaign and tags, as far as they aren't given. */
  templateId?: string | undefined;
};

export type ContentMetadata = {
  excerpt?: string | undefined;
  slug?: string | undefined;
  language?: string | undefined;
  description?: string | undefined;
  keyword?: string | undefined;
  canonicalUrl?: string | undefined;
  /** The image of the library that stands for the whole. */
  imageAssetId?: string | undefined;
  /** Of what was out elsewhere before it came here. RFC 3339. */
  firstPublishedAt?: string | undefined;
};

export type ContentItemPage = {
  items: ContentItem[];
  nextCursor: string | null;
};

export type ContentItemWithBody = ContentItem & ({
  currentVersion?: {
    versionNumber: number;
    contentHash: string;
    body: string;
    metadata: ContentMetadata;
    assets: {
      id: string;
      sha256: string;
      altText: string;
    }[];
    updatedBy: string;
    /** RFC 3339. */
    updatedAt: string;
  } | undefined;
});

export type UpdateContent = {
  title?: string | undefined;
  metadata?: ContentMetadata | undefined;
  /** When it is to be out. RFC 3339. */
  dueAt?: string | null | undefined;
  campaignId?: string | null | undefined;
  /** All the tags that it is to have. */
  tagIds?: string[] | undefined;
  assigneeId?: string | null | undefined;
  baseVersion?: number | undefined;
};

export type ContentVersionPage = {
  items: ContentVersionSummary[];
  nextCursor: string | null;
};

export type ContentVersionSummary = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  title: string;
  contentHash: string;
  labels: string[];
  updatedBy: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type ContentVersion = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  title: string;
  body: string;
  metadata: ContentMetadata;
  assets: {
    id: string;
    sha256: string;
    altText: string;
  }[];
  contentHash: string;
  labels: string[];
  updatedBy: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type SavedVersion = ContentVersion & {
  /** Whether it also has what somebody else had saved meanwhile. */
  merged: boolean;
};

export type SaveVersion = {
  body: string;
  title?: string | undefined;
  metadata?: ContentMetadata | undefined;
  baseVersion: number;
  /** What to do where somebody saved meanwhile. `merge` saves both where they changed different passages, and refuses with the passages where they didn't. `"refuse"` where it is left out. */
  onConflict?: "refuse" | "merge" | undefined;
};

export type RestoreVersion = {
  baseVersion: number;
};

export type VersionDiff = {
  contentItemId: string;
  versionNumber: number;
  /** Null for the first version, which is compared with nothing. */
  against: number | null;
  title: {
    /** Equal and Removed, joined, are the one text; Equal and Added are the other. */
    operations: {
      kind: "Equal" | "Removed" | "Added";
      text: string;
    }[];
    wordsAdded: number;
    wordsRemoved: number;
    /** `Passages`, where some were too long to be divided into words; their words are estimated. */
    granularity: "Words" | "Passages";
  };
  body: {
    /** Equal and Removed, joined, are the one text; Equal and Added are the other. */
    operations: {
      kind: "Equal" | "Removed" | "Added";
      text: string;
    }[];
    wordsAdded: number;
    wordsRemoved: number;
    /** `Passages`, where some were too long to be divided into words; their words are estimated. */
    granularity: "Words" | "Passages";
  };
  /** Only what differs. */
  metadata: ({
    key: string;
    before: string | null;
    after: string | null;
    /** Equal and Removed, joined, are the one text; Equal and Added are the other. */
    operations: {
      kind: "Equal" | "Removed" | "Added";
      text: string;
    }[];
    wordsAdded: number;
    wordsRemoved: number;
    /** `Passages`, where some were too long to be divided into words; their words are estimated. */
    granularity: "Words" | "Passages";
  })[];
  assetsChanged: boolean;
  wordsAdded: number;
  wordsRemoved: number;
};

export type VersionMerge = {
  /** Whether nothing is left to decide. */
  clean: boolean;
  title: string;
  body: string;
  metadata: ContentMetadata;
  conflicts: ({
    /** `title`, `body`, or `metadata.` and its key. */
    field: string;
    base: string | null;
    theirs: string | null;
    yours: string | null;
    /** Where `yours` stands in the merged body, in UTF-16 code units; null for a field as a whole. */
    at: {
      start: number;
      end: number;
    } | null;
  })[];
  /** The current version: what `baseVersion` is when this is saved. */
  basedOn: number;
};

export type MergeVersion = {
  body: string;
  title?: string | undefined;
  metadata?: ContentMetadata | undefined;
  baseVersion: number;
};

export type VersionLabels = {
  contentItemId: string;
  versionNumber: number;
  labels: string[];
};

export type LabelVersion = {
  labels: string[];
};

export type Draft = {
  contentItemId: string;
  body: string;
  title: string | null;
  metadata: {
    excerpt?: string | undefined;
    slug?: string | undefined;
    language?: string | undefined;
    description?: string | undefined;
    keyword?: string | undefined;
    canonicalUrl?: string | undefined;
    imageAssetId?: string | undefined;
    firstPublishedAt?: string | undefined;
  } | null;
  baseVersion: number;
  /** Counts the saves of this draft: name it in the next one. */
  draftVersion: number;
  /** RFC 3339. */
  updatedAt: string;
  /** Whether somebody saved a version since `baseVersion`. */
  stale: boolean;
  currentVersionNumber: number;
};

export type SaveDraft = {
  body: string;
  title?: string | undefined;
  metadata?: {
    excerpt?: string | undefined;
    slug?: string | undefined;
    language?: string | undefined;
    description?: string | undefined;
    keyword?: string | undefined;
    canonicalUrl?: string | undefined;
    imageAssetId?: string | undefined;
    firstPublishedAt?: string | undefined;
  } | undefined;
  baseVersion: number;
  /** The draft that this one follows; left out where there was none. */
  draftVersion?: number | undefined;
};

export type AdaptationPage = {
  items: Adaptation[];
  nextCursor: string | null;
};

export type Adaptation = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  channelId: string;
  parts: ({
    text: string;
    images?: {
      assetId: string;
      altText: string;
      sha256: string;
    }[] | undefined;
  })[];
  contentHash: string;
  findings: {
    severity: "Error" | "Warning";
    code: string;
    message: string;
    position?: number | undefined;
  }[];
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type CreateAdaptation = {
  channelId: string;
  parts: ({
    text: string;
    /** Images of the library, in order. */
    images?: {
      assetId: string;
      altText: string;
    }[] | undefined;
  })[];
};

export type UpdateAdaptation = {
  parts: ({
    text: string;
    /** Images of the library, in order. */
    images?: {
      assetId: string;
      altText: string;
    }[] | undefined;
  })[];
};

export type ContentBrief = {
  contentItemId: string;
  /** 0 where nobody has written one. */
  version: number;
  /** `""` where it is left out. */
  goal?: string | undefined;
  /** `null` where it is left out. */
  personaId?: string | null | undefined;
  /** `""` where it is left out. */
  keyword?: string | undefined;
  /** A note beside the persona. `""` where it is left out. */
  audience?: string | undefined;
  /** `[]` where it is left out. */
  channelMix?: {
    channelId?: string | undefined;
    network?: "site" | "webhook" | "bluesky" | undefined;
    /** How many publications are wanted there. */
    count: number;
  }[] | undefined;
  /** `[]` where it is left out. */
  keyMessages?: string[] | undefined;
  /** `""` where it is left out. */
  notes?: string | undefined;
  /** Whom it is for; one that was removed since is still named. */
  persona: {
    id: string;
    name: string;
    removed: boolean;
  } | null;
  updatedBy: string | null;
  /** RFC 3339. */
  updatedAt: string | null;
};

export type SaveBrief = {
  /** `""` where it is left out. */
  goal?: string | undefined;
  /** `null` where it is left out. */
  personaId?: string | null | undefined;
  /** `""` where it is left out. */
  keyword?: string | undefined;
  /** A note beside the persona. `""` where it is left out. */
  audience?: string | undefined;
  /** `[]` where it is left out. */
  channelMix?: {
    channelId?: string | undefined;
    network?: "site" | "webhook" | "bluesky" | undefined;
    /** How many publications are wanted there. */
    count: number;
  }[] | undefined;
  /** `[]` where it is left out. */
  keyMessages?: string[] | undefined;
  /** `""` where it is left out. */
  notes?: string | undefined;
  /** `version` as it was read; 0 for the first one. */
  baseVersion: number;
};

export type CommentThread = {
  id: string;
  contentItemId: string;
  /** The version that it was opened on. */
  versionNumber: number;
  visibility: CommentVisibility;
  anchor: CommentAnchor | null;
  authorId: string | null;
  guestId: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  resolvedAt: string | null;
  resolvedBy: string | null;
  comments: CommentPage;
};

/** Internal: members alone. Client: also clients with a review link. */
export type CommentVisibility = "Internal" | "Client";

export type CommentAnchor = {
  versionNumber: number;
  field: "title" | "body";
  start: number;
  end: number;
  quote: string;
  /** Exact: the same words at the same place. Moved: the same words elsewhere. Changed: `current` covers what is left of them. Orphaned: they are gone. */
  state: "Exact" | "Moved" | "Changed" | "Orphaned";
  /** The passage in the current version. */
  current: {
    versionNumber: number;
    start: number;
    end: number;
  } | null;
};

/** The first comments; `nextCursor` goes on in the thread's replies. */
export type CommentPage = {
  items: Comment[];
  nextCursor: string | null;
};

export type Comment = {
  id: string;
  contentItemId: string;
  threadId: string;
  /** The version that was current when it was said. */
  versionNumber: number;
  /** Markdown; null once the comment was removed. */
  body: string | null;
  /** The member who said it; null where a guest did. */
  authorId: string | null;
  guestId: string | null;
  /** What a client with a review link calls themselves. */
  guestName: string | null;
  /** The members who were named in it, and told. */
  mentions: string[];
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  editedAt: string | null;
  /** RFC 3339. */
  removedAt: string | null;
  removedBy: string | null;
};

export type OpenCommentThread = {
  /** Markdown. */
  body: string;
  visibility?: CommentVisibility | undefined;
  /** The passage that is spoken of; without it, the thread is on the item. */
  anchor?: {
    versionNumber: number;
    field: "title" | "body";
    /** Where the passage starts in that version's field, in UTF-16 code units, as JavaScript counts. */
    start: number;
    /** Where it ends: the first code unit that is no part of it. */
    end: number;
    /** What stands there, letter by letter. */
    quote: string;
  } | undefined;
  /** Members to be told. Who was told is not told again, and stays named. `[]` where it is left out. */
  mentions?: string[] | undefined;
};

export type CommentThreadPage = {
  items: CommentThread[];
  nextCursor: string | null;
};

export type CommentReply = {
  /** Markdown. */
  body: string;
  /** Members to be told. Who was told is not told again, and stays named. `[]` where it is left out. */
  mentions?: string[] | undefined;
};

export type EditComment = {
  /** Markdown. */
  body: string;
  /** Members to be told. Who was told is not told again, and stays named. `[]` where it is left out. */
  mentions?: string[] | undefined;
};

export type CommentMentionPage = {
  items: CommentMention[];
  nextCursor: string | null;
};

export type CommentMention = {
  /** The comment's. */
  id: string;
  contentItemId: string;
  contentTitle: string;
  threadId: string;
  visibility: CommentVisibility;
  body: string;
  authorId: string | null;
  /** RFC 3339. */
  mentionedAt: string;
  /** RFC 3339. */
  resolvedAt: string | null;
};

export type SubmittedContent = ApprovalWithAdaptations & {
  /** How many live review links let a client decide on this; null where the policy asks no client. With 0, the client's step waits until there is one. */
  clientLinks: number | null;
};

export type ApprovalStepRole = "Viewer" | "Writer" | "Editor" | "Admin" | "Client";

export type ApprovalStatus = "Pending" | "Approved" | "Rejected" | "Superseded";

export type SubmittedAdaptation = {
  /** Null where nobody wrote one: title, excerpt and link by rule. */
  id: string | null;
  channelId: string;
  parts: ({
    text: string;
    images?: {
      assetId: string;
      altText: string;
      sha256: string;
    }[] | undefined;
  })[];
  contentHash: string;
};

export type ApprovalWithAdaptations = {
  id: string;
  submissionId: string;
  contentItemId: string;
  versionNumber: number;
  /** SHA-256 over all that may go out: version and adaptations. */
  contentHash: string;
  /** From 1; 0 where the policy asks nobody. */
  step: number;
  /** How many the policy had when this was submitted. */
  steps: number;
  /** The least role that may decide it. */
  role: ApprovalStepRole | null;
  status: ApprovalStatus;
  writtenBy: string;
  submittedBy: string;
  /** RFC 3339. */
  submittedAt: string;
  approvedBy: string | null;
  decidedBy: string | null;
  /** The client who decided, with the name that they gave. */
  decidedByGuest: {
    id: string;
    name: string;
  } | null;
  /** RFC 3339. */
  decidedAt: string | null;
  /** Of whoever decided; the reason of a rejection. */
  comment: string | null;
  adaptations: SubmittedAdaptation[];
};

export type SubmitContent = {
  /** `[]` where it is left out. */
  adaptationIds?: string[] | undefined;
};

export type ApprovedStep = {
  id: string;
  submissionId: string;
  contentItemId: string;
  versionNumber: number;
  /** SHA-256 over all that may go out: version and adaptations. */
  contentHash: string;
  /** From 1; 0 where the policy asks nobody. */
  step: number;
  /** How many the policy had when this was submitted. */
  steps: number;
  /** The least role that may decide it. */
  role: ApprovalStepRole | null;
  status: ApprovalStatus;
  writtenBy: string;
  submittedBy: string;
  /** RFC 3339. */
  submittedAt: string;
  approvedBy: string | null;
  decidedBy: string | null;
  /** The client who decided, with the name that they gave. */
  decidedByGuest: {
    id: string;
    name: string;
  } | null;
  /** RFC 3339. */
  decidedAt: string | null;
  /** Of whoever decided; the reason of a rejection. */
  comment: string | null;
  /** The step that this opened. */
  next: Approval | null;
};

export type Approval = {
  id: string;
  submissionId: string;
  contentItemId: string;
  versionNumber: number;
  /** SHA-256 over all that may go out: version and adaptations. */
  contentHash: string;
  /** From 1; 0 where the policy asks nobody. */
  step: number;
  /** How many the policy had when this was submitted. */
  steps: number;
  /** The least role that may decide it. */
  role: ApprovalStepRole | null;
  status: ApprovalStatus;
  writtenBy: string;
  submittedBy: string;
  /** RFC 3339. */
  submittedAt: string;
  approvedBy: string | null;
  decidedBy: string | null;
  /** The client who decided, with the name that they gave. */
  decidedByGuest: {
    id: string;
    name: string;
  } | null;
  /** RFC 3339. */
  decidedAt: string | null;
  /** Of whoever decided; the reason of a rejection. */
  comment: string | null;
};

export type ApproveStep = {
  comment?: string | undefined;
};

export type RejectStep = {
  reason: string;
};

export type ApprovalInboxPage = {
  items: ApprovalInboxEntry[];
  nextCursor: string | null;
};

export type ApprovalInboxEntry = {
  id: string;
  submissionId: string;
  contentItemId: string;
  versionNumber: number;
  /** SHA-256 over all that may go out: version and adaptations. */
  contentHash: string;
  /** From 1; 0 where the policy asks nobody. */
  step: number;
  /** How many the policy had when this was submitted. */
  steps: number;
  /** The least role that may decide it. */
  role: ApprovalStepRole | null;
  status: ApprovalStatus;
  writtenBy: string;
  submittedBy: string;
  /** RFC 3339. */
  submittedAt: string;
  approvedBy: string | null;
  decidedBy: string | null;
  /** The client who decided, with the name that they gave. */
  decidedByGuest: {
    id: string;
    name: string;
  } | null;
  /** RFC 3339. */
  decidedAt: string | null;
  /** Of whoever decided; the reason of a rejection. */
  comment: string | null;
  title: string;
};

export type ApprovalPage = {
  items: Approval[];
  nextCursor: string | null;
};

export type PlannedSchedule = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  channelId: string;
  adaptationId: string | null;
  /** SHA-256 over all that was approved to go out. */
  contentHash: string;
  /** RFC 3339. */
  scheduledTime: string;
  /** In which the time was planned. */
  timeZone: string | null;
  status: ScheduleStatus;
  /** Why it waits for a person. */
  holdReason: string | null;
  /** What the last attempt said. */
  message: string | null;
  /** How long after its time the last attempt began. */
  lateMs: number | null;
  /** RFC 3339. */
  publishedAt: string | null;
  publishedUrl: string | null;
  remoteId: string | null;
  /** RFC 3339. */
  removedAt: string | null;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** `first_of_two`: the local time happens twice, and the first was taken. */
  resolution: "exact" | "first_of_two";
  note: string | null;
};

export type ScheduleStatus = "Scheduled" | "Publishing" | "Published" | "Failed" | "Canceled" | "OnHold" | "Unknown";

export type CreateSchedule = {
  contentItemId: string;
  channelId: string;
  /** RFC 3339 with an offset, or a local time such as 2026-11-23T09:00; a time gone by means now. */
  scheduledTime: string;
  /** An IANA zone for a local time; the workspace's where left out. */
  timeZone?: string | undefined;
  adaptationId?: string | undefined;
};

export type SchedulePage = {
  items: ListedSchedule[];
  nextCursor: string | null;
};

export type ListedSchedule = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  channelId: string;
  adaptationId: string | null;
  /** SHA-256 over all that was approved to go out. */
  contentHash: string;
  /** RFC 3339. */
  scheduledTime: string;
  /** In which the time was planned. */
  timeZone: string | null;
  status: ScheduleStatus;
  /** Why it waits for a person. */
  holdReason: string | null;
  /** What the last attempt said. */
  message: string | null;
  /** How long after its time the last attempt began. */
  lateMs: number | null;
  /** RFC 3339. */
  publishedAt: string | null;
  publishedUrl: string | null;
  remoteId: string | null;
  /** RFC 3339. */
  removedAt: string | null;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** The item's, as it is now. */
  title: string;
};

export type ScheduleState = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  channelId: string;
  adaptationId: string | null;
  /** SHA-256 over all that was approved to go out. */
  contentHash: string;
  /** RFC 3339. */
  scheduledTime: string;
  /** In which the time was planned. */
  timeZone: string | null;
  status: ScheduleStatus;
  /** Why it waits for a person. */
  holdReason: string | null;
  /** What the last attempt said. */
  message: string | null;
  /** How long after its time the last attempt began. */
  lateMs: number | null;
  /** RFC 3339. */
  publishedAt: string | null;
  publishedUrl: string | null;
  remoteId: string | null;
  /** RFC 3339. */
  removedAt: string | null;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  attempts: PublicationAttempt[];
  parts: PublicationPart[];
};

export type PublicationAttempt = {
  number: number;
  kind: "Publish" | "Reconcile" | "Remove" | "Resolve";
  /** RFC 3339. */
  startedAt: string;
  /** RFC 3339. */
  endedAt: string | null;
  /** Null while it runs. */
  outcome: "Published" | "Absent" | "Removed" | "Refused" | "Passing" | "Lost" | "Unknown" | null;
  error: string | null;
};

export type PublicationPart = {
  position: number;
  text: string;
  remoteId: string | null;
  remoteUrl: string | null;
  /** RFC 3339. */
  publishedAt: string | null;
  /** RFC 3339. */
  removedAt: string | null;
};

export type Reschedule = {
  /** RFC 3339 with an offset, or a local time such as 2026-11-23T09:00; a time gone by means now. */
  scheduledTime: string;
  /** An IANA zone for a local time; the workspace's where left out. */
  timeZone?: string | undefined;
  /** Whether it shall carry what is approved now, where what it was pinned to no longer is. `false` where it is left out. */
  repin?: boolean | undefined;
};

export type Schedule = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  channelId: string;
  adaptationId: string | null;
  /** SHA-256 over all that was approved to go out. */
  contentHash: string;
  /** RFC 3339. */
  scheduledTime: string;
  /** In which the time was planned. */
  timeZone: string | null;
  status: ScheduleStatus;
  /** Why it waits for a person. */
  holdReason: string | null;
  /** What the last attempt said. */
  message: string | null;
  /** How long after its time the last attempt began. */
  lateMs: number | null;
  /** RFC 3339. */
  publishedAt: string | null;
  publishedUrl: string | null;
  remoteId: string | null;
  /** RFC 3339. */
  removedAt: string | null;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type ResolveUnknown = {
  outcome: "Published";
  url?: string | undefined;
} | {
  outcome: "Absent";
};

export type IssuedReviewLink = {
  id: string;
  name: string;
  message: string | null;
  status: "Live" | "Expired" | "Revoked";
  canComment: boolean;
  canDecide: boolean;
  hasPasscode: boolean;
  /** RFC 3339. */
  expiresAt: string | null;
  /** RFC 3339. */
  revokedAt: string | null;
  contentItemIds: string[];
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** For the client. The token in it is stored hashed and told once: a repeated request with the same key goes without. */
  url?: string | undefined;
};

export type CreateReviewLink = {
  name: string;
  contentItemIds: string[];
  message?: string | undefined;
  /** From this time on, the link does not work. RFC 3339. */
  expiresAt?: string | undefined;
  /** Told to the client on another way than the link. Hashed with Argon2id. */
  passcode?: string | undefined;
  /** `true` where it is left out. */
  canComment?: boolean | undefined;
  /** `true` where it is left out. */
  canDecide?: boolean | undefined;
};

export type ReviewLinkPage = {
  items: ReviewLink[];
  nextCursor: string | null;
};

export type ReviewLink = {
  id: string;
  name: string;
  message: string | null;
  status: "Live" | "Expired" | "Revoked";
  canComment: boolean;
  canDecide: boolean;
  hasPasscode: boolean;
  /** RFC 3339. */
  expiresAt: string | null;
  /** RFC 3339. */
  revokedAt: string | null;
  contentItemIds: string[];
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type ReviewLinkWithGuests = {
  id: string;
  name: string;
  message: string | null;
  status: "Live" | "Expired" | "Revoked";
  canComment: boolean;
  canDecide: boolean;
  hasPasscode: boolean;
  /** RFC 3339. */
  expiresAt: string | null;
  /** RFC 3339. */
  revokedAt: string | null;
  contentItemIds: string[];
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** Who opened it, the latest first; 100 at most. */
  guests: {
    id: string;
    /** As they say: nobody checks it. */
    name: string;
    email: string | null;
    /** RFC 3339. */
    openedAt: string;
  }[];
};

export type UpdateReviewLink = {
  name?: string | undefined;
  message?: string | null | undefined;
  /** Null for never. RFC 3339. */
  expiresAt?: string | null | undefined;
  /** With another one, everybody opens the link anew; null for none. */
  passcode?: string | null | undefined;
  canComment?: boolean | undefined;
  canDecide?: boolean | undefined;
};

export type AddReviewItems = {
  contentItemIds: string[];
};

export type OpenedReview = {
  workspace: {
    name: string;
    branding: Branding;
    timeZone: string;
  };
  link: {
    id: string;
    name: string;
    message: string | null;
    canComment: boolean;
    canDecide: boolean;
    /** RFC 3339. */
    expiresAt: string | null;
  };
  guest: {
    id: string;
    name: string;
    email: string | null;
  };
  items: {
    id: string;
    title: string;
    status: "Draft" | "InReview" | "Approved" | "Published";
    /** The version before you; null where there is none. */
    versionNumber: number | null;
    contentHash: string | null;
    /** Pending: it waits for you. Null: it is not before you, or no longer. */
    decision: "Pending" | "Approved" | "Rejected" | null;
  }[];
  /** Send it as `Authorization: Review <credential>`. It is told once and ends with the link. */
  credential: string;
};

export type OpenReview = {
  /** What stands behind the # of the link. */
  token: string;
  /** How you are called in what you say and decide. */
  name: string;
  email?: string | undefined;
  passcode?: string | undefined;
};

export type ReviewSession = {
  workspace: {
    name: string;
    branding: Branding;
    timeZone: string;
  };
  link: {
    id: string;
    name: string;
    message: string | null;
    canComment: boolean;
    canDecide: boolean;
    /** RFC 3339. */
    expiresAt: string | null;
  };
  guest: {
    id: string;
    name: string;
    email: string | null;
  };
  items: {
    id: string;
    title: string;
    status: "Draft" | "InReview" | "Approved" | "Published";
    /** The version before you; null where there is none. */
    versionNumber: number | null;
    contentHash: string | null;
    /** Pending: it waits for you. Null: it is not before you, or no longer. */
    decision: "Pending" | "Approved" | "Rejected" | null;
  }[];
};

export type ReviewItem = {
  id: string;
  title: string;
  status: "Draft" | "InReview" | "Approved" | "Published";
  /** The version before you; null where there is none. */
  versionNumber: number | null;
  contentHash: string | null;
  /** Pending: it waits for you. Null: it is not before you, or no longer. */
  decision: "Pending" | "Approved" | "Rejected" | null;
  /** Markdown of the version before you. */
  body: string | null;
  /** The same, rendered and sanitised. */
  html: string | null;
  /** What goes out around the text, such as its excerpt. */
  metadata: ContentMetadata | null;
  /** What else would go out with it, and where: part of what is decided. */
  adaptations: {
    channelId: string;
    network: string;
    channelName: string;
    parts: {
      text: string;
    }[];
  }[];
  /** RFC 3339. */
  submittedAt: string | null;
  /** RFC 3339. */
  decidedAt: string | null;
  /** The name of the client who decided. */
  decidedBy: string | null;
  /** Their words with it. */
  comment: string | null;
  /** Of your own decisions, newest first; 50 at most. */
  receipts: {
    id: string;
    decision: ReviewDecision;
    /** RFC 3339. */
    at: string;
  }[];
};

export type ReviewDecision = "Approved" | "ChangesRequested" | "Held";

export type ReviewCommentPage = {
  items: ReviewComment[];
  nextCursor: string | null;
};

export type ReviewComment = {
  id: string;
  threadId: string;
  versionNumber: number;
  /** Markdown. */
  body: string;
  author: {
    kind: "Member" | "Client";
    name: string;
    you: boolean;
  };
  /** The passage that its thread is about, in the version that it was opened on. */
  anchor: {
    versionNumber: number;
    field: "title" | "body";
    start: number;
    end: number;
    quote: string;
  } | null;
  resolved: boolean;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  editedAt: string | null;
};

export type SayInReview = {
  /** Markdown. */
  body: string;
  /** To answer in a thread; without it, a new one is opened. */
  threadId?: string | undefined;
  /** The passage of the version before you that a new thread is about. */
  anchor?: {
    field: "title" | "body";
    /** In UTF-16 code units, as JavaScript counts. */
    start: number;
    end: number;
    /** What stands there, letter by letter. */
    quote: string;
  } | undefined;
};

export type ReviewReceipt = {
  id: string;
  decision: ReviewDecision;
  contentItemId: string;
  versionNumber: number;
  contentHash: string;
  guestId: string;
  linkId: string;
  comment: string | null;
  /** RFC 3339. */
  at: string;
  document: ReviewReceiptDocument;
  /** The document, signed: compact JWS, EdDSA, `typ` contentos-receipt+json. Verify it with the keys of `GET /review/jwks.json`. */
  jws: string;
};

export type ReviewReceiptDocument = {
  /** The deployment that signed it. */
  iss: string;
  receipt: string;
  decision: ReviewDecision;
  /** RFC 3339. */
  at: string;
  workspace: {
    id: string;
    name: string;
  };
  item: {
    id: string;
    title: string;
  };
  versionNumber: number;
  /** SHA-256 over all that was decided on: version and adaptations. */
  contentHash: string;
  comment: string | null;
  guest: {
    id: string;
    name: string;
    email: string | null;
  };
  link: {
    id: string;
    name: string;
  };
};

export type ApproveReviewItem = {
  /** Of what you read: if it was changed since, nothing is decided. */
  contentHash: string;
  comment?: string | undefined;
};

export type RequestReviewChanges = {
  /** Of what you read: if it was changed since, nothing is decided. */
  contentHash: string;
  reason: string;
};

export type HoldReviewItem = {
  reason: string;
};

export type ReviewBatchResult = {
  results: ({
    contentItemId: string;
    receipt: ReviewReceipt | null;
    /** Why it was. */
    refusal: {
      code: string;
      detail: string;
    } | null;
  })[];
};

export type ApproveReviewItems = {
  items: {
    contentItemId: string;
    /** Of what you read: if it was changed since, nothing is decided. */
    contentHash: string;
  }[];
  comment?: string | undefined;
};

export type ReviewReceiptPage = {
  items: ReviewReceipt[];
  nextCursor: string | null;
};

export type ReviewReceiptKeys = {
  keys: {
    kty: string;
    crv: string;
    x: string;
    kid: string;
    alg: string;
    use: string;
  }[];
};

export type ContentAnalytics = {
  contentItemId: string;
  /** RFC 3339. */
  from: string;
  /** RFC 3339. */
  to: string;
  timeZone: string;
  metrics: {
    metricType: MetricType;
    value: number | null;
    state: MetricState;
    /** The network that told it; `site` is our own counter. */
    source: string;
    channelId: string;
    /** The newest publication of the post or page that is counted. */
    scheduleId: string;
    /** When the value was last told. RFC 3339. */
    fetchedAt: string | null;
    /** Why the last question failed; null where it did not. */
    error: string | null;
  }[];
  series: {
    metricType: MetricType;
    channelId: string;
    scheduleId: string;
    points: {
      /** RFC 3339. */
      at: string;
      value: number;
    }[];
  }[];
};

export type MetricType = "views" | "reads" | "clicks" | "likes" | "reposts" | "replies" | "quotes";

/** Measured: told by its source, a zero too. Stale: told, but older than it should be. Unknown: never told; the value is null. */
export type MetricState = "Measured" | "Unknown" | "Stale";

export type WorkspaceAnalytics = {
  workspaceId: string;
  /** RFC 3339. */
  from: string;
  /** RFC 3339. */
  to: string;
  timeZone: string;
  kpis: WorkspaceKpis;
  series: {
    day: string;
    produced: number;
    published: number;
    reach: number | null;
    engagement: number | null;
  }[];
};

export type WorkspaceKpis = {
  produced: {
    value: number | null;
    unit: "items";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  timeToPublishHours: {
    value: number | null;
    unit: "hours";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  approvalTurnaroundHours: {
    value: number | null;
    unit: "hours";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  rejections: {
    value: number | null;
    unit: "reviews";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  rejectionRate: {
    value: number | null;
    unit: "ratio";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  publishedPerChannel: {
    value: number | null;
    unit: "publications";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
    channels: {
      channelId: string;
      network: string;
      name: string;
      value: number;
      previous: number;
    }[];
  };
  late: {
    value: number | null;
    unit: "publications";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  lateByMinutes: {
    value: number | null;
    unit: "minutes";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  failed: {
    value: number | null;
    unit: "publications";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  unknown: {
    value: number | null;
    unit: "publications";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
  };
  reach: {
    value: number | null;
    unit: "views";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
    /** Posts and pages, by how well they are known. */
    coverage: {
      measured: number;
      stale: number;
      unknown: number;
    };
  };
  engagement: {
    value: number | null;
    unit: "actions";
    state: MetricState;
    /** The same of the period before, which is as long. */
    previous: number | null;
    /** Posts and pages, by how well they are known. */
    coverage: {
      measured: number;
      stale: number;
      unknown: number;
    };
  };
};

export type TopContent = {
  workspaceId: string;
  /** RFC 3339. */
  from: string;
  /** RFC 3339. */
  to: string;
  timeZone: string;
  /** Those that grew, the most first. */
  items: {
    contentItemId: string;
    title: string;
    /** Growth of views in the period; null where none were told. */
    reach: number | null;
    /** Growth of all else that people did. */
    engagement: number | null;
  }[];
  /** By the hour in which publications went out. */
  times: {
    /** 1 is Monday; in the workspace's time zone. */
    weekday: number;
    hour: number;
    /** That went out then in the period, and of which something was told. */
    publications: number;
    /** Median of their views until now. */
    reach: number | null;
    /** Median of all else that people did until now. */
    engagement: number | null;
  }[];
};

export type LineagePage = {
  items: Lineage[];
  nextCursor: string | null;
};

export type Lineage = {
  contentItemId: string;
  title: string;
  status: ContentStatus;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  dueAt: string | null;
  /** RFC 3339. */
  publishedAt: string | null;
  /** RFC 3339. */
  archivedAt: string | null;
  persona: {
    id: string;
    name: string;
    removed: boolean;
  } | null;
  campaign: {
    id: string;
    name: string;
    removed: boolean;
  } | null;
  brief: {
    version: number;
    goal: string;
    keyword: string;
    /** `[]` where it is left out. */
    channelMix?: {
      channelId?: string | undefined;
      network?: "site" | "webhook" | "bluesky" | undefined;
      /** How many publications are wanted there. */
      count: number;
    }[] | undefined;
  } | null;
  versionCount: number;
  /** The current one, and those that were adapted or scheduled; the newest first. */
  versions: LineageVersion[];
};

export type LineageVersion = {
  versionNumber: number;
  isCurrent: boolean;
  title: string;
  contentHash: string;
  updatedBy: string;
  /** RFC 3339. */
  updatedAt: string;
  adaptations: LineageAdaptation[];
  /** Those that went out, or are to, without an adaptation. */
  publications: LineagePublication[];
};

export type LineageAdaptation = {
  id: string;
  channelId: string;
  contentHash: string;
  /** RFC 3339. */
  createdAt: string;
  publications: LineagePublication[];
};

export type LineagePublication = {
  scheduleId: string;
  channelId: string;
  channelName: string;
  network: "site" | "webhook" | "bluesky";
  status: "Scheduled" | "Publishing" | "Published" | "Failed" | "Canceled" | "OnHold" | "Unknown";
  /** RFC 3339. */
  scheduledTime: string;
  /** RFC 3339. */
  publishedAt: string | null;
  publishedUrl: string | null;
  /** RFC 3339. */
  removedAt: string | null;
  /** Of the post or page as a whole, at its newest publication; none at those before. */
  metrics: {
    metricType: MetricType;
    value: number | null;
    state: MetricState;
    /** The network that told it; `site` is our own counter. */
    source: string;
    channelId: string;
    /** The newest publication of the post or page that is counted. */
    scheduleId: string;
    /** When the value was last told. RFC 3339. */
    fetchedAt: string | null;
    /** Why the last question failed; null where it did not. */
    error: string | null;
  }[];
};

export type SitePagePage = {
  items: SitePage[];
  nextCursor: string | null;
};

export type SitePage = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  title: string;
  slug: string;
  url: string;
  /** RFC 3339. */
  publishedAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type SearchPage = {
  items: SearchHit[];
  nextCursor: string | null;
  /** How many there are on all pages. */
  total: number;
};

export type SearchHit = {
  kind: "Item" | "Comment" | "Asset";
  id: string;
  /** The item that it is, or is about. */
  contentItemId: string | null;
  /** Of a comment. */
  threadId: string | null;
  /** Of a comment: its item's. */
  title: string;
  /** Of an item. */
  status: "Draft" | "InReview" | "Approved" | "Published" | null;
  authorId: string | null;
  /** 4: the title as a whole; 3: in the title; 2: what it is about; 1: it is mentioned. */
  score: number;
  highlights: {
    title: {
      text: string;
      match: boolean;
    }[];
    text: {
      text: string;
      match: boolean;
    }[];
  };
  /** RFC 3339. */
  updatedAt: string;
  /** RFC 3339. */
  archivedAt: string | null;
};

export type Upload = {
  id: string;
  status: "Open" | "Processing" | "Ready" | "Refused" | "Aborted";
  purpose: "Asset" | "Import";
  fileName: string;
  contentType: string;
  sizeBytes: number;
  /** Every part has so many bytes; the last one what is left. */
  partBytes: number;
  /** In an open upload, those that have not been received say where to send them. Empty in the repeated answer to a request with the same key: read the upload instead. */
  parts: {
    number: number;
    sizeBytes: number;
    received: boolean;
    method?: "PUT" | undefined;
    /** Send exactly these bytes of the file here, with these headers. */
    url?: string | undefined;
    headers?: Record<string, string> | undefined;
  }[];
  /** Why it was refused. */
  reason: string | null;
  /** What came of it, once it is Ready. */
  assetId: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  expiresAt: string;
};

export type CreateUpload = {
  fileName: string;
  contentType: string;
  sizeBytes: number;
  /** Of the whole file: it is refused where it arrives otherwise. */
  sha256?: string | undefined;
  /** `"Asset"` where it is left out. */
  purpose?: "Asset" | "Import" | undefined;
  /** `""` where it is left out. */
  altText?: string | undefined;
  folderId?: string | undefined;
};

export type FolderPage = {
  items: Folder[];
  nextCursor: string | null;
};

export type Folder = {
  id: string;
  parentId: string | null;
  name: string;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type CreateFolder = {
  name: string;
  /** The folder it stands in; null where it stands in none. `null` where it is left out. */
  parentId?: string | null | undefined;
};

export type UpdateFolder = {
  name?: string | undefined;
  /** The folder it stands in; null where it stands in none. */
  parentId?: string | null | undefined;
};

export type AssetPage = {
  items: Asset[];
  nextCursor: string | null;
};

export type Asset = {
  id: string;
  workspaceId: string;
  purpose: "Asset" | "Import";
  kind: "Image" | "Video" | "Audio" | "Document" | "Text" | "Archive";
  fileName: string;
  /** As the content tells. */
  contentType: string;
  altText: string;
  folderId: string | null;
  sizeBytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  animated: boolean;
  variants: {
    name: string;
    contentType: string;
    width: number;
    height: number;
    sizeBytes: number;
  }[];
  revision: number;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type UpdateAsset = {
  fileName?: string | undefined;
  altText?: string | undefined;
  folderId?: string | null | undefined;
  /** `revision` as it was read: where it has changed since, nothing is overwritten. */
  baseRevision?: number | undefined;
};

export type AssetUsage = {
  items: AssetUse[];
  nextCursor: string | null;
  branding: ("logo" | "favicon")[];
};

export type AssetUse = {
  kind: "Item" | "Page";
  id: string;
  versionNumbers: number[];
  adaptationIds: string[];
  /** Whether the current version or a live page is among them. */
  inForce: boolean;
};

export type AssetAddress = {
  url: string;
  /** RFC 3339. */
  expiresAt: string;
};

export type PersonaPage = {
  items: Persona[];
  nextCursor: string | null;
};

export type Persona = {
  id: string;
  workspaceId: string;
  name: string;
  attributes: PersonaAttributes;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type PersonaAttributes = {
  description?: string | undefined;
  jobTitles?: string[] | undefined;
  industry?: string | undefined;
  companySize?: string | undefined;
  goals?: string[] | undefined;
  pains?: string[] | undefined;
  objections?: string[] | undefined;
  tone?: string | undefined;
  vocabulary?: string[] | undefined;
  channels?: string[] | undefined;
  notes?: string | undefined;
};

export type CreatePersona = {
  name: string;
  attributes?: PersonaAttributes | undefined;
};

export type UpdatePersona = {
  name?: string | undefined;
  attributes?: PersonaAttributes | undefined;
  /** `updatedAt` as it was read: where it has changed since, nothing is overwritten. RFC 3339. */
  baseUpdatedAt?: string | undefined;
};

export type TagPage = {
  items: Tag[];
  nextCursor: string | null;
};

export type Tag = {
  id: string;
  workspaceId: string;
  name: string;
  color: string;
  /** The items that have it, archived ones among them. */
  itemCount: number;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type CreateTag = {
  name: string;
  /** `"#868e96"` where it is left out. */
  color?: string | undefined;
};

export type UpdateTag = {
  name?: string | undefined;
  color?: string | undefined;
  /** `updatedAt` as it was read: where it has changed since, nothing is overwritten. RFC 3339. */
  baseUpdatedAt?: string | undefined;
};

export type MergeTag = {
  /** The tag that stays. */
  into: string;
};

export type CampaignPage = {
  items: Campaign[];
  nextCursor: string | null;
};

export type Campaign = {
  id: string;
  workspaceId: string;
  name: string;
  goal: string;
  startsOn: string | null;
  endsOn: string | null;
  /** RFC 3339. */
  archivedAt: string | null;
  /** The items that have it, archived ones among them. */
  itemCount: number;
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type CreateCampaign = {
  name: string;
  /** `""` where it is left out. */
  goal?: string | undefined;
  /** `null` where it is left out. */
  startsOn?: string | null | undefined;
  /** `null` where it is left out. */
  endsOn?: string | null | undefined;
};

export type UpdateCampaign = {
  name?: string | undefined;
  goal?: string | undefined;
  startsOn?: string | null | undefined;
  endsOn?: string | null | undefined;
  /** `updatedAt` as it was read: where it has changed since, nothing is overwritten. RFC 3339. */
  baseUpdatedAt?: string | undefined;
};

export type TemplatePage = {
  items: TemplateSummary[];
  nextCursor: string | null;
};

export type TemplateSummary = {
  id: string;
  workspaceId: string;
  name: string;
  title: string;
  campaignId: string | null;
  tagIds: string[];
  createdBy: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type Template = TemplateSummary & {
  body: string;
  metadata: ContentMetadata;
  brief: Brief | null;
};

export type Brief = {
  /** `""` where it is left out. */
  goal?: string | undefined;
  /** `null` where it is left out. */
  personaId?: string | null | undefined;
  /** `""` where it is left out. */
  keyword?: string | undefined;
  /** A note beside the persona. `""` where it is left out. */
  audience?: string | undefined;
  /** `[]` where it is left out. */
  channelMix?: {
    channelId?: string | undefined;
    network?: "site" | "webhook" | "bluesky" | undefined;
    /** How many publications are wanted there. */
    count: number;
  }[] | undefined;
  /** `[]` where it is left out. */
  keyMessages?: string[] | undefined;
  /** `""` where it is left out. */
  notes?: string | undefined;
};

export type CreateTemplate = {
  name: string;
  /** `{date}`, `{month}` and `{year}` become those of the day on which an item is made of it. */
  title: string;
  /** `""` where it is left out. */
  body?: string | undefined;
  metadata?: ContentMetadata | undefined;
  brief?: Brief | null | undefined;
  /** `null` where it is left out. */
  campaignId?: string | null | undefined;
  /** `[]` where it is left out. */
  tagIds?: string[] | undefined;
};

export type UpdateTemplate = {
  name?: string | undefined;
  /** `{date}`, `{month}` and `{year}` become those of the day on which an item is made of it. */
  title?: string | undefined;
  body?: string | undefined;
  metadata?: ContentMetadata | undefined;
  brief?: Brief | null | undefined;
  campaignId?: string | null | undefined;
  tagIds?: string[] | undefined;
  /** `updatedAt` as it was read: where it has changed since, nothing is overwritten. RFC 3339. */
  baseUpdatedAt?: string | undefined;
};

export type EventPage = {
  items: Event[];
  cursor: string;
};

export type Event = {
  type: string;
  subjectId: string;
  payload: Record<string, unknown>;
  actorId: string | null;
  /** RFC 3339. */
  at: string;
  cursor: string;
};

export type PresenceList = {
  items: Presence[];
};

export type Presence = {
  userId: string;
  name: string;
  clientId: string;
  state: PresenceState;
  versionNumber: number | null;
  field: string | null;
  selection: {
    start: number;
    end: number;
  } | null;
  /** RFC 3339. */
  since: string;
};

export type PresenceState = "Viewing" | "Editing";

export type SetPresence = {
  clientId: string;
  state: PresenceState;
  versionNumber?: number | undefined;
  field?: string | undefined;
  selection?: {
    start: number;
    end: number;
  } | undefined;
};

export type AuditEventPage = {
  items: AuditEvent[];
  nextCursor: string | null;
};

export type AuditEvent = {
  id: string;
  /** RFC 3339. */
  at: string;
  actorKind: "Member" | "System" | "Guest";
  actorId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  detail: Record<string, unknown>;
  requestId: string | null;
};

export type Health = {
  status: "Ok" | "Failing";
  checks: Record<string, string>;
};

/** What a refusal's `code` can be. */
export type ErrorCode =
  | "invalid_request"
  | "invalid_json"
  | "invalid_cursor"
  | "workspace_required"
  | "local_time_invalid"
  | "unauthenticated"
  | "invalid_credentials"
  | "refresh_token_reused"
  | "forbidden"
  | "own_work"
  | "passcode_required"
  | "passcode_wrong"
  | "cross_site_request"
  | "account_suspended"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "version_conflict"
  | "draft_conflict"
  | "label_taken"
  | "email_taken"
  | "reset_token_invalid"
  | "slug_taken"
  | "wrong_region"
  | "already_member"
  | "last_admin"
  | "owner_protected"
  | "invitation_invalid"
  | "invitation_for_another_address"
  | "idempotency_key_reused"
  | "not_draft"
  | "not_pending"
  | "archived"
  | "thread_resolved"
  | "in_use"
  | "policy_unsatisfiable"
  | "not_approved"
  | "adaptation_not_approved"
  | "adaptation_pinned"
  | "channel_disconnected"
  | "channel_limits"
  | "channel_built_in"
  | "link_revoked"
  | "nothing_to_hold"
  | "not_under_review"
  | "schedule_not_open"
  | "schedule_not_unknown"
  | "schedule_exists"
  | "removal_unsupported"
  | "stream_unavailable"
  | "cursor_expired"
  | "storage_missing"
  | "upload_closed"
  | "upload_incomplete"
  | "import_running"
  | "import_over"
  | "export_running"
  | "export_not_ready"
  | "channel_refused"
  | "channel_unreachable"
  | "too_large"
  | "range_not_satisfiable"
  | "unsupported_media_type"
  | "rate_limited"
  | "internal"
  | "timeout"
  | "overloaded";
