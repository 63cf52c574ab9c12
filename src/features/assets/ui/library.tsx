"use client";

import { listAssets } from "@contentos/sdk";
import { Button, FileButton, Group, Overlay, SegmentedControl, Select, Stack, Text, TextInput } from "@mantine/core";
import { useDebouncedValue, useLocalStorage } from "@mantine/hooks";
import { IconFolderPlus, IconLayoutGrid, IconList, IconPhoto, IconSearch, IconUpload } from "@tabler/icons-react";
import { keepPreviousData } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { EmptyState } from "@/ui/empty-state";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { usePages } from "@/ui/query";
import { useFileDrop } from "@/ui/use-file-drop";
import { AssetList } from "./asset-list";
import { FolderForm, FolderList, FolderPath, type Folders } from "./folders";
import { ASSET_KINDS, type Kind } from "./kinds";
import { UploadList } from "./upload-list";
import { useUploads } from "./use-uploads";

type Props = {
  folders: Folders;
  folderId: string | null;
  onFolder: (id: string | null) => void;
  onFile: (id: string) => void;
  canUpload: boolean;
  mayChange: (thing: { createdBy: string }) => boolean;
};
type Sort = "-createdAt" | "createdAt" | "fileName" | "-fileName";
const SORTS: Sort[] = ["-createdAt", "createdAt", "fileName", "-fileName"];

/** The files of a workspace, by folder, or by words in all of them. */
export function Library({ folders, folderId, onFolder, onFile, canUpload, mayChange }: Props) {
  const t = useTranslations("assets");
  const uploads = useUploads();
  const [naming, setNaming] = useState(false);
  const [filter, setFilter] = useState<Filter>({ words: "", type: null, sort: "-createdAt" });
  const [look, setLook] = useLocalStorage<"grid" | "list">({ key: "contentos.files.look", defaultValue: "grid" });
  const add = (files: File[]) => uploads.add(files, folderId ?? undefined);
  const dropping = useFileDrop(canUpload, add);
  return (
    <Stack gap="lg">
      <Group justify="space-between" gap="sm">
        <Filters filter={filter} onChange={setFilter} look={look} onLook={setLook} />
        {canUpload && (
          <Group gap="xs">
            <Button variant="default" leftSection={<IconFolderPlus size={16} />} onClick={() => setNaming(true)}>
              {t("folders.new")}
            </Button>
            <UploadButton onFiles={add} label={t("upload")} />
          </Group>
        )}
      </Group>
      <UploadList uploads={uploads} onOpen={onFile} />
      <FolderPath folders={folders} folderId={folderId} onGo={onFolder} />
      {filter.words.trim() === "" && (
        <FolderList folders={folders} folderId={folderId} onGo={onFolder} mayChange={mayChange} />
      )}
      <Found
        folderId={folderId}
        filter={filter}
        look={look}
        onFile={onFile}
        upload={canUpload && <UploadButton onFiles={add} label={t("upload")} />}
      />
      {naming && <FolderForm parentId={folderId} onClose={() => setNaming(false)} />}
      {dropping && (
        <Overlay fixed zIndex={300} center color="var(--mantine-color-body)" backgroundOpacity={0.9}>
          <Stack align="center" gap="xs">
            <IconUpload size={48} stroke={1.3} aria-hidden />
            <Text size="xl" fw={600}>
              {t("dropHere")}
            </Text>
          </Stack>
        </Overlay>
      )}
    </Stack>
  );
}

const UploadButton = ({ onFiles, label }: { onFiles: (files: File[]) => void; label: string }) => (
  <FileButton multiple onChange={onFiles}>
    {(props) => (
      <Button {...props} leftSection={<IconUpload size={16} />}>
        {label}
      </Button>
    )}
  </FileButton>
);

type Filter = { words: string; type: Kind | null; sort: Sort };
type Look = "grid" | "list";
type FiltersProps = { filter: Filter; onChange: (filter: Filter) => void; look: Look; onLook: (look: Look) => void };

function Filters({ filter, onChange, look, onLook }: FiltersProps) {
  const t = useTranslations("assets");
  return (
    <Group gap="xs" flex="1 1 420px">
      <TextInput
        aria-label={t("search")}
        placeholder={t("search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={filter.words}
        onChange={(event) => onChange({ ...filter, words: event.currentTarget.value })}
        flex="1 1 260px"
        maw={320}
      />
      <Select
        aria-label={t("type")}
        placeholder={t("allTypes")}
        clearable
        data={ASSET_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={filter.type}
        onChange={(type) => onChange({ ...filter, type: type as Kind | null })}
        w={140}
      />
      <Select
        aria-label={t("sort")}
        data={SORTS.map((value) => ({ value, label: t(`sorts.${value}`) }))}
        value={filter.sort}
        allowDeselect={false}
        onChange={(sort) => onChange({ ...filter, sort: sort as Sort })}
        w={170}
      />
      <SegmentedControl
        aria-label={t("look")}
        value={look}
        onChange={(value) => onLook(value as Look)}
        data={[
          { value: "grid", label: <IconLayoutGrid size={16} aria-label={t("grid")} style={{ display: "block" }} /> },
          { value: "list", label: <IconList size={16} aria-label={t("list")} style={{ display: "block" }} /> },
        ]}
      />
    </Group>
  );
}

type FoundProps = {
  folderId: string | null;
  filter: Filter;
  look: Look;
  onFile: (id: string) => void;
  upload: ReactNode;
};

function Found({ folderId, filter: { words, type, sort }, look, onFile, upload }: FoundProps) {
  const t = useTranslations("assets");
  const common = useTranslations("common");
  const [q] = useDebouncedValue(words.trim(), 150);
  const pages = usePages(
    listAssets,
    { sort, limit: 50, ...(q ? { q } : { folder: folderId ?? "root" }), ...(type && { type }) },
    { placeholderData: keepPreviousData },
  );
  const assets = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  const filtered = q !== "" || type !== null;
  return (
    <Stack>
      <ProblemAlert error={pages.error} onRetry={() => pages.refetch()} />
      {pages.isPending && <LoadingRows rows={3} height={120} />}
      {pages.data && assets.length === 0 && (
        <EmptyState
          icon={filtered ? IconSearch : IconPhoto}
          title={t(filtered ? "nothingFound" : folderId ? "emptyFolder" : "empty")}
          text={filtered ? t("nothingFoundText") : t("emptyText")}
          action={!filtered && upload}
        />
      )}
      {assets.length > 0 && <AssetList assets={assets} look={look} onOpen={onFile} />}
      {pages.hasNextPage && (
        <Button variant="default" onClick={() => pages.fetchNextPage()} loading={pages.isFetchingNextPage}>
          {common("showMore")}
        </Button>
      )}
    </Stack>
  );
}
