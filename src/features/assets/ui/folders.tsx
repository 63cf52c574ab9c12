"use client";

import { createFolder, type Folder, listFolders, removeFolder, updateFolder } from "@contentos/sdk";
import { Anchor, Breadcrumbs, Group, Menu, Select, SimpleGrid, Text, TextInput, UnstyledButton } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconFolder, IconFolderSymlink, IconPencil, IconTrash } from "@tabler/icons-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { FormModal } from "@/ui/form-modal";
import { issuesOf } from "@/ui/issues";
import { usePages, useWrite } from "@/ui/query";
import { RemoveModal } from "@/ui/remove-modal";
import { RowMenu } from "@/ui/row-menu";
import { useTold } from "@/ui/told";
import classes from "./library.module.css";

/** All folders of the library, and how they stand within one another. */
export function useFolders() {
  const pages = usePages(listFolders, { limit: 100 });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const { data } = pages;
  return useMemo(() => {
    const all = data?.pages.flatMap(({ items }) => items) ?? [];
    const byId = new Map(all.map((folder) => [folder.id, folder]));
    /** From the outermost to the folder itself. */
    const pathOf = (id: string | null): Folder[] => {
      const folder = id ? byId.get(id) : undefined;
      return folder ? [...pathOf(folder.parentId), folder] : [];
    };
    const nameOf = (id: string) =>
      pathOf(id)
        .map(({ name }) => name)
        .join(" / ");
    return { all, byId, pathOf, nameOf, known: data !== undefined };
  }, [data]);
}
export type Folders = ReturnType<typeof useFolders>;

type PathProps = { folders: Folders; folderId: string | null; onGo: (id: string | null) => void };

export function FolderPath({ folders, folderId, onGo }: PathProps) {
  const t = useTranslations("assets");
  if (!folderId) return null;
  const path = folders.pathOf(folderId);
  return (
    <nav aria-label={t("folders.path")}>
      <Breadcrumbs>
        <Anchor component="button" size="sm" onClick={() => onGo(null)}>
          {t("folders.root")}
        </Anchor>
        {path.map(({ id, name }, at) =>
          at === path.length - 1 ? (
            <Text key={id} size="sm" fw={600} aria-current="page">
              {name}
            </Text>
          ) : (
            <Anchor key={id} component="button" size="sm" onClick={() => onGo(id)}>
              {name}
            </Anchor>
          ),
        )}
      </Breadcrumbs>
    </nav>
  );
}

type ListProps = PathProps & { mayChange: (thing: { createdBy: string }) => boolean };
type Asked = { what: "rename" | "move" | "remove"; folder: Folder };

/** The folders that stand in this one. */
export function FolderList({ folders, folderId, onGo, mayChange }: ListProps) {
  const t = useTranslations("assets.folders");
  const common = useTranslations("common");
  const [asked, setAsked] = useState<Asked>();
  const inside = folders.all.filter(({ parentId }) => parentId === folderId);
  const close = () => setAsked(undefined);
  if (inside.length === 0) return null;
  return (
    <>
      <SimpleGrid
        component="ul"
        cols={{ base: 1, xs: 2, md: 3, lg: 4 }}
        spacing="sm"
        className={classes.bare}
        aria-label={t("title")}
      >
        {inside.map((folder) => (
          <Group key={folder.id} component="li" className={classes.folder} gap={0} wrap="nowrap">
            <UnstyledButton className={classes.folderName} onClick={() => onGo(folder.id)}>
              <IconFolder size={20} stroke={1.5} aria-hidden />
              <Text size="sm" fw={500} truncate>
                {folder.name}
              </Text>
            </UnstyledButton>
            {mayChange(folder) && (
              <RowMenu label={t("moreFor", { name: folder.name })}>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setAsked({ what: "rename", folder })}>
                  {t("rename")}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconFolderSymlink size={16} />}
                  onClick={() => setAsked({ what: "move", folder })}
                >
                  {t("move")}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconTrash size={16} />}
                  color="red"
                  onClick={() => setAsked({ what: "remove", folder })}
                >
                  {common("remove")}
                </Menu.Item>
              </RowMenu>
            )}
          </Group>
        ))}
      </SimpleGrid>
      {asked?.what === "rename" && <FolderForm folder={asked.folder} onClose={close} />}
      {asked?.what === "move" && <MoveFolder folder={asked.folder} folders={folders} onClose={close} />}
      {asked?.what === "remove" && <RemoveFolder folder={asked.folder} onClose={close} />}
    </>
  );
}

