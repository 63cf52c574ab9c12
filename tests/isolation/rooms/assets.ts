import { AUTHORS, each, INSIDE, names, SYSTEM, WRITERS } from "../actors";
import { change } from "../case";
import type { RoomIsolation } from "../room";
import { authorOf, HASH, inPlace, ofItem, type Place, person, q, type Row, ref, workspace } from "../vocabulary";

const blob = (place: Place): Row => ({
  workspace_id: workspace(place),
  sha256: q({ mine: "1", others: "2", theirs: "3" }[place].repeat(64)),
  key_id: ref(place, "file key"),
  size_bytes: "1",
});
/** What stands on none of the rows that are read and changed. */
const bareBlob = (place: Place): Row => ({
  ...blob(place),
  sha256: q({ mine: "4", others: "5", theirs: "6" }[place].repeat(64)),
});
const bare = (place: Place, name: string): Row => ({ ...asset(place, name), sha256: bareBlob(place).sha256! });
const asset = (place: Place, name = "asset"): Row => ({
  ...inPlace(place, name),
  kind: q("Image"),
  file_name: q(`${name}-${place}.png`),
  content_type: q("image/png"),
  sha256: blob(place).sha256!,
  created_by: person(authorOf(place)),
});
const folder = (place: Place): Row => ({
  ...inPlace(place, "folder"),
  name: q(place),
  created_by: person(authorOf(place)),
});
const upload = (place: Place): Row => ({
  ...inPlace(place, "upload"),
  size_bytes: "1",
  created_by: person(authorOf(place)),
  expires_at: "now() + interval '1 day'",
});
const use = (place: Place): Row => ({
  ...inPlace(place, "use"),
  ...ofItem(place, "draft"),
  asset_id: ref(place, "bare asset"),
});
const shown = (place: Place, name = "asset", page = "page"): Row => ({
  workspace_id: workspace(place),
  page_id: ref(place, page),
  asset_id: ref(place, name),
});
const seen = (name: string, place: Place = "others") => `select 1 from assets where id = ${ref(place, name)}`;

export const assets: RoomIsolation = {
  expectations: {
    // Wrapped: without the master key it opens nothing.
    "public.assets_keys": {
      select: [...INSIDE, "Visitor"],
      insert: { columns: names("workspace_id id wrapped_key"), by: SYSTEM },
      given: ["created_at"],
    },
    "public.assets_folders": {
      select: INSIDE,
      insert: { columns: names("workspace_id id parent_id name created_by"), by: WRITERS, signed: ["created_by"] },
      update: each("parent_id name updated_at removed_at", AUTHORS),
      given: ["created_at"],
    },
    "public.assets_blobs": {
      select: [...INSIDE, "Visitor"],
      insert: { columns: names("workspace_id sha256 key_id size_bytes width height animated variants"), by: SYSTEM },
      given: ["created_at", "going_at"],
    },
    "public.assets": {
      select: [...INSIDE, "Visitor"],
      insert: {
        columns: names("workspace_id id purpose kind file_name content_type alt_text folder_id sha256 created_by"),
        by: SYSTEM,
      },
      update: each("file_name alt_text folder_id revision updated_at removed_at", AUTHORS),
      given: ["created_at"],
    },
    // An upload is its uploader's.
    "public.assets_uploads": {
      select: ["WriterOwn", "System"],
      insert: {
        columns: names(
          "workspace_id id purpose file_name content_type size_bytes sha256 alt_text folder_id storage_ref created_by expires_at",
        ),
        by: WRITERS,
        signed: ["created_by"],
      },
      update: { status: ["WriterOwn", "System"], ...each("reason asset_id", SYSTEM) },
      given: ["created_at"],
    },
    "public.assets_uses": {
      select: INSIDE,
      insert: {
        columns: names("workspace_id id asset_id content_item_id version_number adaptation_id"),
        by: AUTHORS,
      },
      update: { ended_at: AUTHORS },
      given: ["created_at"],
    },
    "public.assets_page_uses": {
      select: [...INSIDE, "Visitor"],
      insert: { columns: names("workspace_id page_id asset_id"), by: SYSTEM },
      update: { ended_at: SYSTEM },
      given: ["created_at"],
    },
  },
  rows: {
    assets_keys: (place) => inPlace(place, "file key"),
    assets_folders: folder,
    assets_blobs: blob,
    assets: (place) => asset(place),
    assets_uploads: upload,
    assets_uses: use,
    assets_page_uses: (place) => shown(place),
  },
  fresh: {
    assets_keys: (place) => ({ workspace_id: workspace(place) }),
    assets_folders: (place, me) => ({ ...folder(place), name: q("new"), created_by: me }),
    assets_blobs: (place) => ({ ...blob(place), sha256: HASH }),
    assets: (place) => asset(place),
    assets_uploads: (place, me) => ({ ...upload(place), created_by: me }),
    assets_uses: (place) => ({ ...use(place), asset_id: ref(place, "asset") }),
    assets_page_uses: (place) => shown(place, "bare asset"),
  },
  changes: {
    assets_folders: { parent_id: (place) => `parent_id = ${ref(place, "bare folder")}` },
    assets: { folder_id: (place) => `folder_id = ${ref(place, "folder")}` },
    assets_uploads: {
      status: () => "status = 'Processing'",
      reason: () => "status = 'Refused', reason = 'x'",
      asset_id: (place) => `status = 'Ready', asset_id = ${ref(place, "asset")}`,
    },
  },
  surroundings: (place) => [
    ["assets_folders", { ...folder(place), id: ref(place, "bare folder"), name: q(`bare ${place}`) }],
    ["assets_blobs", bareBlob(place)],
    ["assets", bare(place, "bare asset")],
    ["assets", bare(place, "gone asset")],
    ["assets_page_uses", shown(place, "gone asset", "gone page")],
    ["assets", bare(place, "former asset")],
    ["assets_page_uses", { ...shown(place, "former asset"), ended_at: "now()" }],
    // The branding names both.
    ["assets", bare(place, "logo")],
    ["assets", { ...bare(place, "old logo"), removed_at: "now()" }],
  ],
  cases: [
    { who: "Visitor", label: "sees what no page shows", statement: seen("bare asset"), right: "0" },
    { who: "Viewer", label: "sees what no page shows", statement: seen("bare asset"), right: "1" },
    { who: "Visitor", label: "sees what a page showed that was taken down", statement: seen("gone asset"), right: "0" },
    { who: "Visitor", label: "sees what a page no longer shows", statement: seen("former asset"), right: "0" },
    { who: "Visitor", label: "sees the branding's logo", statement: seen("logo", "mine"), right: "1" },
    { who: "Visitor", label: "sees another workspace's logo", statement: seen("logo", "theirs"), right: "0" },
    { who: "Visitor", label: "sees a logo that was removed", statement: seen("old logo", "mine"), right: "0" },
    {
      who: "WriterOwn",
      label: "says that their own upload is ready",
      statement: `update assets_uploads set status = 'Ready', asset_id = ${ref("mine", "asset")} where id = ${ref("mine", "upload")}`,
      right: "42501",
    },
    {
      who: "WriterOwn",
      label: "opens an upload again that is closed",
      statement: `update assets_uploads set status = 'Aborted' where id = ${ref("mine", "upload")}; update assets_uploads set status = 'Open' where id = ${ref("mine", "upload")}`,
      right: "0",
    },
    {
      who: "Editor",
      label: "changes what another uploaded",
      statement: change("assets", ref("others", "asset"), "alt_text = 'Tulips'"),
      right: "1",
    },
  ],
};
