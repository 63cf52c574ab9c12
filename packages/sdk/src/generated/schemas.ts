// Written by `npm run generate` from the contracts: change those instead.

export type ProblemDocument = {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  /** What the code alone does not tell. */
  reason?: "needs_writer" | "needs_editor" | "needs_admin" | "needs_owner" | "not_yours" | "same_moment" | "name_taken" | "current_password" | "other_step" | undefined;
  issues?: {
    path: string;
    message: string;
    /** What was broken, for programs. */
    rule?: "required" | "too_short" | "too_long" | "too_few" | "too_many" | "too_small" | "too_large" | "unknown_field" | "choice" | "email" | "address" | "type" | "past" | "before_start" | "common_password" | "public_address" | "own_host" | "color" | "slug" | "language" | "time_zone" | "time" | "day" | "six_digits" | "domain" | "host" | "issuer" | "https" | "region" | "quiet_hours" | "title_or_template" | "once" | undefined;
    values?: Record<string, string | number> | undefined;
  }[] | undefined;
  requestId: string;
};

export type VerifyEmail = {
  token: string;
};

export type SecondFactor = {
  enabled: boolean;
  since: string | null;
  recoveryCodesLeft: number;
};

export type TotpSecret = {
  secret: string;
  uri: string;
};

export type PasswordAgain = {
  /** May be left out by who has no password. */
  password?: string | undefined;
};

export type RecoveryCodes = {
  recoveryCodes: string[];
};

export type ConfirmTotp = {
  /** The code that the authenticator app shows. */
  totp: string;
};

export type Passkeys = {
  items: Passkey[];
  nextCursor: null;
};

export type Passkey = {
  id: string;
  name: string;
  /** Whether its keeper copies it to other devices. */
  synced: boolean;
  /** RFC 3339. */
  createdAt: string;
  lastUsedAt: string | null;
};

export type PasskeyRegistrationOptions = {
  challenge: string;
  rp: {
    id: string;
    name: string;
  };
  user: {
    id: string;
    name: string;
    displayName: string;
  };
  pubKeyCredParams: {
    type: string;
    alg: number;
  }[];
  timeout?: number | undefined;
  attestation?: string | undefined;
  excludeCredentials?: {
    id: string;
    type: string;
    transports?: string[] | undefined;
  }[] | undefined;
  authenticatorSelection?: {
    residentKey?: string | undefined;
    requireResidentKey?: boolean | undefined;
    userVerification?: string | undefined;
  } | undefined;
};

export type StartPasskey = {
  /** May be left out by who has no password. */
  password?: string | undefined;
};

export type RegisterPasskey = {
  name: string;
  credential: PasskeyRegistration;
};

export type PasskeyRegistration = {
  id: string;
  rawId: string;
  type: "public-key";
  authenticatorAttachment?: "platform" | "cross-platform" | undefined;
  clientExtensionResults: Record<string, unknown>;
  response: {
    clientDataJSON: string;
    attestationObject: string;
    authenticatorData?: string | undefined;
    transports?: string[] | undefined;
    publicKeyAlgorithm?: number | undefined;
    publicKey?: string | undefined;
  };
};

export type PasskeyAssertionOptions = {
  challenge: string;
  rpId: string;
  timeout?: number | undefined;
  userVerification?: string | undefined;
};

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

export type PasskeyLogin = {
  credential: PasskeyAssertion;
};

export type PasskeyAssertion = {
  id: string;
  rawId: string;
  type: "public-key";
  authenticatorAttachment?: "platform" | "cross-platform" | undefined;
  clientExtensionResults: Record<string, unknown>;
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle?: string | undefined;
  };
};

export type Proved = {
  /** Until then, nothing asks for it again. RFC 3339. */
  until: string;
};

export type Prove = {
  password?: string | undefined;
  /** The code that the authenticator app shows. */
  totp?: string | undefined;
  passkey?: PasskeyAssertion | undefined;
};

export type Ssologin = {
  /** A session token of Clerk's. */
  token: string;
  /** The code that the authenticator app shows. */
  totp?: string | undefined;
  /** One of the recovery codes, in place of `totp`. */
  recoveryCode?: string | undefined;
};

export type ClerkEvent = Record<string, unknown>;

export type SsoStarted = {
  url: string;
};

export type StartSso = {
  email: string;
  next?: string | undefined;
};

export type SsoLoggedOut = {
  /** Where to send the browser; null: nowhere. */
  url: string | null;
};

export type SsoSettings = {
  connection: SsoConnection | null;
  domains: SsoDomain[];
  /** What a provider of OpenID Connect has to be told. */
  redirectUri: string;
  /** What a SAML provider has to be told; all of it is in the metadata. */
  saml: {
    entityId: string;
    acsUrl: string;
    sloUrl: string;
    metadataUrl: string;
    /** Ours, newest first: for that one assertions may be encrypted, and by any requests may be signed. */
    certificates: {
      fingerprint: string;
      subject: string;
      /** RFC 3339. */
      validUntil: string;
      pem: string;
    }[];
  };
};

export type SsoConnection = {
  protocol: "Oidc" | "Saml";
  /** With SAML, the provider's entity id. */
  issuer: string;
  /** Of OpenID Connect. */
  clientId: string | null;
  /** Of SAML: where the provider takes requests, by redirect. */
  ssoUrl: string | null;
  /** Of SAML: where it takes requests to sign out. */
  sloUrl: string | null;
  /** Of SAML: what the provider signs with. The fingerprint is SHA-256. */
  certificates: {
    fingerprint: string;
    subject: string;
    /** RFC 3339. */
    validUntil: string;
  }[];
  /** Of SAML: whether sign-ins may begin at the provider. */
  idpInitiated: boolean;
  defaultRole: "Editor" | "Writer" | "Viewer";
  /** RFC 3339. */
  updatedAt: string;
};

export type SsoDomain = {
  id: string;
  domain: string;
  recordName: string;
  recordValue: string;
  verifiedAt: string | null;
};

export type WriteSso = {
  issuer: string;
  clientId: string;
  /** It is never shown again; left out, the one before stays. */
  clientSecret?: string | undefined;
  defaultRole: "Editor" | "Writer" | "Viewer";
};

export type WriteSaml = {
  /** The provider's metadata (XML). Without it, the fields after this one. */
  metadata?: string | undefined;
  entityId?: string | undefined;
  ssoUrl?: string | undefined;
  /** Where the provider takes requests to sign out, by redirect. */
  sloUrl?: string | null | undefined;
  /** PEM, or the base64 within. Two while the provider changes its key. */
  certificates?: string[] | undefined;
  /** Whether sign-ins may begin at the provider, without having been asked for here. `false` where it is left out. */
  idpInitiated?: boolean | undefined;
  defaultRole: "Editor" | "Writer" | "Viewer";
};

export type AddSsoDomain = {
  domain: string;
};

export type SecurityPolicy = {
  /** Of everybody, whichever way they sign in. */
  requireSecondFactor: boolean;
  /** Of members whose address is in a verified domain. The owner may come by two factors. */
  requireSso: boolean;
  /** How long after a sign-in one has to sign in anew; null: as long as sessions live. */
  sessionHours: number | null;
  /** After how long without a request one has to sign in anew. It is looked at when a session is refreshed, and so takes up to a quarter of an hour more. */
  idleMinutes: number | null;
  /** How long an API key works after it was made or rotated, also one that is there already. */
  keyDays: number | null;
  /** The most that a token may live which a key was changed for; null: 900. */
  tokenSeconds: number | null;
};

export type WriteSecurityPolicy = {
  /** Of everybody, whichever way they sign in. */
  requireSecondFactor: boolean;
  /** Of members whose address is in a verified domain. The owner may come by two factors. */
  requireSso: boolean;
  /** How long after a sign-in one has to sign in anew; null: as long as sessions live. */
  sessionHours: number | null;
  /** After how long without a request one has to sign in anew. It is looked at when a session is refreshed, and so takes up to a quarter of an hour more. */
  idleMinutes?: number | null | undefined;
  /** How long an API key works after it was made or rotated, also one that is there already. */
  keyDays?: number | null | undefined;
  /** The most that a token may live which a key was changed for; null: 900. */
  tokenSeconds?: number | null | undefined;
};

export type ScimSettings = {
  /** What the directory is told as the address of SCIM 2.0. */
  baseUrl: string;
  /** Whether the workspace has a verified domain. */
  ready: boolean;
  /** Those that work. */
  tokens: {
    id: string;
    /** The last characters of the token. */
    hint: string;
    /** RFC 3339. */
    createdAt: string;
    /** Set where another one takes its place. RFC 3339. */
    expiresAt: string | null;
    /** To the minute. RFC 3339. */
    lastUsedAt: string | null;
  }[];
  /** What the directory has pushed. */
  groups: {
    id: string;
    displayName: string;
    /** What its members are here; null: what new members are. */
    role: "Editor" | "Writer" | "Viewer" | null;
    members: number;
  }[];
};

