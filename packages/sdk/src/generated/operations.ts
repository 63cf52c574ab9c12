// Written by `npm run generate` from the contracts: change those instead.
import { type Nothing, operation } from "../operation.ts";
import type {
  AcceptInvitation,
  Adaptation,
  AdaptationPage,
  AddReviewItems,
  Approval,
  ApprovalInboxPage,
  ApprovalPage,
  ApprovalWithAdaptations,
  ApproveReviewItem,
  ApproveReviewItems,
  ApproveStep,
  ApprovedStep,
  Asset,
  AssetAddress,
  AssetPage,
  AssetUsage,
  AuditEventPage,
  Campaign,
  CampaignPage,
  ChangeMember,
  ChangePassword,
  Channel,
  ChannelPage,
  Comment,
  CommentMentionPage,
  CommentPage,
  CommentReply,
  CommentThread,
  CommentThreadPage,
  CommentVisibility,
  ConnectChannel,
  ConnectedChannel,
  ContentAnalytics,
  ContentBrief,
  ContentExport,
  ContentExportPage,
  ContentImport,
  ContentImportPage,
  ContentItem,
  ContentItemPage,
  ContentItemWithBody,
  ContentStatus,
  ContentVersion,
  ContentVersionPage,
  CreateAdaptation,
  CreateCampaign,
  CreateContent,
  CreateFolder,
  CreatePersona,
  CreateReviewLink,
  CreateSchedule,
  CreateTag,
  CreateTemplate,
  CreateUpload,
  CreateWorkspace,
  Draft,
  EditComment,
  EventPage,
  Folder,
  FolderPage,
  ForgotPassword,
  HandOver,
  Health,
  HoldReviewItem,
  ImportedEntryPage,
  InvitationPage,
  InviteMember,
  IssuedInvitation,
  IssuedReviewLink,
  Joined,
  Jwks,
  LabelVersion,
  LineagePage,
  Login,
  Me,
  Member,
  MemberPage,
  MergeTag,
  MergeVersion,
  OpenCommentThread,
  OpenReview,
  OpenedReview,
  Persona,
  PersonaPage,
  PlannedSchedule,
  PresenceList,
  Refresh,
  RejectStep,
  RequestReviewChanges,
  Reschedule,
  ResetPassword,
  ResolveUnknown,
  RestoreVersion,
  ReviewBatchResult,
  ReviewComment,
  ReviewCommentPage,
  ReviewItem,
  ReviewLink,
  ReviewLinkPage,
  ReviewLinkWithGuests,
  ReviewReceipt,
  ReviewReceiptKeys,
  ReviewReceiptPage,
  ReviewSession,
  SaveBrief,
  SaveDraft,
  SaveVersion,
  SavedVersion,
  SayInReview,
  Schedule,
  SchedulePage,
  ScheduleState,
  ScheduleStatus,
  SearchPage,
  Sessions,
  SetPresence,
  SignedIn,
  Signup,
  SitePagePage,
  StartExport,
  StartImport,
  SubmitContent,
  SubmittedContent,
  Tag,
  TagPage,
  Template,
  TemplatePage,
  TopContent,
  UpdateAdaptation,
  UpdateAsset,
  UpdateCampaign,
  UpdateChannel,
  UpdateContent,
  UpdateFolder,
  UpdatePersona,
  UpdateReviewLink,
  UpdateTag,
  UpdateTemplate,
  UpdateWorkspace,
  Upload,
  VersionDiff,
  VersionLabels,
  VersionMerge,
  Workspace,
  WorkspaceAnalytics,
  WorkspacePage,
} from "./schemas.ts";

export type SignupInput = {
  body: Signup;
};

/** Make an account and sign in. Refusals: invalid_json, email_taken, too_large, unsupported_media_type. */
export const signup = /* @__PURE__ */ operation<SignupInput, SignedIn>("signup", "POST", "/auth/signup", { open: true });

export type LoginInput = {
  body: Login;
};

/** Sign in. Refusals: invalid_json, invalid_credentials, account_suspended, too_large, unsupported_media_type. */
export const login = /* @__PURE__ */ operation<LoginInput, SignedIn>("login", "POST", "/auth/login", { open: true });

export type RefreshInput = {
  body?: Refresh | undefined;
};

/** Change a refresh token for a new pair. The token comes in the body, or in the cookie that `login` set. It is good once: using it again ends its session, since one of the two users has stolen it. Refusals: invalid_json, unauthenticated, refresh_token_reused, cross_site_request, too_large, unsupported_media_type. */
export const refresh = /* @__PURE__ */ operation<RefreshInput, SignedIn>("refresh", "POST", "/auth/refresh", { open: true });

/** End this session. Refusals: unauthenticated, cross_site_request. */
export const logout = /* @__PURE__ */ operation<Nothing, undefined>("logout", "POST", "/auth/logout");

export type ForgotPasswordInput = {
  body: ForgotPassword;
};

/** Ask for a link to set a new password. Refusals: invalid_json, too_large, unsupported_media_type. */
export const forgotPassword = /* @__PURE__ */ operation<ForgotPasswordInput, undefined>("forgotPassword", "POST", "/auth/password/forgot", { open: true });

export type ResetPasswordInput = {
  body: ResetPassword;
};

/** Set a new password with the token of a link. Refusals: invalid_json, reset_token_invalid, too_large, unsupported_media_type. */
export const resetPassword = /* @__PURE__ */ operation<ResetPasswordInput, undefined>("resetPassword", "POST", "/auth/password/reset", { open: true });

export type ChangePasswordInput = {
  body: ChangePassword;
};

/** Change one's password. Refusals: invalid_json, unauthenticated, invalid_credentials, cross_site_request, conflict, too_large, unsupported_media_type. */
export const changePassword = /* @__PURE__ */ operation<ChangePasswordInput, undefined>("changePassword", "POST", "/auth/password/change");

/** Who am I. Refusals: unauthenticated. */
export const getMe = /* @__PURE__ */ operation<Nothing, Me>("getMe", "GET", "/auth/me");

/** Where one is signed in: the latest hundred. Refusals: unauthenticated. */
export const listSessions = /* @__PURE__ */ operation<Nothing, Sessions>("listSessions", "GET", "/auth/sessions");

export type EndSessionInput = {
  id: string;
};

/** End one of one's sessions. Refusals: unauthenticated, cross_site_request, not_found. */
export const endSession = /* @__PURE__ */ operation<EndSessionInput, undefined>("endSession", "DELETE", "/auth/sessions/{id}");

/** The public keys that verify access tokens. Also at `/.well-known/jwks.json`. Ask again when a token names a key that is not here. */
export const getJwks = /* @__PURE__ */ operation<Nothing, Jwks>("getJwks", "GET", "/auth/jwks.json", { open: true });

export type ListWorkspacesInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List one's own workspaces. Refusals: invalid_cursor, unauthenticated. */
export const listWorkspaces = /* @__PURE__ */ operation<ListWorkspacesInput, WorkspacePage>("listWorkspaces", "GET", "/workspaces");

export type CreateWorkspaceInput = {
  body: CreateWorkspace;
};