/** Names a folder: the given one anew, or a new one in `parentId`. */
export function FolderForm(props: { folder?: Folder; parentId?: string | null; onClose: () => void }) {
  const { folder, parentId = null, onClose } = props;
  const t = useTranslations("assets.folders");
  const common = useTranslations("common");
  const told = useTold();
  const form = useForm({ initialValues: { name: folder?.name ?? "" } });
  const done = {
    onSuccess: () => {
      onClose();
      told();
    },
    onError: (error: Error) => form.setErrors(issuesOf(error)),
  };
  const create = useWrite(createFolder, done);
  const update = useWrite(updateFolder, done);
  const { isPending, error } = folder ? update : create;
  return (
    <FormModal
      title={t(folder ? "rename" : "new")}
      action={folder ? common("save") : t("create")}
      busy={isPending}
      error={error}
      dirty={form.isDirty()}
      onClose={onClose}
      onSubmit={form.onSubmit(({ name }) =>
        folder ? update.mutate({ id: folder.id, body: { name } }) : create.mutate({ body: { name, parentId } }),
      )}
    >
      <TextInput label={t("name")} required maxLength={120} data-autofocus {...form.getInputProps("name")} />
    </FormModal>
  );
}

const ROOT = "root";

/** Where a thing may stand: in no folder, or in one of all. */
export function FolderSelect(props: {
  folders: Folders;
  value: string | null;
  onChange: (id: string | null) => void;
  /** Neither it nor what is in it. */
  without?: string;
  error?: string | undefined;
}) {
  const { folders, value, onChange, without, error } = props;
  const t = useTranslations("assets.folders");
  const offered = folders.all.filter(({ id }) => !folders.pathOf(id).some((folder) => folder.id === without));
  return (
    <Select
      label={t("folder")}
      searchable
      allowDeselect={false}
      data={[
        { value: ROOT, label: t("root") },
        ...offered
          .map(({ id }) => ({ value: id, label: folders.nameOf(id) }))
          .sort((one, other) => one.label.localeCompare(other.label)),
      ]}
      value={value ?? ROOT}
      onChange={(chosen) => onChange(chosen === ROOT ? null : chosen)}
      error={error}
    />
  );
}

function MoveFolder({ folder, folders, onClose }: { folder: Folder; folders: Folders; onClose: () => void }) {
  const t = useTranslations("assets.folders");
  const told = useTold();
  const [parentId, setParentId] = useState(folder.parentId);
  const move = useWrite(updateFolder, {
    onSuccess: () => {
      onClose();
      told();
    },
  });
  return (
    <FormModal
      title={t("moveTitle", { name: folder.name })}
      action={t("move")}
      busy={move.isPending}
      error={move.error}
      dirty={false}
      onClose={onClose}
      onSubmit={(event) => {
        event.preventDefault();
        move.mutate({ id: folder.id, body: { parentId } });
      }}
    >
      <FolderSelect
        folders={folders}
        value={parentId}
        onChange={setParentId}
        without={folder.id}
        error={issuesOf(move.error).parentId}
      />
    </FormModal>
  );
}

function RemoveFolder({ folder, onClose }: { folder: Folder; onClose: () => void }) {
  const t = useTranslations("assets.folders");
  return (
    <RemoveModal
      operation={removeFolder}
      input={{ id: folder.id }}
      title={t("removeTitle", { name: folder.name })}
      text={t("removeText")}
      onClose={onClose}
    />
  );
}