export type IssuedScimToken = {
  /** What the directory is told as the address of SCIM 2.0. */
  baseUrl: string;
  /** Whether the workspace has a verified domain. */
  ready: boolean;
  /** Those that work. */
  tokens: {
    id: string;
    /** The last characters of the token. */
    hint: string;
    /** RFC 3339. */
    createdAt: string;
    /** Set where another one takes its place. RFC 3339. */
    expiresAt: string | null;
    /** To the minute. RFC 3339. */
    lastUsedAt: string | null;
  }[];
  /** What the directory has pushed. */
  groups: {
    id: string;
    displayName: string;
    /** What its members are here; null: what new members are. */
    role: "Editor" | "Writer" | "Viewer" | null;
    members: number;
  }[];
  /** For the directory. It is stored hashed and told once: a repeated request with the same key goes without. */
  token?: string | undefined;
};

export type CreateScimToken = {
  /** How long the token before works beside the new one; 0 ends it at once. `24` where it is left out. */
  overlapHours?: number | undefined;
};

export type MapScimGroup = {
  role: "Editor" | "Writer" | "Viewer" | null;
};

export type Signup = {
  email: string;
  password: string;
  name: string;
};

export type Login = {
  email: string;
  password: string;
  /** The code that the authenticator app shows. */
  totp?: string | undefined;
  /** One of the recovery codes, in place of `totp`. */
  recoveryCode?: string | undefined;
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
  /** `Unavailable` where no mail is sent from here, so that nobody can confirm an address. */
  emailVerification: "Verified" | "Pending" | "Unavailable";
  hasPassword: boolean;
  method: "Password" | "Passkey" | "Clerk" | "Sso" | "Operator";
  /** Whether this session has shown more than a password. */
  secondFactor: boolean;
};

export type Sessions = {
  items: Session[];
  nextCursor: null;
};