/** Found a workspace, with its site. Refusals: invalid_json, unauthenticated, cross_site_request, wrong_region, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createWorkspace = /* @__PURE__ */ operation<CreateWorkspaceInput, Workspace>("createWorkspace", "POST", "/workspaces", { keyed: true });

export type GetWorkspaceInput = {
  id: string;
};

/** Read a workspace's settings. Refusals: unauthenticated, forbidden, not_found. */
export const getWorkspace = /* @__PURE__ */ operation<GetWorkspaceInput, Workspace>("getWorkspace", "GET", "/workspaces/{id}");

export type UpdateWorkspaceInput = {
  id: string;
  body: UpdateWorkspace;
};

/** Change settings; an approval policy binds what is submitted from now on. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, slug_taken, too_large, unsupported_media_type. */
export const updateWorkspace = /* @__PURE__ */ operation<UpdateWorkspaceInput, Workspace>("updateWorkspace", "PUT", "/workspaces/{id}");

export type HandOverInput = {
  id: string;
  body: HandOver;
};

/** Hand a workspace over to one of its Admins. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, too_large, unsupported_media_type. */
export const handOver = /* @__PURE__ */ operation<HandOverInput, Workspace>("handOver", "POST", "/workspaces/{id}/hand-over");

export type ListMembersInput = {
  id: string;
  /** `"joinedAt"` where it is left out. */
  sort?: "joinedAt" | "-joinedAt" | "name" | "-name" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List a workspace's members. Refusals: invalid_cursor, unauthenticated, forbidden, not_found. */
export const listMembers = /* @__PURE__ */ operation<ListMembersInput, MemberPage>("listMembers", "GET", "/workspaces/{id}/members");

export type InviteMemberInput = {
  id: string;
  body: InviteMember;
};

/** Invite somebody by mail; a second invitation replaces the first. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, already_member, idempotency_key_reused, too_large, unsupported_media_type. */
export const inviteMember = /* @__PURE__ */ operation<InviteMemberInput, IssuedInvitation>("inviteMember", "POST", "/workspaces/{id}/members", { keyed: true });

export type ChangeMemberInput = {
  id: string;
  userId: string;
  body: ChangeMember;
};

/** Give a member another role. Refusals: invalid_json, unauthenticated, forbidden, cross_site_request, not_found, owner_protected, too_large, unsupported_media_type. */
export const changeMember = /* @__PURE__ */ operation<ChangeMemberInput, Member>("changeMember", "PUT", "/workspaces/{id}/members/{userId}");

export type RemoveMemberInput = {
  id: string;
  userId: string;
};

/** Remove a member. Refusals: unauthenticated, forbidden, cross_site_request, not_found, owner_protected. */
export const removeMember = /* @__PURE__ */ operation<RemoveMemberInput, undefined>("removeMember", "DELETE", "/workspaces/{id}/members/{userId}");

export type ListInvitationsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List open and expired invitations, newest first. Refusals: invalid_cursor, unauthenticated, forbidden, not_found. */
export const listInvitations = /* @__PURE__ */ operation<ListInvitationsInput, InvitationPage>("listInvitations", "GET", "/workspaces/{id}/invitations");

export type RevokeInvitationInput = {
  id: string;
  invitationId: string;
};

/** Take an invitation back. Refusals: unauthenticated, forbidden, cross_site_request, not_found. */
export const revokeInvitation = /* @__PURE__ */ operation<RevokeInvitationInput, undefined>("revokeInvitation", "DELETE", "/workspaces/{id}/invitations/{invitationId}");

export type AcceptInvitationInput = {
  body: AcceptInvitation;
};

/** Join the workspace of an invitation. Refusals: invalid_json, unauthenticated, cross_site_request, invitation_invalid, invitation_for_another_address, already_member, idempotency_key_reused, too_large, unsupported_media_type. */
export const acceptInvitation = /* @__PURE__ */ operation<AcceptInvitationInput, Joined>("acceptInvitation", "POST", "/invitations/accept", { keyed: true });

export type ListChannelsInput = {
  network?: "site" | "webhook" | "bluesky" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the workspace's channels. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listChannels = /* @__PURE__ */ operation<ListChannelsInput, ChannelPage>("listChannels", "GET", "/distribution/channels", { scoped: true });

export type ConnectChannelInput = {
  body: ConnectChannel;
};

/** Connect an account on a network; an account that is known is connected anew. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused, conflict, too_large, unsupported_media_type, channel_refused, channel_unreachable. */
export const connectChannel = /* @__PURE__ */ operation<ConnectChannelInput, ConnectedChannel>("connectChannel", "POST", "/distribution/channels", { scoped: true, keyed: true });

export type GetChannelInput = {
  id: string;
};

/** Read a channel. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getChannel = /* @__PURE__ */ operation<GetChannelInput, Channel>("getChannel", "GET", "/distribution/channels/{id}", { scoped: true });

export type UpdateChannelInput = {
  id: string;
  body: UpdateChannel;
};

/** Rename a channel. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const updateChannel = /* @__PURE__ */ operation<UpdateChannelInput, Channel>("updateChannel", "PUT", "/distribution/channels/{id}", { scoped: true });

export type DisconnectChannelInput = {
  id: string;
};

/** Disconnect a channel and forget its credentials. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, channel_built_in. */
export const disconnectChannel = /* @__PURE__ */ operation<DisconnectChannelInput, undefined>("disconnectChannel", "DELETE", "/distribution/channels/{id}", { scoped: true });

export type CheckChannelInput = {
  id: string;
};

/** Try a channel now; the answer says how it is. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const checkChannel = /* @__PURE__ */ operation<CheckChannelInput, Channel>("checkChannel", "POST", "/distribution/channels/{id}/check", { scoped: true });

export type ListImportsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List imports, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listImports = /* @__PURE__ */ operation<ListImportsInput, ContentImportPage>("listImports", "GET", "/content/import", { scoped: true });

export type StartImportInput = {
  body: StartImport;
};

/** Import an uploaded file: Markdown, a zip of it, a WordPress export, a feed, a ContentOS export. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, import_running, idempotency_key_reused, conflict, too_large, unsupported_media_type. */
export const startImport = /* @__PURE__ */ operation<StartImportInput, ContentImport>("startImport", "POST", "/content/import", { scoped: true, keyed: true });

export type GetImportInput = {
  id: string;
};

/** See how far an import is, and what has come of it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getImport = /* @__PURE__ */ operation<GetImportInput, ContentImport>("getImport", "GET", "/content/import/{id}", { scoped: true });

export type ListImportEntriesInput = {
  id: string;
  outcome?: "Imported" | "Updated" | "Unchanged" | "Conflict" | "Skipped" | "Failed" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Read what became of each entry, and why. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listImportEntries = /* @__PURE__ */ operation<ListImportEntriesInput, ImportedEntryPage>("listImportEntries", "GET", "/content/import/{id}/entries", { scoped: true });

export type CancelImportInput = {
  id: string;
};

/** Stop an import; what has come in stays. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, import_over. */
export const cancelImport = /* @__PURE__ */ operation<CancelImportInput, ContentImport>("cancelImport", "POST", "/content/import/{id}/cancel", { scoped: true });

export type ListExportsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List exports, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listExports = /* @__PURE__ */ operation<ListExportsInput, ContentExportPage>("listExports", "GET", "/content/export", { scoped: true });

export type StartExportInput = {
  body: StartExport;
};

/** Export the workspace's content as an archive that another deployment imports without loss. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, export_running, idempotency_key_reused, too_large, unsupported_media_type. */
export const startExport = /* @__PURE__ */ operation<StartExportInput, ContentExport>("startExport", "POST", "/content/export", { scoped: true, keyed: true });

export type GetExportInput = {
  id: string;
};

/** See how far an export is. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getExport = /* @__PURE__ */ operation<GetExportInput, ContentExport>("getExport", "GET", "/content/export/{id}", { scoped: true });

export type DownloadExportInput = {
  id: string;
};

/** Download the archive, within seven days. Refusals: workspace_required, unauthenticated, forbidden, not_found, export_not_ready. */
export const downloadExport = /* @__PURE__ */ operation<DownloadExportInput, Blob>("downloadExport", "GET", "/content/export/{id}/download", { scoped: true, answers: "blob" });

export type ExportItemInput = {
  id: string;
};

/** Export one item as Markdown with front matter. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const exportItem = /* @__PURE__ */ operation<ExportItemInput, string>("exportItem", "GET", "/content/{id}/export", { scoped: true, answers: "text" });

export type ListContentInput = {
  status?: ContentStatus | undefined;
  /** Words of the title, each of which may go on: `spr lau` finds Spring launch. */
  q?: string | undefined;
  author?: string | undefined;
  /** The id of a member, `me`, or `none`. */
  assignee?: "me" | "none" | string | undefined;
  /** Items that have this tag; of several, repeated or with commas between, all of them. */
  tag?: string[] | undefined;
  campaign?: string | undefined;
  persona?: string | undefined;
  /** Made at this time or later. RFC 3339. */
  createdFrom?: string | undefined;
  /** Made before this time. RFC 3339. */
  createdTo?: string | undefined;
  /** Due at this time or later. RFC 3339. */
  dueFrom?: string | undefined;
  /** Due before this time. RFC 3339. */
  dueTo?: string | undefined;
  /** `true`: those whose due date has passed and that aren't Published. `false` where it is left out. */
  overdue?: boolean | undefined;
  /** `false` where it is left out. */
  archived?: boolean | undefined;
  /** What has no due date comes last, in either direction. `"-createdAt"` where it is left out. */
  sort?: "createdAt" | "-createdAt" | "updatedAt" | "-updatedAt" | "dueAt" | "-dueAt" | "title" | "-title" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List content items. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listContent = /* @__PURE__ */ operation<ListContentInput, ContentItemPage>("listContent", "GET", "/content", { scoped: true });

export type CreateContentInput = {
  body: CreateContent;
};

/** Create a draft, with its first version. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createContent = /* @__PURE__ */ operation<CreateContentInput, ContentItem>("createContent", "POST", "/content", { scoped: true, keyed: true });

export type GetContentInput = {
  id: string;
};

/** Read an item with its current version. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getContent = /* @__PURE__ */ operation<GetContentInput, ContentItemWithBody>("getContent", "GET", "/content/{id}", { scoped: true });

export type UpdateContentInput = {
  id: string;
  body: UpdateContent;
};

/** Change title, metadata or its place in the plan; what goes out makes a new version. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, archived, too_large, unsupported_media_type. */
export const updateContent = /* @__PURE__ */ operation<UpdateContentInput, ContentItem>("updateContent", "PUT", "/content/{id}", { scoped: true });

export type ArchiveContentInput = {
  id: string;
};

/** Take an item off the lists; nothing is lost. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived. */
export const archiveContent = /* @__PURE__ */ operation<ArchiveContentInput, ContentItem>("archiveContent", "POST", "/content/{id}/archive", { scoped: true });

export type RestoreContentInput = {
  id: string;
};

/** Bring an archived item back. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, conflict. */
export const restoreContent = /* @__PURE__ */ operation<RestoreContentInput, ContentItem>("restoreContent", "POST", "/content/{id}/restore", { scoped: true });

export type ListVersionsInput = {
  id: string;
  /** The version with this label, in any case. */
  label?: string | undefined;
  /** Only versions with a label. `false` where it is left out. */
  labelled?: boolean | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List an item's versions, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listVersions = /* @__PURE__ */ operation<ListVersionsInput, ContentVersionPage>("listVersions", "GET", "/content/{id}/versions", { scoped: true });

export type SaveVersionInput = {
  id: string;
  body: SaveVersion;
};

/** Save a new version, based on the one that was read. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const saveVersion = /* @__PURE__ */ operation<SaveVersionInput, SavedVersion>("saveVersion", "POST", "/content/{id}/versions", { scoped: true, keyed: true });

export type GetVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
};

/** Read one version. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getVersion = /* @__PURE__ */ operation<GetVersionInput, ContentVersion>("getVersion", "GET", "/content/{id}/versions/{versionNumber}", { scoped: true });

export type RestoreVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
  body: RestoreVersion;
};

/** Make a new version that says what an old one said. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, archived, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const restoreVersion = /* @__PURE__ */ operation<RestoreVersionInput, ContentVersion>("restoreVersion", "POST", "/content/{id}/versions/{versionNumber}/restore", { scoped: true, keyed: true });

export type DiffVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
  /** The version before, where left out. */
  against?: number | undefined;
};

/** Compare a version with the one before, or with another, word by word. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const diffVersion = /* @__PURE__ */ operation<DiffVersionInput, VersionDiff>("diffVersion", "GET", "/content/{id}/versions/{versionNumber}/diff", { scoped: true });

export type MergeVersionInput = {
  id: string;
  body: MergeVersion;
};

/** Merge a text with what was saved meanwhile, without saving. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const mergeVersion = /* @__PURE__ */ operation<MergeVersionInput, VersionMerge>("mergeVersion", "POST", "/content/{id}/versions/merge", { scoped: true });

export type LabelVersionInput = {
  id: string;
  /** From 1, without gaps. */
  versionNumber: number;
  body: LabelVersion;
};

/** Give a version the labels that it is to have. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, label_taken, archived, too_large, unsupported_media_type. */
export const labelVersion = /* @__PURE__ */ operation<LabelVersionInput, VersionLabels>("labelVersion", "PUT", "/content/{id}/versions/{versionNumber}/labels", { scoped: true });

export type GetDraftInput = {
  id: string;
};

/** Read what you have typed and not saved. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getDraft = /* @__PURE__ */ operation<GetDraftInput, Draft>("getDraft", "GET", "/content/{id}/draft", { scoped: true });

export type SaveDraftInput = {
  id: string;
  body: SaveDraft;
};

/** Keep what you have typed, for yourself; it makes no version. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, draft_conflict, archived, too_large, unsupported_media_type. */
export const saveDraft = /* @__PURE__ */ operation<SaveDraftInput, Draft>("saveDraft", "PUT", "/content/{id}/draft", { scoped: true });

export type RemoveDraftInput = {
  id: string;
};

/** Throw your draft away. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeDraft = /* @__PURE__ */ operation<RemoveDraftInput, undefined>("removeDraft", "DELETE", "/content/{id}/draft", { scoped: true });

export type ListAdaptationsInput = {
  id: string;
};

/** List an item's adaptations. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listAdaptations = /* @__PURE__ */ operation<ListAdaptationsInput, AdaptationPage>("listAdaptations", "GET", "/content/{id}/adaptations", { scoped: true });

export type CreateAdaptationInput = {
  id: string;
  body: CreateAdaptation;
};

/** Rewrite the current version for one channel, by hand. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createAdaptation = /* @__PURE__ */ operation<CreateAdaptationInput, Adaptation>("createAdaptation", "POST", "/content/{id}/adaptations", { scoped: true, keyed: true });

export type UpdateAdaptationInput = {
  id: string;
  adaptationId: string;
  body: UpdateAdaptation;
};

/** Change an adaptation's parts. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, too_large, unsupported_media_type. */
export const updateAdaptation = /* @__PURE__ */ operation<UpdateAdaptationInput, Adaptation>("updateAdaptation", "PUT", "/content/{id}/adaptations/{adaptationId}", { scoped: true });

export type GetBriefInput = {
  id: string;
};

/** Read what an item is to do. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getBrief = /* @__PURE__ */ operation<GetBriefInput, ContentBrief>("getBrief", "GET", "/content/{id}/brief", { scoped: true });

export type SaveBriefInput = {
  id: string;
  body: SaveBrief;
};

/** Say what an item is to do, as a whole; based on the brief that was read. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, version_conflict, too_large, unsupported_media_type. */
export const saveBrief = /* @__PURE__ */ operation<SaveBriefInput, ContentBrief>("saveBrief", "PUT", "/content/{id}/brief", { scoped: true });

export type ListThreadsInput = {
  id: string;
  /** Both, where it isn't said. */
  resolved?: boolean | undefined;
  /** Internal: members alone. Client: also clients with a review link. */
  visibility?: CommentVisibility | undefined;
  /** `"-createdAt"` where it is left out. */
  sort?: "-createdAt" | "createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List an item's threads, with where their passages stand now. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listThreads = /* @__PURE__ */ operation<ListThreadsInput, CommentThreadPage>("listThreads", "GET", "/content/{id}/comments", { scoped: true });

export type OpenThreadInput = {
  id: string;
  body: OpenCommentThread;
};

/** Open a thread on an item, or on a passage of one of its versions. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const openThread = /* @__PURE__ */ operation<OpenThreadInput, CommentThread>("openThread", "POST", "/content/{id}/comments", { scoped: true, keyed: true });

export type GetThreadInput = {
  id: string;
  threadId: string;
};

/** Read a thread. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getThread = /* @__PURE__ */ operation<GetThreadInput, CommentThread>("getThread", "GET", "/content/{id}/comments/{threadId}", { scoped: true });

export type ListRepliesInput = {
  id: string;
  threadId: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List all that was said in a thread, oldest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReplies = /* @__PURE__ */ operation<ListRepliesInput, CommentPage>("listReplies", "GET", "/content/{id}/comments/{threadId}/replies", { scoped: true });

export type ReplyToThreadInput = {
  id: string;
  threadId: string;
  body: CommentReply;
};

/** Reply in a thread. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, thread_resolved, idempotency_key_reused, too_large, unsupported_media_type. */
export const replyToThread = /* @__PURE__ */ operation<ReplyToThreadInput, Comment>("replyToThread", "POST", "/content/{id}/comments/{threadId}/replies", { scoped: true, keyed: true });

export type ResolveThreadInput = {
  id: string;
  threadId: string;
};

/** Settle a thread. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived, thread_resolved. */
export const resolveThread = /* @__PURE__ */ operation<ResolveThreadInput, CommentThread>("resolveThread", "POST", "/content/{id}/comments/{threadId}/resolve", { scoped: true });

export type ReopenThreadInput = {
  id: string;
  threadId: string;
};

/** Take a settled thread up again. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived, conflict. */
export const reopenThread = /* @__PURE__ */ operation<ReopenThreadInput, CommentThread>("reopenThread", "POST", "/content/{id}/comments/{threadId}/reopen", { scoped: true });

export type EditCommentInput = {
  id: string;
  body: EditComment;
};

/** Change the words of a comment of one's own. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, too_large, unsupported_media_type. */
export const editComment = /* @__PURE__ */ operation<EditCommentInput, Comment>("editComment", "PUT", "/comments/{id}", { scoped: true });

export type RemoveCommentInput = {
  id: string;
};

/** Remove a comment; that there was one stays visible. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeComment = /* @__PURE__ */ operation<RemoveCommentInput, undefined>("removeComment", "DELETE", "/comments/{id}", { scoped: true });

export type ListMentionsInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the comments that name whoever asks, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listMentions = /* @__PURE__ */ operation<ListMentionsInput, CommentMentionPage>("listMentions", "GET", "/comments/mentions", { scoped: true });

export type SubmitContentInput = {
  id: string;
  body?: SubmitContent | undefined;
};

/** Send the current version and the adaptations it names to review. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, not_draft, archived, adaptation_pinned, channel_disconnected, channel_limits, policy_unsatisfiable, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const submitContent = /* @__PURE__ */ operation<SubmitContentInput, SubmittedContent>("submitContent", "POST", "/content/{id}/submit", { scoped: true, keyed: true });

export type ApproveStepInput = {
  id: string;
  body?: ApproveStep | undefined;
};

/** Approve a step: the next one opens, or the item is Approved. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, own_work, cross_site_request, not_found, not_pending, idempotency_key_reused, too_large, unsupported_media_type. */
export const approveStep = /* @__PURE__ */ operation<ApproveStepInput, ApprovedStep>("approveStep", "POST", "/approval/{id}/approve", { scoped: true, keyed: true });

export type RejectStepInput = {
  id: string;
  body: RejectStep;
};

/** Reject a step, with a reason: the item is a Draft again. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, own_work, cross_site_request, not_found, not_pending, idempotency_key_reused, too_large, unsupported_media_type. */
export const rejectStep = /* @__PURE__ */ operation<RejectStepInput, Approval>("rejectStep", "POST", "/approval/{id}/reject", { scoped: true, keyed: true });

export type ListInboxInput = {
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the steps that you may decide now, the longest waiting first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listInbox = /* @__PURE__ */ operation<ListInboxInput, ApprovalInboxPage>("listInbox", "GET", "/approval/inbox", { scoped: true });

export type GetApprovalInput = {
  id: string;
};

/** Read one approval with all that may go out beside the version. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getApproval = /* @__PURE__ */ operation<GetApprovalInput, ApprovalWithAdaptations>("getApproval", "GET", "/approval/{id}", { scoped: true });

export type ListApprovalsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List an item's approvals, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listApprovals = /* @__PURE__ */ operation<ListApprovalsInput, ApprovalPage>("listApprovals", "GET", "/content/{id}/approvals", { scoped: true });

export type CreateScheduleInput = {
  body: CreateSchedule;
};

/** Plan the publication of an approved version on a channel. Refusals: workspace_required, local_time_invalid, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, not_approved, adaptation_not_approved, archived, channel_disconnected, channel_limits, schedule_exists, idempotency_key_reused, too_large, unsupported_media_type. */
export const createSchedule = /* @__PURE__ */ operation<CreateScheduleInput, PlannedSchedule>("createSchedule", "POST", "/distribution/schedule", { scoped: true, keyed: true });

export type ListSchedulesInput = {
  /** The first scheduled time of the range. RFC 3339. */
  from?: string | undefined;
  /** Where the range ends; not itself in it. RFC 3339. */
  to?: string | undefined;
  status?: ScheduleStatus | undefined;
  channelId?: string | undefined;
  contentItemId?: string | undefined;
  /** `"scheduledTime"` where it is left out. */
  sort?: "scheduledTime" | "-scheduledTime" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List schedules by time. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listSchedules = /* @__PURE__ */ operation<ListSchedulesInput, SchedulePage>("listSchedules", "GET", "/distribution", { scoped: true });

export type GetScheduleStatusInput = {
  id: string;
};

/** Read how a publication stands, with its attempts and parts. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getScheduleStatus = /* @__PURE__ */ operation<GetScheduleStatusInput, ScheduleState>("getScheduleStatus", "GET", "/distribution/{id}/status", { scoped: true });

export type RescheduleInput = {
  id: string;
  body: Reschedule;
};

/** Give a schedule another time, and what is approved now where it was put on hold. Refusals: workspace_required, local_time_invalid, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, schedule_exists, not_approved, adaptation_not_approved, archived, channel_disconnected, channel_limits, idempotency_key_reused, too_large, unsupported_media_type. */
export const reschedule = /* @__PURE__ */ operation<RescheduleInput, PlannedSchedule>("reschedule", "POST", "/distribution/{id}/reschedule", { scoped: true, keyed: true });

export type CancelScheduleInput = {
  id: string;
};

/** Call a publication off. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, idempotency_key_reused. */
export const cancelSchedule = /* @__PURE__ */ operation<CancelScheduleInput, Schedule>("cancelSchedule", "POST", "/distribution/{id}/cancel", { scoped: true, keyed: true });

export type RetryScheduleInput = {
  id: string;
};

/** Have a failed publication tried again, now. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, schedule_exists, not_approved, archived, channel_disconnected, idempotency_key_reused. */
export const retrySchedule = /* @__PURE__ */ operation<RetryScheduleInput, Schedule>("retrySchedule", "POST", "/distribution/{id}/retry", { scoped: true, keyed: true });

export type ResolveScheduleInput = {
  id: string;
  body: ResolveUnknown;
};

/** Say whether a publication is there, where the network can't tell. `Published` records it as there; `Absent` has what is missing sent again. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_unknown, idempotency_key_reused, too_large, unsupported_media_type. */
export const resolveSchedule = /* @__PURE__ */ operation<ResolveScheduleInput, Schedule>("resolveSchedule", "POST", "/distribution/{id}/resolve", { scoped: true, keyed: true });

export type RemovePublicationInput = {
  id: string;
};

/** Take a publication down from its network. Done by a job: `removedAt` of the status tells when it is down. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, schedule_not_open, removal_unsupported, channel_disconnected, idempotency_key_reused. */
export const removePublication = /* @__PURE__ */ operation<RemovePublicationInput, Schedule>("removePublication", "POST", "/distribution/{id}/remove", { scoped: true, keyed: true });

export type ListReviewLinksInput = {
  contentItemId?: string | undefined;
  /** Ended: expired or revoked. */
  status?: "Live" | "Ended" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List review links, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReviewLinks = /* @__PURE__ */ operation<ListReviewLinksInput, ReviewLinkPage>("listReviewLinks", "GET", "/review/links", { scoped: true });

export type CreateReviewLinkInput = {
  body: CreateReviewLink;
};

/** Make a link by which a client reviews without an account. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createReviewLink = /* @__PURE__ */ operation<CreateReviewLinkInput, IssuedReviewLink>("createReviewLink", "POST", "/review/links", { scoped: true, keyed: true });

export type GetReviewLinkInput = {
  id: string;
};

/** Read a review link and who opened it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getReviewLink = /* @__PURE__ */ operation<GetReviewLinkInput, ReviewLinkWithGuests>("getReviewLink", "GET", "/review/links/{id}", { scoped: true });

export type UpdateReviewLinkInput = {
  id: string;
  body: UpdateReviewLink;
};

/** Change a link's expiry, passcode, rights or words. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, link_revoked, too_large, unsupported_media_type. */
export const updateReviewLink = /* @__PURE__ */ operation<UpdateReviewLinkInput, ReviewLink>("updateReviewLink", "PUT", "/review/links/{id}", { scoped: true });

export type RevokeReviewLinkInput = {
  id: string;
};

/** Take a link back: it ends for everybody who has it. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, link_revoked. */
export const revokeReviewLink = /* @__PURE__ */ operation<RevokeReviewLinkInput, undefined>("revokeReviewLink", "DELETE", "/review/links/{id}", { scoped: true });

export type AddReviewItemsInput = {
  id: string;
  body: AddReviewItems;
};

/** Show more items by a link. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, link_revoked, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const addReviewItems = /* @__PURE__ */ operation<AddReviewItemsInput, ReviewLink>("addReviewItems", "POST", "/review/links/{id}/items", { scoped: true, keyed: true });

export type RemoveReviewItemInput = {
  id: string;
  contentItemId: string;
};

/** Show an item no longer by a link. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, link_revoked. */
export const removeReviewItem = /* @__PURE__ */ operation<RemoveReviewItemInput, undefined>("removeReviewItem", "DELETE", "/review/links/{id}/items/{contentItemId}", { scoped: true });

export type OpenReviewInput = {
  body: OpenReview;
};

/** Open a review link as a client, with a name. Refusals: invalid_json, passcode_required, passcode_wrong, not_found, too_large, unsupported_media_type. */
export const openReview = /* @__PURE__ */ operation<OpenReviewInput, OpenedReview>("openReview", "POST", "/review/open", { open: true });

/** Read what the link shows. Refusals: unauthenticated, forbidden, not_found. */
export const getReviewSession = /* @__PURE__ */ operation<Nothing, ReviewSession>("getReviewSession", "GET", "/review/session");

export type GetReviewItemInput = {
  id: string;
};

/** Read an item, and all of it that is to be decided. Refusals: unauthenticated, forbidden, not_found. */
export const getReviewItem = /* @__PURE__ */ operation<GetReviewItemInput, ReviewItem>("getReviewItem", "GET", "/review/items/{id}");

export type ListReviewCommentsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List what was said to clients and by them, oldest first. Refusals: invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReviewComments = /* @__PURE__ */ operation<ListReviewCommentsInput, ReviewCommentPage>("listReviewComments", "GET", "/review/items/{id}/comments");

export type SayInReviewInput = {
  id: string;
  body: SayInReview;
};

/** Comment on what is before you, or answer. Refusals: invalid_json, unauthenticated, forbidden, not_found, not_under_review, thread_resolved, idempotency_key_reused, too_large, unsupported_media_type. */
export const sayInReview = /* @__PURE__ */ operation<SayInReviewInput, ReviewComment>("sayInReview", "POST", "/review/items/{id}/comments", { keyed: true });

export type ApproveItemInput = {
  id: string;
  body: ApproveReviewItem;
};

/** Approve what is before you. Refusals: invalid_json, unauthenticated, forbidden, own_work, not_found, not_pending, version_conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const approveItem = /* @__PURE__ */ operation<ApproveItemInput, ReviewReceipt>("approveItem", "POST", "/review/items/{id}/approve", { keyed: true });

export type RequestChangesInput = {
  id: string;
  body: RequestReviewChanges;
};

/** Ask for changes, with a reason: the item is a draft again. Refusals: invalid_json, unauthenticated, forbidden, own_work, not_found, not_pending, version_conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const requestChanges = /* @__PURE__ */ operation<RequestChangesInput, ReviewReceipt>("requestChanges", "POST", "/review/items/{id}/request-changes", { keyed: true });

export type HoldItemInput = {
  id: string;
  body: HoldReviewItem;
};

/** Stop what was approved and has not gone out. Refusals: invalid_json, unauthenticated, forbidden, not_found, not_approved, nothing_to_hold, idempotency_key_reused, too_large, unsupported_media_type. */
export const holdItem = /* @__PURE__ */ operation<HoldItemInput, ReviewReceipt>("holdItem", "POST", "/review/items/{id}/hold", { keyed: true });

export type ApproveItemsInput = {
  body: ApproveReviewItems;
};

/** Approve several items; each is decided by itself. Refusals: invalid_json, unauthenticated, forbidden, not_found, too_large, unsupported_media_type. */
export const approveItems = /* @__PURE__ */ operation<ApproveItemsInput, ReviewBatchResult>("approveItems", "POST", "/review/approve");

export type GetReceiptInput = {
  id: string;
};

/** Read the signed receipt of a client's decision, as the client or as a member. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getReceipt = /* @__PURE__ */ operation<GetReceiptInput, ReviewReceipt>("getReceipt", "GET", "/review/receipts/{id}", { scoped: true });

export type ListReceiptsInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the receipts of what clients decided on an item, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listReceipts = /* @__PURE__ */ operation<ListReceiptsInput, ReviewReceiptPage>("listReceipts", "GET", "/content/{id}/receipts", { scoped: true });

/** The public keys that verify receipts, retired ones among them. Those in use are at `/.well-known/jwks.json` too; a receipt is proved also after its key was rotated. */
export const getReceiptKeys = /* @__PURE__ */ operation<Nothing, ReviewReceiptKeys>("getReceiptKeys", "GET", "/review/jwks.json", { open: true });

export type GetContentAnalyticsInput = {
  id: string;
  /** A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out. */
  from?: string | undefined;
  /** A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out. */
  to?: string | undefined;
};

/** Read an item's metrics: each value with its source, its time and how well it is known. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getContentAnalytics = /* @__PURE__ */ operation<GetContentAnalyticsInput, ContentAnalytics>("getContentAnalytics", "GET", "/analytics/content/{id}", { scoped: true });

export type GetWorkspaceAnalyticsInput = {
  id: string;
  /** A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out. */
  from?: string | undefined;
  /** A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out. */
  to?: string | undefined;
};

/** Read a workspace's KPIs of a period, with the one before. Refusals: unauthenticated, forbidden, not_found. */
export const getWorkspaceAnalytics = /* @__PURE__ */ operation<GetWorkspaceAnalyticsInput, WorkspaceAnalytics>("getWorkspaceAnalytics", "GET", "/analytics/workspace/{id}");

export type GetTopContentInput = {
  id: string;
  /** A date, from its first moment in the workspace's time zone, or RFC 3339 with an offset. 30 days before the end where left out. */
  from?: string | undefined;
  /** A date, with all of it, or RFC 3339 with an offset, itself not in it. Today where left out. */
  to?: string | undefined;
  /** How many items are named at most. `10` where it is left out. */
  limit?: number | undefined;
};

/** Read which items grew most in a period, and at what times what went out did well. Refusals: unauthenticated, forbidden, not_found. */
export const getTopContent = /* @__PURE__ */ operation<GetTopContentInput, TopContent>("getTopContent", "GET", "/analytics/workspace/{id}/top");

export type GetLineageInput = {
  contentItemId?: string | undefined;
  personaId?: string | undefined;
  campaignId?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Follow items from the persona to the result: brief, versions, adaptations, publications and their metrics. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const getLineage = /* @__PURE__ */ operation<GetLineageInput, LineagePage>("getLineage", "GET", "/analytics/lineage", { scoped: true });

export type ListSitePagesInput = {
  contentItemId?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the live pages of the workspace's site, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listSitePages = /* @__PURE__ */ operation<ListSitePagesInput, SitePagePage>("listSitePages", "GET", "/site/pages", { scoped: true });

export type SearchInput = {
  /** Words that must all be there; the last one may go on. "In quotes": as it stands. -word: what must not be there. */
  q: string;
  /** Which kinds are looked for; all, unless said. */
  kinds?: string | undefined;
  /** Of items; nothing else has one. */
  status?: "Draft" | "InReview" | "Approved" | "Published" | undefined;
  /** Who made the item, wrote the comment or brought the file. */
  author?: string | undefined;
  /** Archived items and what was said about them, instead of the others. `false` where it is left out. */
  archived?: boolean | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** Find what was written: the best first, and of equals the newest. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const search = /* @__PURE__ */ operation<SearchInput, SearchPage>("search", "GET", "/search", { scoped: true });

export type CreateUploadInput = {
  body: CreateUpload;
};

/** Begin to upload a file: the answer says where its parts go. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, idempotency_key_reused, storage_missing, too_large, unsupported_media_type. */
export const createUpload = /* @__PURE__ */ operation<CreateUploadInput, Upload>("createUpload", "POST", "/assets/uploads", { scoped: true, keyed: true });

export type GetUploadInput = {
  id: string;
};

/** Read an upload of one's own: what has arrived, where the rest goes, and what came of it. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getUpload = /* @__PURE__ */ operation<GetUploadInput, Upload>("getUpload", "GET", "/assets/uploads/{id}", { scoped: true });

export type AbortUploadInput = {
  id: string;
};

/** Give an open upload up. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, upload_closed. */
export const abortUpload = /* @__PURE__ */ operation<AbortUploadInput, undefined>("abortUpload", "DELETE", "/assets/uploads/{id}", { scoped: true });

export type CompleteUploadInput = {
  id: string;
};

/** Say that all parts were sent: the file is checked and becomes an asset. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, upload_closed, upload_incomplete. */
export const completeUpload = /* @__PURE__ */ operation<CompleteUploadInput, Upload>("completeUpload", "POST", "/assets/uploads/{id}/complete", { scoped: true });

export type ListFoldersInput = {
  /** A folder's id, or `root` for the outermost; all without it. */
  parent?: string | "root" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the library's folders by name. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listFolders = /* @__PURE__ */ operation<ListFoldersInput, FolderPage>("listFolders", "GET", "/assets/folders", { scoped: true });

export type CreateFolderInput = {
  body: CreateFolder;
};

/** Make a folder. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createFolder = /* @__PURE__ */ operation<CreateFolderInput, Folder>("createFolder", "POST", "/assets/folders", { scoped: true, keyed: true });

export type UpdateFolderInput = {
  id: string;
  body: UpdateFolder;
};

/** Rename a folder, or move it with all that is in it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, too_large, unsupported_media_type. */
export const updateFolder = /* @__PURE__ */ operation<UpdateFolderInput, Folder>("updateFolder", "PUT", "/assets/folders/{id}", { scoped: true });

export type RemoveFolderInput = {
  id: string;
};

/** Remove an empty folder. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeFolder = /* @__PURE__ */ operation<RemoveFolderInput, undefined>("removeFolder", "DELETE", "/assets/folders/{id}", { scoped: true });

export type GetFileInput = {
  /** As `GET assets/:id/url` gave it. */
  token: string;
};

/** Read the bytes that an address was made for. Refusals: not_found, range_not_satisfiable. */
export const getFile = /* @__PURE__ */ operation<GetFileInput, Blob>("getFile", "GET", "/assets/file", { open: true, answers: "blob" });

export type ListAssetsInput = {
  /** A folder's id, or `root` for what is in none. */
  folder?: string | "root" | undefined;
  /** Part of the name or of the alt text. */
  q?: string | undefined;
  type?: "Image" | "Video" | "Audio" | "Document" | "Text" | "Archive" | undefined;
  /** `"Asset"` where it is left out. */
  purpose?: "Asset" | "Import" | undefined;
  /** `"-createdAt"` where it is left out. */
  sort?: "-createdAt" | "createdAt" | "fileName" | "-fileName" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the library. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAssets = /* @__PURE__ */ operation<ListAssetsInput, AssetPage>("listAssets", "GET", "/assets", { scoped: true });

export type GetAssetInput = {
  id: string;
};

/** Read what is known of an asset. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getAsset = /* @__PURE__ */ operation<GetAssetInput, Asset>("getAsset", "GET", "/assets/{id}", { scoped: true });

export type UpdateAssetInput = {
  id: string;
  body: UpdateAsset;
};

/** Change an asset's name, alt text or folder; its bytes never change. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, version_conflict, too_large, unsupported_media_type. */
export const updateAsset = /* @__PURE__ */ operation<UpdateAssetInput, Asset>("updateAsset", "PUT", "/assets/{id}", { scoped: true });

export type RemoveAssetInput = {
  id: string;
};

/** Remove an asset that nothing uses any more; older versions may still name it. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeAsset = /* @__PURE__ */ operation<RemoveAssetInput, undefined>("removeAsset", "DELETE", "/assets/{id}", { scoped: true });

export type ListAssetUsageInput = {
  id: string;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List the items and pages that use an asset. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAssetUsage = /* @__PURE__ */ operation<ListAssetUsageInput, AssetUsage>("listAssetUsage", "GET", "/assets/{id}/usage", { scoped: true });

export type GetAssetContentInput = {
  id: string;
  /** One of the asset's variants; the file as it was uploaded without it. */
  variant?: string | undefined;
};

/** Read an asset's bytes, or a range of them. Refusals: workspace_required, unauthenticated, forbidden, not_found, range_not_satisfiable. */
export const getAssetContent = /* @__PURE__ */ operation<GetAssetContentInput, Blob>("getAssetContent", "GET", "/assets/{id}/content", { scoped: true, answers: "blob" });

export type GetAssetUrlInput = {
  id: string;
  /** One of the asset's variants; the file as it was uploaded without it. */
  variant?: string | undefined;
};

/** Make an address that shows an asset to whoever has it, for an hour. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getAssetUrl = /* @__PURE__ */ operation<GetAssetUrlInput, AssetAddress>("getAssetUrl", "GET", "/assets/{id}/url", { scoped: true });

export type ListPersonasInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List personas. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listPersonas = /* @__PURE__ */ operation<ListPersonasInput, PersonaPage>("listPersonas", "GET", "/personas", { scoped: true });

export type CreatePersonaInput = {
  body: CreatePersona;
};

/** Define an audience. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createPersona = /* @__PURE__ */ operation<CreatePersonaInput, Persona>("createPersona", "POST", "/personas", { scoped: true, keyed: true });

export type GetPersonaInput = {
  id: string;
};

/** Read a persona. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getPersona = /* @__PURE__ */ operation<GetPersonaInput, Persona>("getPersona", "GET", "/personas/{id}", { scoped: true });

export type UpdatePersonaInput = {
  id: string;
  body: UpdatePersona;
};

/** Change a persona; attributes are replaced as a whole. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updatePersona = /* @__PURE__ */ operation<UpdatePersonaInput, Persona>("updatePersona", "PUT", "/personas/{id}", { scoped: true });

export type RemovePersonaInput = {
  id: string;
};

/** Remove a persona. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removePersona = /* @__PURE__ */ operation<RemovePersonaInput, undefined>("removePersona", "DELETE", "/personas/{id}", { scoped: true });

export type ListTagsInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List tags, and how many items have each. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listTags = /* @__PURE__ */ operation<ListTagsInput, TagPage>("listTags", "GET", "/planning/tags", { scoped: true });

export type CreateTagInput = {
  body: CreateTag;
};

/** Make a tag. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createTag = /* @__PURE__ */ operation<CreateTagInput, Tag>("createTag", "POST", "/planning/tags", { scoped: true, keyed: true });

export type GetTagInput = {
  id: string;
};

/** Read a tag. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getTag = /* @__PURE__ */ operation<GetTagInput, Tag>("getTag", "GET", "/planning/tags/{id}", { scoped: true });

export type UpdateTagInput = {
  id: string;
  body: UpdateTag;
};

/** Rename or recolour a tag, on every item that has it. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updateTag = /* @__PURE__ */ operation<UpdateTagInput, Tag>("updateTag", "PUT", "/planning/tags/{id}", { scoped: true });

export type RemoveTagInput = {
  id: string;
  /** Whether to take it off the items that have it. `false` where it is left out. */
  force?: boolean | undefined;
};

/** Remove a tag; one that items have is refused unless told to take it off them. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeTag = /* @__PURE__ */ operation<RemoveTagInput, undefined>("removeTag", "DELETE", "/planning/tags/{id}", { scoped: true });

export type MergeTagInput = {
  id: string;
  body: MergeTag;
};

/** Make one tag of two: its items have the other one from now on. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const mergeTag = /* @__PURE__ */ operation<MergeTagInput, Tag>("mergeTag", "POST", "/planning/tags/{id}/merge", { scoped: true });

export type ListCampaignsInput = {
  /** `false` where it is left out. */
  archived?: boolean | undefined;
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List campaigns, and how many items belong to each. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listCampaigns = /* @__PURE__ */ operation<ListCampaignsInput, CampaignPage>("listCampaigns", "GET", "/planning/campaigns", { scoped: true });

export type CreateCampaignInput = {
  body: CreateCampaign;
};

/** Plan a campaign. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, idempotency_key_reused, too_large, unsupported_media_type. */
export const createCampaign = /* @__PURE__ */ operation<CreateCampaignInput, Campaign>("createCampaign", "POST", "/planning/campaigns", { scoped: true, keyed: true });

export type GetCampaignInput = {
  id: string;
};

/** Read a campaign. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getCampaign = /* @__PURE__ */ operation<GetCampaignInput, Campaign>("getCampaign", "GET", "/planning/campaigns/{id}", { scoped: true });

export type UpdateCampaignInput = {
  id: string;
  body: UpdateCampaign;
};

/** Change a campaign's name, goal or dates. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, version_conflict, too_large, unsupported_media_type. */
export const updateCampaign = /* @__PURE__ */ operation<UpdateCampaignInput, Campaign>("updateCampaign", "PUT", "/planning/campaigns/{id}", { scoped: true });

export type RemoveCampaignInput = {
  id: string;
};

/** Remove a campaign that no item belongs to. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, in_use. */
export const removeCampaign = /* @__PURE__ */ operation<RemoveCampaignInput, undefined>("removeCampaign", "DELETE", "/planning/campaigns/{id}", { scoped: true });

export type ArchiveCampaignInput = {
  id: string;
};

/** End a campaign: its items stay in it, and nothing new joins. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, archived. */
export const archiveCampaign = /* @__PURE__ */ operation<ArchiveCampaignInput, Campaign>("archiveCampaign", "POST", "/planning/campaigns/{id}/archive", { scoped: true });

export type RestoreCampaignInput = {
  id: string;
};

/** Bring an archived campaign back. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found, conflict. */
export const restoreCampaign = /* @__PURE__ */ operation<RestoreCampaignInput, Campaign>("restoreCampaign", "POST", "/planning/campaigns/{id}/restore", { scoped: true });

export type ListTemplatesInput = {
  /** `"name"` where it is left out. */
  sort?: "name" | "-name" | "createdAt" | "-createdAt" | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List templates, without their bodies. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listTemplates = /* @__PURE__ */ operation<ListTemplatesInput, TemplatePage>("listTemplates", "GET", "/planning/templates", { scoped: true });

export type CreateTemplateInput = {
  body: CreateTemplate;
};

/** Make a template that items can begin with. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, archived, idempotency_key_reused, too_large, unsupported_media_type. */
export const createTemplate = /* @__PURE__ */ operation<CreateTemplateInput, Template>("createTemplate", "POST", "/planning/templates", { scoped: true, keyed: true });

export type GetTemplateInput = {
  id: string;
};

/** Read a template. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const getTemplate = /* @__PURE__ */ operation<GetTemplateInput, Template>("getTemplate", "GET", "/planning/templates/{id}", { scoped: true });

export type UpdateTemplateInput = {
  id: string;
  body: UpdateTemplate;
};

/** Change a template; items that were made of it stay as they are. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, conflict, archived, version_conflict, too_large, unsupported_media_type. */
export const updateTemplate = /* @__PURE__ */ operation<UpdateTemplateInput, Template>("updateTemplate", "PUT", "/planning/templates/{id}", { scoped: true });

export type RemoveTemplateInput = {
  id: string;
};

/** Remove a template. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const removeTemplate = /* @__PURE__ */ operation<RemoveTemplateInput, undefined>("removeTemplate", "DELETE", "/planning/templates/{id}", { scoped: true });

export type ListEventsInput = {
  /** The `cursor` of the newest event that is known. Without one, from now on. */
  after?: string | undefined;
  /** Events of one item, or of one channel. */
  subjectId?: string | undefined;
  /** Types with commas between them, such as `content.version_saved,approval.approved`; all by default. */
  types?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
};

/** Read what happened after a cursor; without one, where now is. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found, cursor_expired. */
export const listEvents = /* @__PURE__ */ operation<ListEventsInput, EventPage>("listEvents", "GET", "/events", { scoped: true });

export type StreamEventsInput = {
  /** The `cursor` of the newest event that is known. Without one, from now on. */
  after?: string | undefined;
  /** Events of one item, or of one channel. */
  subjectId?: string | undefined;
  /** Types with commas between them, such as `content.version_saved,approval.approved`; all by default. */
  types?: string | undefined;
  /** As `X-Workspace-Id`, for browsers' EventSource, which can't send headers. The header goes first. */
  workspaceId?: string | undefined;
  /** As `after`, and goes first: browsers send it by themselves when they connect again. */
  lastEventId?: string | undefined;
};

/** Follow what happens, as server-sent events. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found, stream_unavailable, cursor_expired. */
export const streamEvents = /* @__PURE__ */ operation<StreamEventsInput, Response>("streamEvents", "GET", "/events/stream", { scoped: true, headers: { lastEventId: "last-event-id" }, answers: "response" });

export type ListPresenceInput = {
  id: string;
};

/** See who has an item open. Refusals: workspace_required, unauthenticated, forbidden, not_found. */
export const listPresence = /* @__PURE__ */ operation<ListPresenceInput, PresenceList>("listPresence", "GET", "/content/{id}/presence", { scoped: true });

export type SetPresenceInput = {
  id: string;
  body: SetPresence;
};

/** Say that one has an item open; to be said again within 30 seconds. Refusals: workspace_required, invalid_json, unauthenticated, forbidden, cross_site_request, not_found, too_large, unsupported_media_type. */
export const setPresence = /* @__PURE__ */ operation<SetPresenceInput, PresenceList>("setPresence", "PUT", "/content/{id}/presence", { scoped: true });

export type EndPresenceInput = {
  id: string;
  /** The tab that is left; all of one's own without it. */
  clientId?: string | undefined;
};

/** Say that one has left an item. Refusals: workspace_required, unauthenticated, forbidden, cross_site_request, not_found. */
export const endPresence = /* @__PURE__ */ operation<EndPresenceInput, undefined>("endPresence", "DELETE", "/content/{id}/presence", { scoped: true });

export type ListAuditEventsInput = {
  /** A room, or one of its verbs. */
  action?: string | undefined;
  subjectId?: string | undefined;
  actorId?: string | undefined;
  /** From this time on. RFC 3339. */
  from?: string | undefined;
  /** Before this time. RFC 3339. */
  to?: string | undefined;
  /** How many a page has at most. `25` where it is left out. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
};

/** List who did what, newest first. Refusals: workspace_required, invalid_cursor, unauthenticated, forbidden, not_found. */
export const listAuditEvents = /* @__PURE__ */ operation<ListAuditEventsInput, AuditEventPage>("listAuditEvents", "GET", "/audit", { scoped: true });

/** Whether the process answers; it does no other work. */
export const getLiveness = /* @__PURE__ */ operation<Nothing, Health>("getLiveness", "GET", "/health/live", { open: true });

/** Whether requests can be served, as last seen by the process itself. */
export const getReadiness = /* @__PURE__ */ operation<Nothing, Health>("getReadiness", "GET", "/health/ready", { open: true });
