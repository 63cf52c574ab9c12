import { createRoute } from "@hono/zod-openapi";
import { ContentStatus } from "@/features/content/contract";
import {
  body,
  Cursor,
  creates,
  Id,
  idParams,
  inWorkspace,
  json,
  Limit,
  line,
  memberProblems,
  page,
  SIGNED_IN,
  Timestamp,
  z,
} from "@/platform/contract";

export * from "./blueprint/contract";

export const IMPORT_STATUSES = ["Queued", "Running", "Finished", "Failed", "Canceled"] as const;
export const EXPORT_STATUSES = ["Queued", "Running", "Finished", "Failed", "Expired"] as const;
export const OUTCOMES = ["Imported", "Updated", "Unchanged", "Conflict", "Skipped", "Failed"] as const;
export const FORMATS = ["Folder", "WordPress", "Rss", "Atom", "ContentOS"] as const;
const ENCODINGS = ["utf-8", "utf-16le", "utf-16be", "windows-1252"] as const;

export const ImportOptions = z
  .strictObject({
    source: line(200).optional().openapi({
      description:
        "What the entries are remembered by: importing the same source again adds nothing twice. By default the site's or feed's own address, or the name of the file.",
    }),
    authorMap: z
      .record(z.string().min(1).max(200), Id)
      .optional()
      .openapi({
        description: "Members by the name or e-mail address of a source's author: items are assigned to them.",
        example: { "ada@example.com": "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02" },
      }),
    tagsFrom: z
      .enum(["TagsAndCategories", "Tags", "Categories", "None"])
      .default("TagsAndCategories")
      .openapi({ description: "Which of a source's words become tags." }),
    comments: z.boolean().default(true).openapi({ description: "Whether readers' comments come along, as threads." }),
    fetchImages: z
      .boolean()
      .default(true)
      .openapi({ description: "Whether pictures that the source only names are fetched from where they are." }),
    encoding: z
      .enum(ENCODINGS)
      .optional()
      .openapi({ description: "Of files that don't declare one; UTF-8 otherwise." }),
    dryRun: z.boolean().default(false).openapi({ description: "Tells what would happen, and imports nothing." }),
  })
  .openapi("ImportOptions", { example: { source: "Old blog", tagsFrom: "TagsAndCategories" } });
export type ImportOptions = z.output<typeof ImportOptions>;

const Format = z.enum(["auto", ...FORMATS]).default("auto");
/** As they are kept with the import. */
export const StoredOptions = ImportOptions.extend({ format: Format });

export const StartImport = z
  .strictObject({
    uploadId: Id.optional().openapi({ description: "An upload with the purpose Import, once it is Ready." }),
    assetId: Id.optional().openapi({ description: "Or the file that came of it." }),
    format: Format.openapi({ description: "Refused where it is another one." }),
    options: ImportOptions.prefault({}),
  })
  .refine(({ uploadId, assetId }) => (uploadId === undefined) !== (assetId === undefined), {
    path: ["uploadId"],
    message: "Name either an upload or an asset.",
  })
  .openapi("StartImport", {
    example: { uploadId: "8b1c2d3e-0000-4000-8000-000000000001", options: { source: "Old blog" } },
  });

const importExample = {
  id: "3a1c2b3a-0000-4000-8000-000000000021",
  workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
  status: "Running",
  fileName: "export.xml",
  assetId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
  format: "WordPress",
  source: "https://blog.example.com",
  dryRun: false,
  counts: { imported: 38, updated: 0, unchanged: 2, conflicts: 0, skipped: 1, failed: 1 },
  progress: { done: 42, total: 120 },
  message: null,
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  startedAt: "2026-11-22T09:00:01.000Z",
  endedAt: null,
} as const;

const Count = z.int();
export const ContentImport = z
  .object({
    id: Id,
    workspaceId: Id,
    status: z.enum(IMPORT_STATUSES),
    fileName: z.string(),
    assetId: Id.nullable(),
    format: z.enum(FORMATS).nullable().openapi({ description: "As recognised by its content." }),
    source: z.string().nullable(),
    dryRun: z.boolean(),
    counts: z.object({
      imported: Count,
      updated: Count,
      unchanged: Count,
      conflicts: Count.openapi({ description: "Changed in the source and here as well: nothing was overwritten." }),
      skipped: Count,
      failed: Count,
    }),
    progress: z.object({
      done: Count,
      total: Count.nullable().openapi({ description: "Known once all was looked at." }),
    }),
    message: z.string().nullable().openapi({ description: "Why it failed." }),
    createdBy: Id,
    createdAt: Timestamp,
    startedAt: Timestamp.nullable(),
    endedAt: Timestamp.nullable(),
  })
  .openapi("ContentImport", { example: importExample });
export const ContentImportPage = page(ContentImport).openapi("ContentImportPage");

export const ImportedEntry = z
  .object({
    position: Count.openapi({ description: "From 1, in the order of the source." }),
    key: z.string().openapi({ description: "What the source calls it: a path, a guid, a post's id." }),
    outcome: z.enum(OUTCOMES),
    title: z.string().nullable(),
    message: z.string().nullable(),
    notes: z.array(z.string()).openapi({ description: "What was not taken over as it was." }),
    contentItemId: Id.nullable(),
  })
  .openapi("ImportedEntry", {
    example: {
      position: 7,
      key: "post:131",
      outcome: "Imported",
      title: "Spring launch",
      message: null,
      notes: ["The shortcode [contact-form-7] stays as text."],
      contentItemId: "2f6f1c5e-8f39-4b52-8f0e-0d4f6d3f5a10",
    },
  });
