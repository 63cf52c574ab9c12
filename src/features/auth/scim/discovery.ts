const CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";
const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** What of SCIM is here (RFC 7643, 5). */
export const serviceProviderConfig = (
  base: string,
  { maxResults, ...bulk }: { maxResults: number; maxOperations: number; maxPayloadSize: number },
) => ({
  schemas: [CONFIG],
  patch: { supported: true },
  bulk: { supported: true, ...bulk },
  filter: { supported: true, maxResults },
  changePassword: { supported: false },
  sort: { supported: true },
  etag: { supported: true },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      description: "A token that an Admin makes in the workspace's settings.",
      primary: true,
    },
  ],
  meta: { resourceType: "ServiceProviderConfig", location: `${base}/ServiceProviderConfig` },
});

export const RESOURCE_TYPES = (base: string) =>
  [
    { id: "User", schema: USER },
    { id: "Group", schema: GROUP },
  ].map(({ id, schema }) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id,
    name: id,
    endpoint: `/${id}s`,
    schema,
    schemaExtensions: [],
    meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${id}` },
  }));

type Attribute = { name: string } & Record<string, unknown>;
/** The characteristics that RFC 7643, 7 asks for, with their defaults. */
const attribute = (name: string, over: Record<string, unknown> = {}): Attribute => ({
  name,
  type: "string",
  multiValued: false,
  required: false,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  ...over,
});
const readOnly = { mutability: "readOnly" };
const linked = (name: string, over: Record<string, unknown>) =>
  attribute(name, {
    type: "complex",
    multiValued: true,
    subAttributes: [
      attribute("value", over),
      attribute("display", readOnly),
      attribute("$ref", { type: "reference", ...readOnly }),
    ],
    ...over,
  });

const schema = (base: string, id: string, name: string, attributes: Attribute[]) => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
  id,
  name,
  description: name,
  attributes,
  meta: { resourceType: "Schema", location: `${base}/Schemas/${id}` },
});

export const SCHEMAS = (base: string) => [
  schema(base, USER, "User", [
    attribute("userName", { required: true, mutability: "immutable", uniqueness: "server" }),
    attribute("displayName"),
    attribute("name", {
      type: "complex",
      subAttributes: [attribute("formatted"), attribute("givenName"), attribute("familyName")],
    }),
    attribute("active", { type: "boolean" }),
    attribute("emails", {
      type: "complex",
      multiValued: true,
      subAttributes: [attribute("value"), attribute("type"), attribute("primary", { type: "boolean" })],
      ...readOnly,
    }),
    linked("groups", readOnly),
    attribute("roles", {
      type: "complex",
      multiValued: true,
      subAttributes: [attribute("value", readOnly)],
      ...readOnly,
    }),
  ]),
  schema(base, GROUP, "Group", [
    attribute("displayName", { required: true, uniqueness: "server" }),
    linked("members", {}),
  ]),
];