export type Session = {
  id: string;
  current: boolean;
  method: "Password" | "Passkey" | "Clerk" | "Sso" | "Operator";
  ipAddress: string | null;
  userAgent: string | null;
  /** RFC 3339. */
  createdAt: string;
  /** When it last got an access token, which lives for 15 minutes. RFC 3339. */
  lastUsedAt: string;
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

export type ApiKeyPage = {
  items: ApiKey[];
  nextCursor: string | null;
};

export type ApiKey = {
  id: string;
  name: string;
  /** The most that it may. */
  role: "Viewer" | "Writer" | "Editor" | "Admin";
  /** What it may now: the lesser of its role and that of whoever it acts for. Null where it is stopped. */
  actingRole: "Viewer" | "Writer" | "Editor" | "Admin" | null;
  /** Null for all that keys may. */
  scopes: string[] | null;
  /** The last characters of the key. */
  hint: string;
  /** Stopped: whoever it acts for is no member any more. An Admin who rotates it takes it on. */
  status: "Live" | "Stopped" | "Expired" | "Revoked";
  actsFor: {
    id: string;
    name: string;
  };
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  rotatedAt: string | null;
  /** Until then, the key before the rotation works as well. RFC 3339. */
  previousUntil: string | null;
  /** RFC 3339. */
  expiresAt: string | null;
  /** To the minute. RFC 3339. */
  lastUsedAt: string | null;
  /** RFC 3339. */
  revokedAt: string | null;
};

export type IssuedApiKey = {
  id: string;
  name: string;
  /** The most that it may. */
  role: "Viewer" | "Writer" | "Editor" | "Admin";
  /** What it may now: the lesser of its role and that of whoever it acts for. Null where it is stopped. */
  actingRole: "Viewer" | "Writer" | "Editor" | "Admin" | null;
  /** Null for all that keys may. */
  scopes: string[] | null;
  /** The last characters of the key. */
  hint: string;
  /** Stopped: whoever it acts for is no member any more. An Admin who rotates it takes it on. */
  status: "Live" | "Stopped" | "Expired" | "Revoked";
  actsFor: {
    id: string;
    name: string;
  };
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  rotatedAt: string | null;
  /** Until then, the key before the rotation works as well. RFC 3339. */
  previousUntil: string | null;
  /** RFC 3339. */
  expiresAt: string | null;
  /** To the minute. RFC 3339. */
  lastUsedAt: string | null;
  /** RFC 3339. */
  revokedAt: string | null;
  /** For `Authorization: Bearer …`. It is stored hashed and told once: a repeated request with the same key goes without. */
  key?: string | undefined;
};

export type CreateApiKey = {
  name: string;
  /** `"Writer"` where it is left out. */
  role?: "Viewer" | "Writer" | "Editor" | "Admin" | undefined;
  /** All that keys may, where it is left out; `write` also reads. */
  scopes?: ("ai:read" | "ai:write" | "analytics:read" | "approval:read" | "approval:write" | "assets:read" | "assets:write" | "audit:read" | "channels:read" | "channels:write" | "comments:read" | "comments:write" | "content:read" | "content:write" | "distribution:read" | "distribution:write" | "events:read" | "personas:read" | "personas:write" | "planning:read" | "planning:write" | "review:read" | "search:read" | "site:read" | "webhooks:read" | "webhooks:write")[] | undefined;
  /** From this time on, it does not work; never where left out. RFC 3339. */
  expiresAt?: string | undefined;
};

export type RotateApiKey = {
  /** How long the key before works beside the new one; 0 ends it, and all tokens of it, at once. `24` where it is left out. */
  overlapHours?: number | undefined;
  /** A new end; null for never. RFC 3339. */
  expiresAt?: string | null | undefined;
};

export type ServiceToken = {
  /** A JWT that the keys of `/.well-known/jwks.json` verify. With our own audience, a bearer token here. */
  accessToken: string;
  tokenType: "Bearer";
  audience: string;
  /** Words with spaces between, as in the token. */
  scope: string;
  /** RFC 3339. */
  expiresAt: string;
};

export type ExchangeApiKey = {
  /** `"contentos-api"` where it is left out. */
  audience?: string | undefined;
  /** At most the key's own; all of them where left out. */
  scopes?: ("ai:read" | "ai:write" | "analytics:read" | "approval:read" | "approval:write" | "assets:read" | "assets:write" | "audit:read" | "channels:read" | "channels:write" | "comments:read" | "comments:write" | "content:read" | "content:write" | "distribution:read" | "distribution:write" | "events:read" | "personas:read" | "personas:write" | "planning:read" | "planning:write" | "review:read" | "search:read" | "site:read" | "webhooks:read" | "webhooks:write")[] | undefined;
  /** `900` where it is left out. */
  expiresInSeconds?: number | undefined;
};

export type Support = {
  forbidden: boolean;
  /** The last 50, newest first. */
  items: SupportAccess[];
};

export type SupportAccess = {
  id: string;
  userId: string;
  name: string;
  reason: string;
  /** RFC 3339. */
  begunAt: string;
  /** RFC 3339. */
  endsAt: string;
  /** Whether an Admin let them change what an Editor may. */
  mayWrite: boolean;
  endedAt: string | null;
  live: boolean;
};

export type ChangeSupport = {
  /** Ends what is live, and lets nobody begin. */
  forbidden: boolean;
};

export type ChangeSupportAccess = {
  mayWrite?: boolean | undefined;
  end?: true | undefined;
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
  /** In a list of one's own: that one is there as the operator's support, for a while. */
  support?: boolean | undefined;
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
  theme?: SiteTheme | undefined;
};

/** How the public site looks; without it, as it does by itself. */
export type SiteTheme = {
  font?: "System" | "Humanist" | "Geometric" | "Serif" | "Antique" | "Mono" | undefined;
  headingFont?: "System" | "Humanist" | "Geometric" | "Serif" | "Antique" | "Mono" | undefined;
  header?: "Plain" | "Centered" | "Band" | undefined;
  textWidth?: number | undefined;
  radius?: number | undefined;
  textSize?: number | undefined;
  light?: {
    background?: string | undefined;
    text?: string | undefined;
    link?: string | undefined;
    accent?: string | undefined;
  } | undefined;
  dark?: {
    background?: string | undefined;
    text?: string | undefined;
    link?: string | undefined;
    accent?: string | undefined;
  } | undefined;
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
    theme?: SiteTheme | undefined;
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
  /** The link of the mail, with the token that `POST /invitations/accept` takes behind the `#`, which browsers send nowhere. It is told once: a repeated request with the same key goes without it. */
  inviteUrl?: string | undefined;
  /** False where your own address is not confirmed: nobody is written to in your name, so pass the link on. */
  mailed: boolean;
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

export type AuthorizedNetworks = {
  items: {
    network: AuthorizedNetwork;
    label: string;
  }[];
};

export type AuthorizedNetwork = "linkedin";

export type BegunAuthorization = {
  /** The network's own page: send the person there. */
  authorizeUrl: string;
  /** Until then what comes back from there is taken. RFC 3339. */
  expiresAt: string;
};

export type BeginAuthorization = {
  network: AuthorizedNetwork;
};

export type ConnectedChannel = Channel & {
  /** What was made here and is needed elsewhere, by its label. It is never shown again. */
  reveal?: Record<string, string> | undefined;
};

export type Channel = {
  id: string;
  workspaceId: string;
  network: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress";
  label: string;
  name: string;
  status: "Connected" | "Failing" | "Revoked" | "Disconnected";
  remoteAccount: string;
  builtIn: boolean;
  healthMessage: string | null;
  /** RFC 3339. */
  checkedAt: string | null;
  /** When access ends for good, so that a person has to connect it again; null where it does not. RFC 3339. */
  accessEndsAt: string | null;
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

export type CompleteAuthorization = {
  state: string;
  code: string;
};

export type ChannelPage = {
  items: Channel[];
  nextCursor: string | null;
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
} | {
  network: "mastodon";
  server: string;
  accessToken: string;
} | {
  network: "ghost";
  apiUrl: string;
  adminApiKey: string;
} | {
  network: "wordpress";
  site: string;
  userName: string;
  applicationPassword: string;
};

export type UpdateChannel = {
  name: string;
};

export type WantedChannels = {
  items: {
    network: ConnectableNetwork;
    label: string;
    /** RFC 3339. */
    createdAt: string;
  }[];
};

export type ConnectableNetwork = "bluesky" | "mastodon" | "wordpress" | "ghost" | "webhook" | "linkedin";

export type Blueprint = {
  version: 1;
  /** The workspace's name that it was made of. */
  from?: string | undefined;
  /** `{}` where it is left out. */
  settings?: {
    branding?: {
      primaryColor?: string | undefined;
      tagline?: string | undefined;
      footer?: string | undefined;
      theme?: SiteTheme | undefined;
    } | undefined;
    language?: string | undefined;
    approvalSteps?: {
      role: "Viewer" | "Writer" | "Editor" | "Admin" | "Client";
    }[] | undefined;
    lateAfterMinutes?: number | null | undefined;
  } | undefined;
  /** `[]` where it is left out. */
  personas?: CreatePersona[] | undefined;
  /** `[]` where it is left out. */
  tags?: CreateTag[] | undefined;
  /** `[]` where it is left out. */
  templates?: ({
    name: string;
    /** `{date}`, `{month}` and `{year}` become those of the day on which an item is made of it. */
    title: string;
    /** `""` where it is left out. */
    body?: string | undefined;
    metadata?: ContentMetadata | undefined;
    /** `null` where it is left out. */
    brief?: {
      /** `""` where it is left out. */
      goal?: string | undefined;
      /** `""` where it is left out. */
      keyword?: string | undefined;
      /** A note beside the persona. `""` where it is left out. */
      audience?: string | undefined;
      /** `[]` where it is left out. */
      channelMix?: {
        network: "site" | "bluesky" | "mastodon" | "wordpress" | "ghost" | "webhook" | "linkedin";
        count: number;
      }[] | undefined;
      /** `[]` where it is left out. */
      keyMessages?: string[] | undefined;
      /** `""` where it is left out. */
      notes?: string | undefined;
      /** `null` where it is left out. */
      persona?: string | null | undefined;
    } | null | undefined;
    /** `[]` where it is left out. */
    tags?: string[] | undefined;
  })[] | undefined;
  /** `[]` where it is left out. */
  views?: {
    name: string;
    filter: BlueprintFilter;
  }[] | undefined;
  /** The networks to connect accounts of. `[]` where it is left out. */
  channels?: ConnectableNetwork[] | undefined;
};

export type CreatePersona = {
  name: string;
  attributes?: PersonaAttributes | undefined;
};

/** `{}` where it is left out. */
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

export type CreateTag = {
  name: string;
  /** `"#868e96"` where it is left out. */
  color?: string | undefined;
};

/** `{}` where it is left out. */
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

export type BlueprintFilter = {
  view?: "list" | "board" | undefined;
  status?: "Draft" | "InReview" | "Approved" | "Published" | undefined;
  q?: string | undefined;
  assignee?: "me" | "none" | undefined;
  overdue?: true | undefined;
  archived?: true | undefined;
  sort?: "-updatedAt" | "-createdAt" | "dueAt" | "title" | undefined;
  tag?: string | undefined;
  persona?: string | undefined;
};

export type AppliedBlueprint = {
  workspaceId: string;
  /** How many of each were made. */
  made: {
    personas: number;
    tags: number;
    templates: number;
    views: number;
  };
  /** How many had a name that was taken, and were left as they are. */
  there: {
    personas: number;
    tags: number;
    templates: number;
    views: number;
  };
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
  /** Null where it is for a network without a channel here. */
  channelId: string | null;
  /** Of its channel, or the one that it is copied to. */
  network: string;
  /** Whether the version that it was made of is still the current one. */
  isCurrent: boolean;
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
  channelId?: string | undefined;
  network?: AdaptableNetwork | undefined;
  parts: ({
    text: string;
    /** Images of the library, in order. */
    images?: {
      assetId: string;
      altText: string;
    }[] | undefined;
  })[];
};

/** What an item can be adapted for without a connected channel, to be copied there by hand. */
export type AdaptableNetwork = "bluesky" | "mastodon" | "x" | "linkedin" | "instagram" | "newsletter" | "wordpress";

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
    network?: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress" | undefined;
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
    network?: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress" | undefined;
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

export type SeoAnalysis = {
  score: number;
  categories: {
    id: "Keyword" | "Snippet" | "Structure" | "Readability" | "Links" | "Images" | "Workspace";
    score: number;
  }[];
  language: {
    /** Its two letters; `und` where it isn't known. */
    code: string;
    source: "Given" | "Item" | "Detected" | "Workspace";
    /** Whether sentences of this language are judged: en, de, es and fr. */
    judged: boolean;
  };
  /** Empty where none was chosen. */
  keyword: string;
  counts: {
    words: number;
    sentences: number;
    paragraphs: number;
    readingEase: number | null;
  };
  /** Whether all of the text was judged: of more than 100,000 characters, the beginning is. */
  isWhole: boolean;
  /** What failed first, and of that what counts most. */
  checks: SeoCheck[];
  skipped: {
    id: "keyword-length" | "keyword-in-title" | "keyword-title-start" | "keyword-in-introduction" | "keyword-in-headings" | "keyword-in-slug" | "keyword-in-description" | "keyword-in-alt" | "keyword-density" | "keyword-distribution" | "competing-links" | "title-width" | "description-width" | "slug" | "structured-data" | "text-length" | "headings" | "subheading-distribution" | "paragraph-length" | "reading-ease" | "sentence-length" | "passive-voice" | "transition-words" | "sentence-openings" | "links-internal" | "links-external" | "links-dead" | "link-texts" | "images" | "image-alt" | "duplicate-title" | "cannibalization" | "freshness";
    because: "NoKeyword" | "NotInTitle" | "NoTitle" | "NoDescription" | "TooShort" | "LanguageUnknown" | "NoHeadings" | "NoLinks" | "NoImages" | "NoItem" | "NotPublished";
  }[];
  suggestions?: SeoSuggestion[] | undefined;
  /** Of the model, where one was asked. */
  asked?: {
    generationId: string;
    model: string;
    credits: {
      /** By this call. */
      used: number;
      remaining: number;
      /** Whether four fifths of the month's credits are gone. */
      low: boolean;
    };
  } | undefined;
};

export type SeoCheck = {
  id: "keyword-length" | "keyword-in-title" | "keyword-title-start" | "keyword-in-introduction" | "keyword-in-headings" | "keyword-in-slug" | "keyword-in-description" | "keyword-in-alt" | "keyword-density" | "keyword-distribution" | "competing-links" | "title-width" | "description-width" | "slug" | "structured-data" | "text-length" | "headings" | "subheading-distribution" | "paragraph-length" | "reading-ease" | "sentence-length" | "passive-voice" | "transition-words" | "sentence-openings" | "links-internal" | "links-external" | "links-dead" | "link-texts" | "images" | "image-alt" | "duplicate-title" | "cannibalization" | "freshness";
  category: "Keyword" | "Snippet" | "Structure" | "Readability" | "Links" | "Images" | "Workspace";
  /** What it counts for in the score: 1, 2 or 3. */
  weight: number;
  status: "Pass" | "Warn" | "Fail";
  /** Which of the check's sentences it is: stable, for who says it in other words. */
  reason: string;
  message: string;
  evidence: {
    /** What was measured, by the names that the sentence has for it. */
    params: Record<string, number | string>;
    /** The first 20 places that the check speaks of. */
    passages: {
      field: "title" | "description" | "slug" | "body";
      /** In UTF-16 code units of the field as it was sent or stored. */
      start: number;
      end: number;
      /** The beginning of it, up to 200 characters. */
      quote: string;
    }[];
    passageCount: number;
    /** Other items that it speaks of, 10 at most. */
    items: {
      id: string;
      title: string;
    }[];
  };
};

export type SeoSuggestion = {
  kind: "SearchIntent" | "MissingQuestion" | "Rewrite";
  text: string;
  intent?: "Informational" | "Commercial" | "Transactional" | "Navigational" | undefined;
  /** What a rewrite is of. */
  field?: "title" | "description" | undefined;
  /** Of a rewrite, as a result page sets it. */
  widthPx?: number | undefined;
};

export type AnalyzeSeo = {
  contentItemId?: string | undefined;
  /** Markdown. With an item: what stands for its saved text, such as a draft. */
  text?: string | undefined;
  /** For the item's own, or with a text. */
  title?: string | undefined;
  /** For the item's own, or with a text. */
  description?: string | undefined;
  slug?: string | undefined;
  /** For the item's own, or with a text; told from the text where none is said. */
  language?: string | undefined;
  /** For that of the item's brief. */
  keyword?: string | undefined;
  /** Adds a model's suggestions. `false` where it is left out. */
  useModel?: boolean | undefined;
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
  /** Null where it is for a network without a channel here. */
  channelId: string | null;
  /** The network that it is copied to; only where it has no channel. */
  network?: string | undefined;
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
  /** What stands in its way unless somebody does something. */
  warnings: ScheduleWarning[];
};

export type ScheduleStatus = "Scheduled" | "Publishing" | "Published" | "Failed" | "Canceled" | "OnHold" | "Unknown";

export type ScheduleWarning = {
  /** `access_ends_before`: the channel has to be connected again by then. Others may be added. */
  code: "access_ends_before";
  message: string;
  /** RFC 3339. */
  at: string;
};

export type CreateSchedule = {
  contentItemId: string;
  channelId: string;
  /** RFC 3339 with an offset, or a local time such as 2026-11-23T09:00; a time gone by means now. */
  scheduledTime: string;
  /** An IANA zone for a local time; the workspace's where left out. */
  timeZone?: string | undefined;
  adaptationId?: string | undefined;
};

export type ScheduleNext = {
  contentItemId: string;
  channelId: string;
  adaptationId?: string | undefined;
};

export type PostingTimes = {
  channelId: string;
  /** The workspace's: nine in the morning stays nine when its clocks change. */
  timeZone: string;
  times: {
    /** 1 is Monday, 7 is Sunday. */
    weekday: number;
    time: string;
  }[];
  /** The next ten. */
  next: {
    localTime: string;
    /** Null where the clocks skip this time; then nothing goes out at it. RFC 3339. */
    scheduledTime: string | null;
    /** Where the clocks skip the time, or show it twice. */
    note: string | null;
    /** What is planned for it. */
    scheduleId: string | null;
  }[];
};

export type SetPostingTimes = {
  times: {
    /** 1 is Monday, 7 is Sunday. */
    weekday: number;
    time: string;
  }[];
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
  adaptations: ({
    /** Null where it is for a network without a channel here. */
    channelId: string | null;
    network: string;
    channelName: string;
    parts: {
      text: string;
    }[];
  })[];
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
      network?: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress" | undefined;
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
  channelId: string | null;
  /** The network that it is copied to; null where it has a channel. */
  network: string | null;
  contentHash: string;
  /** RFC 3339. */
  createdAt: string;
  publications: LineagePublication[];
};

export type LineagePublication = {
  scheduleId: string;
  channelId: string;
  channelName: string;
  network: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress";
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

export type DomainPage = {
  items: Domain[];
  nextCursor: string | null;
};

export type Domain = {
  id: string;
  host: string;
  status: "Pending" | "Verified" | "Lost";
  primary: boolean;
  url: string;
  proof: DnsRecord;
  route: DnsRecord;
  problem: "RecordMissing" | "NoAnswer" | null;
  checkedAt: string | null;
  verifiedAt: string | null;
  /** RFC 3339. */
  createdAt: string;
};

export type DnsRecord = {
  type: "TXT" | "CNAME";
  name: string;
  value: string;
};

export type AddDomain = {
  /** A host's name; letters of any script are taken. */
  host: string;
};

export type KnownDomain = {
  domain: string;
};

export type CurrentHost = {
  site: HostSite | null;
};

export type HostSite = {
  slug: string;
  name: string;
  language: string;
  primaryColor: string | null;
  logoUrl: string | null;
  faviconUrl: string | null;
};

export type SiteTrialPage = {
  items: SiteTrial[];
  nextCursor: string | null;
};

export type SiteTrial = {
  id: string;
  contentItemId: string;
  versionNumber: number;
  status: "Waiting" | "Running" | "Decided" | "Undecided" | "Stopped";
  needsApproval: boolean;
  /** In percent. */
  confidence: number;
  days: number;
  variants: {
    /** 0 is the headline that is out. */
    number: number;
    headline: string;
    /** Of visitors that see it now, 0 to 1. */
    share: number;
    /** How often it was on a visitor's screen. */
    views: number;
    clicks: number;
    /** Expected share of views that are followed, 0 to 1. */
    rate: number;
    /** Probability to be the best of them, 0 to 1. */
    best: number;
    /** By how much its rate is expected to be below the best one's, 0 to 1. */
    loss: number;
  }[];
  /** Proposed, and taken over by a person alone. */
  winner: number | null;
  reason: "Confident" | "TimeOver" | "PageChanged" | "ByPerson" | null;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  approvedBy: string | null;
  /** RFC 3339. */
  startedAt: string | null;
  /** RFC 3339. */
  endsAt: string | null;
  /** RFC 3339. */
  endedAt: string | null;
};

export type ProposeTrial = {
  contentItemId: string;
  /** To be tried against the one that is out. */
  headlines: string[];
  /** In percent, from which on one is the best. `95` where it is left out. */
  confidence?: number | undefined;
  /** After which it ends at the latest. `14` where it is left out. */
  days?: number | undefined;
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
    network?: "site" | "webhook" | "bluesky" | "ghost" | "linkedin" | "mastodon" | "wordpress" | undefined;
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

export type SavedViewPage = {
  items: SavedView[];
  nextCursor: string | null;
};

export type SavedView = {
  id: string;
  workspaceId: string;
  name: string;
  shared: boolean;
  filter: ViewFilter;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type ViewFilter = {
  view?: "list" | "board" | undefined;
  status?: "Draft" | "InReview" | "Approved" | "Published" | undefined;
  q?: string | undefined;
  /** The id of a member, `me` (whoever opens the view), or `none`. */
  assignee?: "me" | "none" | string | undefined;
  tag?: string | undefined;
  campaign?: string | undefined;
  persona?: string | undefined;
  overdue?: true | undefined;
  archived?: true | undefined;
  sort?: "-updatedAt" | "-createdAt" | "dueAt" | "title" | undefined;
};

export type CreateView = {
  name: string;
  /** Whether all members see it; Editors and Admins share. `false` where it is left out. */
  shared?: boolean | undefined;
  filter: ViewFilter;
};

export type UpdateView = {
  name?: string | undefined;
  /** Whether all members see it; Editors and Admins share. */
  shared?: boolean | undefined;
  filter?: ViewFilter | undefined;
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

export type Headlines = {
  generationId: string;
  suggestions: {
    text: string;
    reason: string;
    technique: "HowTo" | "Question" | "Benefit" | "Number" | "Contrast" | "News" | "Curiosity" | "Direct";
  }[];
  model: string;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  };
};

export type SuggestHeadlines = {
  contentItemId?: string | undefined;
  text?: string | undefined;
  personaId?: string | undefined;
  /** `5` where it is left out. */
  count?: number | undefined;
  /** In characters, as people count them. `90` where it is left out. */
  maxLength?: number | undefined;
};

export type AdaptedContent = {
  adaptationId: string;
  /** Of the version that it was made of. */
  versionNumber: number;
  parts: {
    text: string;
  }[];
  checks: {
    id: "limits" | "links" | "mentions" | "numbers" | "names" | "model";
    status: "Pass" | "Warn" | "Fail";
    message: string;
    evidence: string[];
  }[];
  /** Null where rules made it. */
  model: string | null;
  generationId: string | null;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  } | null;
};

export type AdaptContent = {
  contentItemId: string;
  channelId?: string | undefined;
  network?: AdaptableNetwork | undefined;
  personaId?: string | undefined;
  /** False splits and trims by rule, as it is done where no model can be asked. `true` where it is left out. */
  useModel?: boolean | undefined;
};

export type Rewritten = {
  generationId: string;
  /** Markdown, to be put in the place of what was sent. */
  text: string;
  checks: RewriteCheck[];
  model: string;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  };
};

export type RewriteCheck = {
  id: "links" | "mentions" | "numbers" | "names" | "structure" | "length";
  status: "Pass" | "Warn";
  /** What the text had and the answer hasn't, 20 at most. */
  evidence: string[];
};

export type RewriteText = {
  /** The Markdown of a selection, or of the whole text. */
  text: string;
  way: "Rewrite" | "Shorten" | "Expand" | "Simplify" | "Translate";
  /** What else it may say is what this item says. */
  contentItemId?: string | undefined;
  /** To translate into; needed for that alone. */
  language?: string | undefined;
  personaId?: string | undefined;
};

export type SuggestedAltText = {
  generationId: string;
  altText: string;
  model: string;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  };
};

export type SuggestAltText = {
  assetId: string;
  /** The workspace's, unless said. */
  language?: string | undefined;
};

export type DescribedVoice = {
  generationId: string;
  /** To be edited and kept as `brandVoice` of the AI settings. */
  voice: string;
  samples: {
    contentItemId: string;
    versionNumber: number;
    title: string;
  }[];
  model: string;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  };
};

export type DescribeVoice = {
  /** Whose current versions sound as the brand does. */
  contentItemIds: string[];
};

export type GenerationPage = {
  items: Generation[];
  nextCursor: string | null;
};

export type Generation = {
  id: string;
  operation: string;
  contentItemId: string | null;
  versionNumber: number | null;
  channelId: string | null;
  personaId: string | null;
  prompt: string;
  model: string | null;
  /** The host of the endpoint that answered, or was asked last. */
  endpointHost: string | null;
  /** Whether the workspace's own key paid for it. */
  ownKey: boolean;
  status: "Running" | "Succeeded" | "Failed" | "Canceled" | "Lost";
  errorCode: string | null;
  tries: {
    model: string;
    host?: string | undefined;
    outcome: string;
    ms: number;
  }[];
  inputTokens: number;
  outputTokens: number;
  /** Null where nobody tells a price. */
  costUsd: number | null;
  credits: number;
  latencyMs: number | null;
  feedback: "Used" | "Edited" | "Dropped" | null;
  createdBy: string;
  /** The API key that asked in the member's name, and spent the credits. */
  apiKeyId: string | null;
  /** RFC 3339. */
  createdAt: string;
};

export type GiveFeedback = {
  feedback: "Used" | "Edited" | "Dropped";
};

export type AiSettings = {
  /** Whether a model can be asked. */
  configured: boolean;
  /** Whether what the workspace allows leaves a model. */
  usable: boolean;
  /** What to set where it can't. */
  missing: string | null;
  /** The workspace's own endpoint; null for the deployment's. */
  baseUrl: string | null;
  /** The end of the workspace's own key; null where it has none. */
  keyHint: string | null;
  /** The workspace's own; empty for the deployment's. */
  models: string[];
  fallbackBaseUrl: string | null;
  /** The end of the key of the workspace's own second endpoint; null where it has none. */
  fallbackKeyHint: string | null;
  fallbackModels: string[];
  /** In the order in which they are asked: the next where the one before fails. */
  endpoints: {
    which: "First" | "Fallback";
    /** Whether the workspace's own key pays. */
    own: boolean;
    host: string;
    /** Those that the workspace allows. */
    models: string[];
  }[];
  deploymentModels: string[];
  regions: string[];
  zeroRetention: boolean;
  /** Whether texts are sent to a model that tells what they mean, so that questions find them in other words. */
  findByMeaning: boolean;
  /** That model; null where the deployment has none. */
  meaningModel: string | null;
  brandVoice: string;
  maxRequestsPerMinute: number | null;
  maxConcurrent: number | null;
  maxTokensPerDay: number | null;
  maxCreditsPerDay: number | null;
  defaults: {
    maxRequestsPerMinute: number;
    maxConcurrent: number;
    maxTokensPerDay: number;
  };
  credits: {
    included: number;
    used: number;
    remaining: number;
    low: boolean;
  };
  updatedBy: string | null;
  /** RFC 3339. */
  updatedAt: string | null;
};

export type UpdateAiSettings = {
  baseUrl?: string | null | undefined;
  /** Kept encrypted and shown to nobody; null takes it out. */
  apiKey?: string | null | undefined;
  models?: string[] | undefined;
  fallbackBaseUrl?: string | null | undefined;
  /** Of a second endpoint, which is asked where the first fails; null takes it out. */
  fallbackApiKey?: string | null | undefined;
  fallbackModels?: string[] | undefined;
  regions?: string[] | undefined;
  zeroRetention?: boolean | undefined;
  findByMeaning?: boolean | undefined;
  brandVoice?: string | undefined;
  maxRequestsPerMinute?: number | null | undefined;
  maxConcurrent?: number | null | undefined;
  maxTokensPerDay?: number | null | undefined;
  maxCreditsPerDay?: number | null | undefined;
  /** `updatedAt` as it was read: where it has changed since, nothing is overwritten. RFC 3339. */
  baseUpdatedAt?: string | undefined;
};

export type AiEndpointTest = {
  works: boolean;
  host: string;
  model: string | null;
  outcome: "Answered" | "Invalid" | "Unavailable" | "Busy" | "TimedOut" | "Refused" | "KeyRefused" | "Canceled";
  ms: number;
  credits: {
    used: number;
    remaining: number;
    low: boolean;
  };
};

export type TestAiEndpoint = {
  which: "First" | "Fallback";
};

export type WorkspaceAnswer = {
  /** Each with the ids of the passages that it stands on; none where there is no answer. */
  sentences: {
    text: string;
    passages: string[];
  }[];
  /** What was found, the best first. */
  passages: {
    /** By which sentences cite it, such as P1. */
    id: string;
    contentItemId: string;
    versionNumber: number;
    title: string;
    text: string;
  }[];
  /** Why there are no sentences; null where there are. */
  why: "NotFound" | "NoModel" | "NotAnswered" | null;
  generationId: string | null;
  model: string | null;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  } | null;
};

export type AskWorkspace = {
  question: string;
  /** False answers what was found, and costs no credit. `true` where it is left out. */
  useModel?: boolean | undefined;
};

export type ProposedPlan = {
  /** RFC 3339. */
  from: string;
  /** RFC 3339. */
  to: string;
  timeZone: string;
  /** In the order of time. None is made: a person takes it, or doesn't. */
  slots: ({
    /** RFC 3339. */
    dueAt: string;
    /** BestTime: what went out at this hour did well. Gap: nothing is known of the hour, and nothing is due on the day. */
    why: "BestTime" | "Gap";
    campaign: {
      id: string;
      name: string;
    } | null;
    idea: {
      title: string;
      goal: string;
      keyword: string;
      /** Items that did best, out of which it grows. */
      basedOn: string[];
    } | null;
  })[];
  /** Of the last 90 days. */
  best: {
    contentItemId: string;
    title: string;
  }[];
  generationId: string | null;
  model: string | null;
  credits: {
    /** By this call. */
    used: number;
    remaining: number;
    /** Whether four fifths of the month's credits are gone. */
    low: boolean;
  } | null;
};

export type ProposePlan = {
  /** A day of the week; the coming week, unless said. */
  week?: string | undefined;
  /** `5` where it is left out. */
  count?: number | undefined;
  personaId?: string | undefined;
  /** False proposes times alone, and costs no credit. `true` where it is left out. */
  useModel?: boolean | undefined;
};

export type Subscription = {
  tier: Tier;
  /** PastDue has its plan until `graceEndsAt`; Unpaid and Canceled have what those have who never paid. */
  status: "Active" | "Trialing" | "PastDue" | "Unpaid" | "Canceled";
  /** Whether the operator says what the plan is, or Stripe. */
  provider: "Manual" | "Stripe";
  payer: {
    name: string;
    you: boolean;
    /** Whether whoever owns the workspace pays for it. */
    owner: boolean;
  } | null;
  limits: {
    name: "seats" | "workspaces" | "channels" | "storageBytes";
    used: number;
    allowed: number;
    /** Near from four fifths on. What is Over stays readable, and nothing is added to it. */
    state: "Ok" | "Near" | "Full" | "Over";
  }[];
  /** Whether the account pays for more workspaces than its plan has, this one among the last of them. */
  overPlan: boolean;
  /** RFC 3339. */
  trialEndsAt: string | null;
  /** RFC 3339. */
  graceEndsAt: string | null;
  /** RFC 3339. */
  cancelAt: string | null;
  /** Whether the account's workspaces share their credits. */
  pooling: {
    now: boolean;
    next: boolean;
    /** The day from which `next` holds. */
    from: string | null;
  };
  /** What whoever asks can do here. */
  offers: {
    plans: Tier[];
    topUp: boolean;
    portal: boolean;
    invoices: boolean;
    pooling: boolean;
    takeOver: boolean;
  };
  aiCredits: {
    /** Then included and remaining are those of all who share. */
    pooled: boolean;
    /** In this month. */
    included: number;
    /** In this month. */
    used: number;
    /** Taken aside by calls that are under way. */
    reserved: number;
    /** What is left of what was added; it does not end with the month. */
    toppedUp: number;
    remaining: number;
    /** Whether four fifths are gone. */
    low: boolean;
    /** RFC 3339. */
    resetsAt: string;
  };
  nextBillingDate: string | null;
};

export type Tier = "Free" | "Team" | "Agency" | "Enterprise";

export type CreditLedger = {
  items: LedgerTransaction[];
  nextCursor: string | null;
};

export type LedgerTransaction = {
  id: string;
  number: number;
  kind: "Included" | "TopUp" | "Correction" | "Reserve" | "Settle" | "Release" | "Lapse" | "Expire" | "Return";
  reservationId: string | null;
  /** They sum to zero. */
  entries: {
    account: "issued" | "included" | "toppedUp" | "reserved" | "spent" | "expired";
    amount: number;
  }[];
  /** What could be spent after it. */
  remaining: number;
  reserved: number;
  note: string | null;
  createdBy: string | null;
  /** RFC 3339. */
  at: string;
};

export type ChosenPlan = {
  subscription: Subscription;
  /** Where it is paid. Null where the plan that there is was changed: Stripe's answer arrives as an event. */
  checkoutUrl: string | null;
};

export type ChoosePlan = {
  tier: Tier;
};

export type Checkout = {
  checkoutUrl: string;
};

export type BuyCredits = {
  /** Of 1,000 credits each. `1` where it is left out. */
  packs?: number | undefined;
};

export type BillingPortal = {
  url: string;
};

export type Invoices = {
  items: Invoice[];
};

export type Invoice = {
  id: string;
  number: string | null;
  status: "Open" | "Paid" | "Uncollectible" | "Void";
  currency: string;
  /** In the currency's smallest unit. */
  total: number;
  /** RFC 3339. */
  createdAt: string;
  url: string | null;
  pdfUrl: string | null;
};

export type SetPooling = {
  pooling: boolean;
};

export type NotificationPage = {
  items: Notification[];
  nextCursor: string | null;
};

export type Notification = {
  id: string;
  kind: NotificationKind;
  /** One of the topics, or `Mail`, which is about one's own mails. */
  topic: string;
  contentItemId: string | null;
  /** Of the content item, as it is now. */
  title: string | null;
  /** Who did it; null for a job. */
  actorName: string | null;
  channelName: string | null;
  role: string | null;
  /** The one that won a trial. */
  headline: string | null;
  /** How sure that is, in percent. */
  confidence: number | null;
  /** Of a channel's access. RFC 3339. */
  endsAt: string | null;
  /** The page to look at, within the workspace's. */
  place: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  readAt: string | null;
};

/** What happened. Others may be added. */
export type NotificationKind = "ReviewWaiting" | "ReviewReminder" | "ReviewEscalated" | "Approved" | "Rejected" | "ClientApproved" | "ClientChangesRequested" | "ClientHeld" | "Mentioned" | "Commented" | "Replied" | "Assigned" | "VersionOverMine" | "PublicationFailed" | "PublicationUnknown" | "PublicationHeld" | "PublicationLate" | "RemovalFailed" | "TrialEnded" | "ChannelExpiring" | "ChannelRevoked" | "MemberJoined" | "RoleChanged" | "SupportBegun" | "ImportFinished" | "ImportFailed" | "ExportFinished" | "CreditsLow" | "CreditsExhausted" | "PaymentFailed" | "PlanChanged" | "ForwardingPaused" | "MailStopped";

export type UnreadNotifications = {
  /** Counted up to 100. */
  unread: number;
};

export type MarkNotificationsRead = {
  ids?: string[] | undefined;
  /** All that one has in this workspace. */
  all?: true | undefined;
};

export type NotificationPreferences = {
  choices: NotificationChoices;
  /** Of mails; null for the workspace's. */
  language: "en" | "de" | null;
  /** An IANA name; null for the workspace's. */
  timeZone: string | null;
  /** In minutes of the day. Mails wait meanwhile; digests do not. */
  quietFrom: number | null;
  /** An end before the beginning is that of the next day. */
  quietUntil: number | null;
  digestHour: number;
  /** Of weekly digests; 1 is Monday. */
  digestWeekday: number;
  /** No mail of this workspace comes since then. RFC 3339. */
  unsubscribedAt: string | null;
  /** No mail at all is sent to this address: one came back. RFC 3339. */
  mailStoppedAt: string | null;
};

export type NotificationChoices = {
  Reviews: NotificationChoice;
  Decisions: NotificationChoice;
  Mentions: NotificationChoice;
  Comments: NotificationChoice;
  Assignments: NotificationChoice;
  Versions: NotificationChoice;
  Publishing: NotificationChoice;
  Channels: NotificationChoice;
  Members: NotificationChoice;
  Transfers: NotificationChoice;
  Billing: NotificationChoice;
  Audit: NotificationChoice;
};

export type NotificationChoice = {
  inApp: boolean;
  email: "Now" | "Daily" | "Weekly" | "Off";
};

export type SetNotificationPreferences = {
  choices: NotificationChoices;
  /** Of mails; null for the workspace's. */
  language: "en" | "de" | null;
  /** An IANA name; null for the workspace's. */
  timeZone: string | null;
  /** In minutes of the day. Mails wait meanwhile; digests do not. */
  quietFrom: number | null;
  /** An end before the beginning is that of the next day. */
  quietUntil: number | null;
  digestHour: number;
  /** Of weekly digests; 1 is Monday. */
  digestWeekday: number;
};

export type NotificationSettings = {
  /** After so long, those who may decide a step are reminded. */
  remindAfterHours: number | null;
  /** After so long, the Admins are told that it waits. */
  escalateAfterHours: number | null;
  slackTopics: SlackTopic[];
  /** Where the incoming webhook is; null where there is none. */
  slackHost: string | null;
  /** Whether this deployment sends mails at all. */
  emailConfigured: boolean;
  /** RFC 3339. */
  updatedAt: string | null;
};

export type SlackTopic = "Reviews" | "Decisions" | "Comments" | "Publishing" | "Channels";

export type SetNotificationSettings = {
  remindAfterHours: number | null;
  escalateAfterHours: number | null;
  slackTopics: SlackTopic[];
  /** Of an incoming webhook; null disconnects it. It is kept encrypted, and never told again. */
  slackWebhookUrl?: string | null | undefined;
};

export type NotificationDeliveryPage = {
  items: NotificationDelivery[];
  nextCursor: string | null;
};

export type NotificationDelivery = {
  id: string;
  way: "Email" | "Digest" | "Slack";
  /** Null for a digest. */
  kind: NotificationKind | null;
  userName: string | null;
  address: string | null;
  status: "Queued" | "Sending" | "Sent" | "Failed" | "Bounced" | "Skipped";
  attempts: number;
  /** What the other side said last, or why nothing was sent. */
  message: string | null;
  /** RFC 3339. */
  dueAt: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  sentAt: string | null;
};

export type WebhookEndpointPage = {
  items: WebhookEndpoint[];
  nextCursor: string | null;
};

export type WebhookEndpoint = {
  id: string;
  url: string;
  description: string | null;
  /** Null for every event, those to come as well. */
  eventTypes: string[] | null;
  status: "Enabled" | "Paused";
  /** Gone: the receiver answered 410. Failing: it took nothing for three days, or not once in a hundred tries. */
  pauseReason: "Manual" | "Gone" | "Failing" | null;
  /** RFC 3339. */
  pausedAt: string | null;
  /** Tries that failed since the last delivery. */
  failures: number;
  /** RFC 3339. */
  failingSince: string | null;
  /** When something was taken last. RFC 3339. */
  deliveredAt: string | null;
  /** Until then, the secret before the rotation signs as well. RFC 3339. */
  previousUntil: string | null;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type IssuedWebhookEndpoint = {
  id: string;
  url: string;
  description: string | null;
  /** Null for every event, those to come as well. */
  eventTypes: string[] | null;
  status: "Enabled" | "Paused";
  /** Gone: the receiver answered 410. Failing: it took nothing for three days, or not once in a hundred tries. */
  pauseReason: "Manual" | "Gone" | "Failing" | null;
  /** RFC 3339. */
  pausedAt: string | null;
  /** Tries that failed since the last delivery. */
  failures: number;
  /** RFC 3339. */
  failingSince: string | null;
  /** When something was taken last. RFC 3339. */
  deliveredAt: string | null;
  /** Until then, the secret before the rotation signs as well. RFC 3339. */
  previousUntil: string | null;
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
  /** Verifies the signatures. It is stored sealed and told once: a repeated request goes without. */
  secret?: string | undefined;
};

export type CreateWebhookEndpoint = {
  /** https, or http where the deployment allows that host. */
  url: string;
  description?: string | undefined;
  /** Every event where it is left out. */
  eventTypes?: ("approval.approved" | "approval.rejected" | "approval.step_opened" | "approval.submitted" | "approval.superseded" | "assets.changed" | "assets.refused" | "assets.removed" | "assets.uploaded" | "billing.credits_exhausted" | "billing.credits_low" | "billing.payment_failed" | "billing.plan_changed" | "channels.connected" | "channels.disconnected" | "channels.expiring" | "channels.revoked" | "comments.edited" | "comments.mentioned" | "comments.removed" | "comments.reopened" | "comments.replied" | "comments.resolved" | "comments.thread_opened" | "content.adaptation_saved" | "content.archived" | "content.assigned" | "content.brief_saved" | "content.created" | "content.planned" | "content.restored" | "content.version_labelled" | "content.version_saved" | "distribution.canceled" | "distribution.failed" | "distribution.held" | "distribution.published" | "distribution.removal_failed" | "distribution.removed" | "distribution.rescheduled" | "distribution.scheduled" | "distribution.unknown" | "forwarding.destination_paused" | "notifications.told" | "planning.campaign_archived" | "planning.campaign_changed" | "planning.campaign_created" | "planning.campaign_removed" | "planning.campaign_restored" | "planning.tag_changed" | "planning.tag_created" | "planning.tag_merged" | "planning.tag_removed" | "review.approved" | "review.changes_requested" | "review.held" | "review.link_created" | "review.link_revoked" | "review.opened" | "site.domain_added" | "site.domain_lost" | "site.domain_removed" | "site.domain_verified" | "site.primary_domain_changed" | "site.trial_ended" | "transfer.export_finished" | "transfer.import_canceled" | "transfer.import_failed" | "transfer.import_finished" | "transfer.import_started" | "webhooks.endpoint_paused" | "workspaces.branding_changed" | "workspaces.founded" | "workspaces.language_changed" | "workspaces.member_changed" | "workspaces.member_joined" | "workspaces.site_changed" | "workspaces.support_begun")[] | undefined;
};

export type UpdateWebhookEndpoint = {
  /** https, or http where the deployment allows that host. */
  url?: string | undefined;
  description?: string | null | undefined;
  /** Null for every event. */
  eventTypes?: ("approval.approved" | "approval.rejected" | "approval.step_opened" | "approval.submitted" | "approval.superseded" | "assets.changed" | "assets.refused" | "assets.removed" | "assets.uploaded" | "billing.credits_exhausted" | "billing.credits_low" | "billing.payment_failed" | "billing.plan_changed" | "channels.connected" | "channels.disconnected" | "channels.expiring" | "channels.revoked" | "comments.edited" | "comments.mentioned" | "comments.removed" | "comments.reopened" | "comments.replied" | "comments.resolved" | "comments.thread_opened" | "content.adaptation_saved" | "content.archived" | "content.assigned" | "content.brief_saved" | "content.created" | "content.planned" | "content.restored" | "content.version_labelled" | "content.version_saved" | "distribution.canceled" | "distribution.failed" | "distribution.held" | "distribution.published" | "distribution.removal_failed" | "distribution.removed" | "distribution.rescheduled" | "distribution.scheduled" | "distribution.unknown" | "forwarding.destination_paused" | "notifications.told" | "planning.campaign_archived" | "planning.campaign_changed" | "planning.campaign_created" | "planning.campaign_removed" | "planning.campaign_restored" | "planning.tag_changed" | "planning.tag_created" | "planning.tag_merged" | "planning.tag_removed" | "review.approved" | "review.changes_requested" | "review.held" | "review.link_created" | "review.link_revoked" | "review.opened" | "site.domain_added" | "site.domain_lost" | "site.domain_removed" | "site.domain_verified" | "site.primary_domain_changed" | "site.trial_ended" | "transfer.export_finished" | "transfer.import_canceled" | "transfer.import_failed" | "transfer.import_finished" | "transfer.import_started" | "webhooks.endpoint_paused" | "workspaces.branding_changed" | "workspaces.founded" | "workspaces.language_changed" | "workspaces.member_changed" | "workspaces.member_joined" | "workspaces.site_changed" | "workspaces.support_begun")[] | null | undefined;
  /** False pauses it. True resumes: what waited goes out, what was skipped meanwhile can be replayed. */
  enabled?: boolean | undefined;
};

export type RotateWebhookSecret = {
  /** How long each message has the signatures of both secrets. `24` where it is left out. */
  overlapHours?: number | undefined;
};

export type WebhookDelivery = {
  /** The message's: `webhook-id` is `msg_` and this, the same for every try. */
  id: string;
  endpointId: string;
  /** The event's, the same for every endpoint; null for a ping. */
  eventId: string | null;
  type: string;
  /** Skipped: the endpoint was paused when it happened. Failed: all tries did. Both can be replayed. */
  status: "Pending" | "Delivered" | "Failed" | "Skipped";
  /** Since it was made, or replayed. */
  tries: number;
  /** RFC 3339. */
  occurredAt: string;
  /** RFC 3339. */
  createdAt: string;
  /** When it is tried next. RFC 3339. */
  nextAt: string | null;
  /** RFC 3339. */
  endedAt: string | null;
};

export type ReplayedWebhooks = {
  /** How many are sent anew; 1,000 at most in one request. */
  replayed: number;
};

export type ReplayWebhooks = {
  /** RFC 3339. */
  from: string;
  /** RFC 3339. */
  to: string;
  /** `["Failed","Skipped"]` where it is left out. */
  statuses?: ("Delivered" | "Failed" | "Skipped")[] | undefined;
};

export type WebhookDeliveryPage = {
  items: WebhookDelivery[];
  nextCursor: string | null;
};

export type WebhookDeliveryWithAttempts = {
  /** The message's: `webhook-id` is `msg_` and this, the same for every try. */
  id: string;
  endpointId: string;
  /** The event's, the same for every endpoint; null for a ping. */
  eventId: string | null;
  type: string;
  /** Skipped: the endpoint was paused when it happened. Failed: all tries did. Both can be replayed. */
  status: "Pending" | "Delivered" | "Failed" | "Skipped";
  /** Since it was made, or replayed. */
  tries: number;
  /** RFC 3339. */
  occurredAt: string;
  /** RFC 3339. */
  createdAt: string;
  /** When it is tried next. RFC 3339. */
  nextAt: string | null;
  /** RFC 3339. */
  endedAt: string | null;
  /** What is sent: `{type, timestamp, data}`. */
  body: Record<string, unknown>;
  attempts: {
    number: number;
    /** RFC 3339. */
    startedAt: string;
    /** RFC 3339. */
    endedAt: string | null;
    /** Lost: it was sent, and no answer was noted. Null while it is under way. */
    outcome: "Delivered" | "Refused" | "Unreachable" | "Lost" | null;
    statusCode: number | null;
    /** Its beginning. */
    response: string | null;
    error: string | null;
  }[];
};

export type ForwardingDestinations = {
  items: ForwardingDestination[];
};

export type ForwardingDestination = {
  id: string;
  name: string;
  kind: "Bucket" | "Splunk" | "JsonLines";
  url: string | null;
  region: string | null;
  bucket: string | null;
  prefix: string | null;
  /** The end of the access key or the token. The rest is never told. */
  hint: string;
  status: "Enabled" | "Paused";
  /** Failing: nothing was taken for three days. */
  pauseReason: "Manual" | "Failing" | null;
  /** RFC 3339. */
  pausedAt: string | null;
  /** The place in the chain up to which everything was taken. */
  sentSequence: number;
  /** RFC 3339. */
  sentAt: string | null;
  /** Sealed rows that were not taken yet. */
  behind: number;
  /** Tries that failed since something was taken. */
  failures: number;
  /** RFC 3339. */
  failingSince: string | null;
  lastError: string | null;
  /** When it is tried again, after a failure. RFC 3339. */
  nextAt: string | null;
  test: {
    /** RFC 3339. */
    askedAt: string | null;
    /** When the last test came to its end. RFC 3339. */
    testedAt: string | null;
    /** Null where the test was taken. */
    error: string | null;
  };
  createdBy: string;
  /** RFC 3339. */
  createdAt: string;
  /** RFC 3339. */
  updatedAt: string;
};

export type CreateForwardingDestination = {
  kind: "Bucket";
  name: string;
  /** Of the S3; Amazon's where it is left out. */
  url?: string | undefined;
  /** `"us-east-1"` where it is left out. */
  region?: string | undefined;
  bucket: string;
  prefix?: string | undefined;
  accessKeyId: string;
  secretAccessKey: string;
  /** Beginning: with every row that is kept. Now: with the next one. `"Beginning"` where it is left out. */
  from?: "Beginning" | "Now" | undefined;
} | {
  kind: "Splunk";
  name: string;
  /** https, or http where the deployment allows that host. */
  url: string;
  token: string;
  /** Beginning: with every row that is kept. Now: with the next one. `"Beginning"` where it is left out. */
  from?: "Beginning" | "Now" | undefined;
} | {
  kind: "JsonLines";
  name: string;
  /** https, or http where the deployment allows that host. */
  url: string;
  token: string;
  /** Beginning: with every row that is kept. Now: with the next one. `"Beginning"` where it is left out. */
  from?: "Beginning" | "Now" | undefined;
};

export type UpdateForwardingDestination = {
  name?: string | undefined;
  /** https, or http where the deployment allows that host. */
  url?: string | undefined;
  region?: string | undefined;
  bucket?: string | undefined;
  prefix?: string | null | undefined;
  /** Of a receiver. Another address needs it anew. */
  token?: string | undefined;
  accessKeyId?: string | undefined;
  /** Of a bucket, both keys together. Another address or bucket needs them anew. */
  secretAccessKey?: string | undefined;
  /** False pauses it. True resumes it where it stopped, so that nothing is missing. */
  enabled?: boolean | undefined;
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
  /** The API key that acted in the member's name. */
  apiKeyId: string | null;
  action: string;
  subjectType: string;
  subjectId: string;
  detail: Record<string, unknown>;
  requestId: string | null;
};

export type AuditChangePage = {
  items: AuditChange[];
  nextCursor: string | null;
};

export type AuditChange = {
  id: string;
  /** RFC 3339. */
  at: string;
  actorKind: "Member" | "System" | "Guest";
  actorId: string | null;
  /** The database's log-in. Another than `contentos_app` went past ContentOS. */
  login: string;
  operation: "Inserted" | "Changed" | "Removed";
  tableName: string;
  rowId: string;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
};

export type AuditCheck = {
  status: "Intact" | "Broken";
  /** The place in the chain, from 1 on. */
  sequence: number;
  /** SHA-256, 64 hexadecimal digits. */
  hash: string;
  /** Rows whose hash was made anew. */
  checked: number;
  /** Rows that are not sealed yet: they will be within a second. */
  waiting: number;
  /** Heads that were written down outside of the database. */
  anchors: number;
  /** The place in the chain, from 1 on. */
  anchoredTo: number | null;
  checkpoint: {
    /** The place in the chain, from 1 on. */
    sequence: number;
    /** SHA-256, 64 hexadecimal digits. */
    hash: string;
    rows: number;
    /** RFC 3339. */
    before: string;
    /** RFC 3339. */
    at: string;
    /** False where the rows went before such removals were proved: the database itself could have made it up. */
    proven: boolean;
  } | null;
  faultCount: number;
  firstBroken: AuditFault | null;
  /** The first hundred. */
  faults: AuditFault[];
  /** Where to go on, for a log of more than 250,000 rows. */
  next: number | null;
};

export type AuditFault = {
  kind: "Changed" | "Removed" | "SealRemoved" | "Inserted" | "Rewritten" | "Truncated" | "Anchor" | "Checkpoint";
  /** The place in the chain, from 1 on. */
  sequence: number | null;
  rowId: string | null;
};

export type VerifyAudit = {
  /** `next` of the call before. */
  from?: number | undefined;
};

export type AuditHead = {
  workspaceId: string;
  /** The place in the chain, from 1 on. */
  sequence: number;
  /** SHA-256, 64 hexadecimal digits. */
  hash: string;
  /** RFC 3339. */
  sealedAt: string;
  jws: string;
};

export type Retention = {
  /** While there is one, nothing is removed. */
  hold: RetentionHold | null;
  rules: RetentionRule[];
};

export type RetentionHold = {
  /** RFC 3339. */
  since: string;
  reason: string | null;
  updatedBy: string;
};

export type RetentionRule = {
  what: RetentionKind;
  /** Null: the default. */
  days: number | null;
  /** Null: for ever, or as long as the operator says. */
  defaultDays: number | null;
  minimumDays: number;
  maximumDays: number;
  updatedBy: string | null;
  /** RFC 3339. */
  updatedAt: string | null;
};

export type RetentionKind = "Audit" | "Webhooks" | "Notifications" | "Versions" | "Drafts" | "Files" | "Answers" | "Metrics" | "Events";

export type RetentionPreview = {
  what: RetentionKind;
  days: number;
  /** Rows that would go now. */
  rows: number;
};

export type SetRetention = {
  what: RetentionKind;
  /** Null for the default. */
  days: number | null;
};

export type SetRetentionHold = {
  held: boolean;
  /** For Admins; it is not in the audit log. */
  reason?: string | undefined;
};

export type WorkspaceErasure = {
  id: string;
  status: "Waiting" | "Undone" | "Running" | "Done";
  askedBy: string;
  /** RFC 3339. */
  askedAt: string;
  /** When it is done, unless an Admin takes it back before. RFC 3339. */
  dueAt: string;
};

export type AskWorkspaceErasure = {
  /** The workspace's name, as it is written, to be sure. */
  name: string;
  /** Left out by who has none: then the sign-in is to be of the last ten minutes. */
  password?: string | undefined;
};

export type WorkspaceErasureState = {
  erasure: WorkspaceErasure | null;
};

export type OwnWorkspaceErasures = {
  items: {
    workspaceId: string;
    status: "Waiting" | "Undone" | "Running" | "Done";
    /** RFC 3339. */
    dueAt: string;
    endedAt: string | null;
    /** Compact JWS, by the keys of `/review/jwks.json`. */
    receipt: string | null;
  }[];
};

export type PrivacyChoice = {
  /** Whether any of what follows says so: the strictest holds. */
  optedOut: boolean;
  /** Whether the browser sends `Sec-GPC: 1`. */
  signal: boolean;
  /** Whether this browser keeps it. */
  cookie: boolean;
  /** What is kept with the account of who has signed in. */
  account: {
    optedOut: boolean;
    /** `Signal`: by Global Privacy Control. */
    madeBy: "Person" | "Signal";
    /** RFC 3339. */
    madeAt: string;
  } | null;
};

export type SetPrivacyChoice = {
  optedOut: boolean;
};

export type PrivacyNotice = {
  version: string;
  title: string;
  html: string;
};

export type Erasure = {
  id: string;
  status: "Waiting" | "Undone" | "Done";
  /** RFC 3339. */
  askedAt: string;
  /** When it is done, unless it is taken back before. RFC 3339. */
  dueAt: string;
  /** RFC 3339. */
  endedAt: string | null;
  /** Workspaces that you are or were in, and whose legal hold delays it: it is done when the hold ends. */
  heldBy: string[];
};

export type ErasureList = {
  items: Erasure[];
};

export type LegalDocumentList = {
  items: LegalDocument[];
};

export type LegalDocument = {
  document: "Terms" | "Privacy";
  /** Of the text as it was read, in its language, by its hash. */
  version: string;
  title: string;
  html: string;
};

export type Consents = {
  items: {
    document: "Terms" | "Privacy";
    /** Of the text as it was read, in its language, by its hash. */
    version: string;
    /** RFC 3339. */
    givenAt: string;
  }[];
  /** What stands there now, and was not agreed to. */
  missing: ("Terms" | "Privacy")[];
  /** Of these, what was agreed to in another version. */
  changed: ("Terms" | "Privacy")[];
  choice: PrivacyChoice & unknown;
};

export type GiveConsents = {
  documents: {
    document: "Terms" | "Privacy";
    /** Of the text as it was read, in its language, by its hash. */
    version: string;
  }[];
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
  | "totp_required"
  | "totp_invalid"
  | "passkey_invalid"
  | "forbidden"
  | "own_work"
  | "key_not_allowed"
  | "key_scope"
  | "key_required"
  | "passcode_required"
  | "passcode_wrong"
  | "cross_site_request"
  | "signature_invalid"
  | "account_suspended"
  | "second_factor_required"
  | "sso_required"
  | "reauthentication_required"
  | "proof_required"
  | "sso_refused"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "version_conflict"
  | "draft_conflict"
  | "label_taken"
  | "email_taken"
  | "reset_token_invalid"
  | "verification_token_invalid"
  | "totp_on"
  | "totp_off"
  | "sso_not_configured"
  | "domain_not_verified"
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
  | "domain_taken"
  | "domain_limit"
  | "domain_unverified"
  | "policy_unsatisfiable"
  | "not_approved"
  | "adaptation_not_approved"
  | "adaptation_pinned"
  | "not_published_here"
  | "channel_disconnected"
  | "channel_limits"
  | "channel_built_in"
  | "link_revoked"
  | "key_revoked"
  | "too_many"
  | "endpoint_paused"
  | "delivery_pending"
  | "nothing_to_hold"
  | "not_under_review"
  | "schedule_not_open"
  | "schedule_not_unknown"
  | "schedule_exists"
  | "no_posting_time"
  | "removal_unsupported"
  | "stream_unavailable"
  | "cursor_expired"
  | "storage_missing"
  | "upload_closed"
  | "upload_incomplete"
  | "owns_workspaces"
  | "erasure_waiting"
  | "legal_hold"
  | "name_mismatch"
  | "workspace_read_only"
  | "document_changed"
  | "import_running"
  | "import_over"
  | "export_running"
  | "export_not_ready"
  | "ai_not_configured"
  | "ai_no_allowed_model"
  | "ai_canceled"
  | "credits_exhausted"
  | "plan_limit"
  | "workspace_over_plan"
  | "plan_set_by_operator"
  | "payment_required"
  | "payment_failed"
  | "channel_refused"
  | "channel_unreachable"
  | "too_large"
  | "range_not_satisfiable"
  | "unsupported_media_type"
  | "rate_limited"
  | "ai_limit"
  | "internal"
  | "ai_failed"
  | "ai_key_refused"
  | "payments_unreachable"
  | "timeout"
  | "disk_full"
  | "overloaded";