export const ImportedEntryPage = page(ImportedEntry).openapi("ImportedEntryPage");

export const ExportFilter = z
  .strictObject({
    status: ContentStatus.optional(),
    archived: z.boolean().default(true).openapi({ description: "Whether archived items go along." }),
  })
  .openapi("ExportFilter", { example: { status: "Published" } });
export type ExportFilter = z.output<typeof ExportFilter>;

export const StartExport = z
  .strictObject({ filter: ExportFilter.prefault({}) })
  .openapi("StartExport", { example: { filter: {} } });

const exportExample = {
  id: "3b1c2b3a-0000-4000-8000-000000000022",
  workspaceId: "7c0a4f2e-3f63-4d0c-9e0b-6ad2b3a4f001",
  status: "Finished",
  filter: { archived: true },
  items: 120,
  sizeBytes: 4_821_130,
  sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  message: null,
  createdBy: "5f0c2f0a-61f5-4f0e-8a0d-2c7a7c1f0b02",
  createdAt: "2026-11-22T09:00:00.000Z",
  endedAt: "2026-11-22T09:00:12.000Z",
  expiresAt: "2026-11-29T09:00:12.000Z",
} as const;

export const ContentExport = z
  .object({
    id: Id,
    workspaceId: Id,
    status: z.enum(EXPORT_STATUSES),
    filter: ExportFilter,
    items: Count.nullable(),
    sizeBytes: Count.nullable(),
    sha256: z.string().nullable().openapi({ description: "Of the archive." }),
    message: z.string().nullable().openapi({ description: "Why it failed." }),
    createdBy: Id,
    createdAt: Timestamp,
    endedAt: Timestamp.nullable(),
    expiresAt: Timestamp.nullable().openapi({ description: "Until then it can be downloaded." }),
  })
  .openapi("ContentExport", { example: exportExample });
export const ContentExportPage = page(ContentExport).openapi("ContentExportPage");

const base = { tags: ["transfer"], security: SIGNED_IN };
const one = { headers: inWorkspace, params: idParams };
const pages = { headers: inWorkspace, query: z.strictObject({ limit: Limit, cursor: Cursor }) };

export const startImport = createRoute({
  ...base,
  operationId: "startImport",
  method: "post",
  path: "/content/import",
  summary: "Import an uploaded file: Markdown, a zip of it, a WordPress export, a feed, a ContentOS export",
  request: { headers: creates, body: body(StartImport) },
  responses: {
    202: json("The import, which a job carries out", ContentImport),
    ...memberProblems("import_running", "idempotency_key_reused", "conflict"),
  },
});

export const listImports = createRoute({
  ...base,
  operationId: "listImports",
  method: "get",
  path: "/content/import",
  summary: "List imports, newest first",
  request: pages,
  responses: { 200: json("A page of imports", ContentImportPage), ...memberProblems("invalid_cursor") },
});

export const getImport = createRoute({
  ...base,
  operationId: "getImport",
  method: "get",
  path: "/content/import/{id}",
  summary: "See how far an import is, and what has come of it",
  request: one,
  responses: { 200: json("The import", ContentImport), ...memberProblems() },
});

export const ListImportEntries = z.strictObject({ outcome: z.enum(OUTCOMES).optional(), limit: Limit, cursor: Cursor });
export const listImportEntries = createRoute({
  ...base,
  operationId: "listImportEntries",
  method: "get",
  path: "/content/import/{id}/entries",
  summary: "Read what became of each entry, and why",
  request: { ...one, query: ListImportEntries },
  responses: { 200: json("A page of entries", ImportedEntryPage), ...memberProblems("invalid_cursor") },
});

export const cancelImport = createRoute({
  ...base,
  operationId: "cancelImport",
  method: "post",
  path: "/content/import/{id}/cancel",
  summary: "Stop an import; what has come in stays",
  request: one,
  responses: { 200: json("The import", ContentImport), ...memberProblems("import_over") },
});

export const startExport = createRoute({
  ...base,
  operationId: "startExport",
  method: "post",
  path: "/content/export",
  summary: "Export the workspace's content as an archive that another deployment imports without loss",
  request: { headers: creates, body: body(StartExport) },
  responses: {
    202: json("The export, which a job carries out", ContentExport),
    ...memberProblems("export_running", "idempotency_key_reused"),
  },
});

export const listExports = createRoute({
  ...base,
  operationId: "listExports",
  method: "get",
  path: "/content/export",
  summary: "List exports, newest first",
  request: pages,
  responses: { 200: json("A page of exports", ContentExportPage), ...memberProblems("invalid_cursor") },
});

export const getExport = createRoute({
  ...base,
  operationId: "getExport",
  method: "get",
  path: "/content/export/{id}",
  summary: "See how far an export is",
  request: one,
  responses: { 200: json("The export", ContentExport), ...memberProblems() },
});

const binary = (type: string, description: string) => ({
  description,
  content: { [type]: { schema: z.string().openapi({ format: "binary", example: "…" }) } },
});

export const downloadExport = createRoute({
  ...base,
  operationId: "downloadExport",
  method: "get",
  path: "/content/export/{id}/download",
  summary: "Download the archive, within seven days",
  request: one,
  responses: { 200: binary("application/zip", "The archive"), ...memberProblems("export_not_ready") },
});

export const exportItem = createRoute({
  ...base,
  operationId: "exportItem",
  method: "get",
  path: "/content/{id}/export",
  summary: "Export one item as Markdown with front matter",
  request: one,
  responses: { 200: binary("text/markdown", "The file"), ...memberProblems() },
});
