import { sqlState } from "@/http/problem";
import { type AppError, ERROR_STATUS } from "@/platform/errors";

const SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

/** RFC 7644, 3.12: what a directory can do about it. */
export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue";
type Status = 400 | 401 | 403 | 404 | 409 | 412 | 413 | 415 | 429 | 500 | 501 | 503;

/** A refusal as directories understand it. */
export class ScimError extends Error {
  override name = "ScimError";
  constructor(
    readonly status: Status,
    detail: string,
    readonly scimType?: ScimType,
    options?: ErrorOptions,
  ) {
    super(detail, options);
  }
}

export const invalid = (scimType: ScimType, detail: string, cause?: unknown) =>
  new ScimError(400, detail, scimType, { cause });
export const notFound = () => new ScimError(404, "There is no such resource.");

const BY_SQLSTATE: Record<string, () => ScimError> = {
  COK01: () => new ScimError(401, "This token does not work, or no longer: ask an Admin of the workspace for one."),
  CO403: () =>
    new ScimError(403, "The address is in no domain that the workspace has verified: verify it there first."),
  CO404: notFound,
  CO400: () => invalid("invalidValue", "One of the members is no user that is provisioned here."),
  CO409: () => invalid("mutability", "The owner of a workspace stays in it until it is handed over."),
  CO4UV: () =>
    new ScimError(
      409,
      "There is an account with this address, and nobody has confirmed the address: have its person sign in and confirm it.",
      "uniqueness",
    ),
  "23505": () => new ScimError(409, "There is one with this name already.", "uniqueness"),
};

const OF_OURS: Partial<Record<AppError["code"], ScimType>> = {
  invalid_json: "invalidSyntax",
  invalid_request: "invalidValue",
};

/** The refusal that an error stands for; undefined for a defect. */
export function scimErrorOf(raised: unknown, refusal: AppError | undefined): ScimError | undefined {
  if (raised instanceof ScimError) return raised;
  const known = BY_SQLSTATE[sqlState(raised)]?.();
  if (known) return known;
  if (!refusal) return undefined;
  return new ScimError(ERROR_STATUS[refusal.code] as Status, refusal.message, OF_OURS[refusal.code]);
}

export const presentError = ({ status, scimType, message }: ScimError) => ({
  schemas: [SCHEMA],
  status: String(status),
  ...(scimType && { scimType }),
  detail: message,
});
