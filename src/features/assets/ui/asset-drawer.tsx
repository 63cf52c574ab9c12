"use client";

import { type Asset, getAsset, getAssetUrl, removeAsset, updateAsset } from "@contentos/sdk";
import {
  Alert,
  Anchor,
  Button,
  Code,
  CopyButton,
  Drawer,
  Group,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconCheck, IconCopy, IconDownload, IconPencil, IconTrash } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useBase } from "@/ui/base";
import { ConfirmModal } from "@/ui/confirm-modal";
import { fileSize } from "@/ui/file-size";
import { issuesOf } from "@/ui/issues";
import { LoadingRows } from "@/ui/loading-rows";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead, useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { useTold } from "@/ui/told";
import { AssetImage } from "./asset-image";
import { KindIcon } from "./asset-list";
import { FolderSelect, type Folders } from "./folders";
import classes from "./library.module.css";

type Props = {
  id: string;
  folders: Folders;
  mayChange: (thing: { createdBy: string }) => boolean;
  nameOf: (userId: string) => string | undefined;
  /** Where it is used. */
  usage: ReactNode;
  /** What helps to describe an image; `onTake` puts words into the field. */
  helpDescribe?: ((helped: { assetId: string; onTake: (altText: string) => void }) => ReactNode) | undefined;
  onClose: () => void;
};

/** An address holds for an hour. */
const HALF_AN_HOUR_MS = 30 * 60_000;

/** All that is known of a file, and what can be done with it. */
export function AssetDrawer({ id, onClose, ...more }: Props) {
  const t = useTranslations("assets");
  const common = useTranslations("common");
  const asset = useRead(getAsset, { id });
  const [dirty, setDirty] = useState(false);
  return (
    <Drawer
      opened
      onClose={onClose}
      // What was written here would be lost.
      closeOnClickOutside={!dirty}
      closeOnEscape={!dirty}
      position="right"
      // After the page, of which it isn't another banner.
      portalProps={{ reuseTargetNode: false }}
      attributes={{ header: { role: "presentation" } }}
      size={480}
      title={asset.data?.fileName ?? t("file")}
      closeButtonProps={{ "aria-label": common("close") }}
      styles={{ title: { overflowWrap: "anywhere", fontWeight: 600 } }}
    >
      <ProblemAlert error={asset.error} onRetry={() => asset.refetch()} />
      {asset.isPending && <LoadingRows rows={5} />}
      {asset.data && <Details key={id} asset={asset.data} onDirty={setDirty} onClose={onClose} {...more} />}
    </Drawer>
  );
}

type DetailsProps = Omit<Props, "id"> & { asset: Asset; onDirty: (dirty: boolean) => void };

function Details({ asset, folders, mayChange, nameOf, usage, helpDescribe, onDirty, onClose }: DetailsProps) {
  const t = useTranslations("assets");
  const [removing, setRemoving] = useState(false);
  const canChange = mayChange(asset);
  const { id, kind, altText, fileName } = asset;
  const address = useRead(getAssetUrl, { id }, { staleTime: HALF_AN_HOUR_MS });
  return (
    <Stack gap="lg">
      <Preview asset={asset} url={address.data?.url} />
      {kind === "Image" && !altText && canChange && (
        <Alert color="orange" variant="light" icon={<IconPencil size={18} aria-hidden />}>
          {t("describe")}
        </Alert>
      )}
      {canChange ? (
        <AssetForm asset={asset} folders={folders} helpDescribe={helpDescribe} onDirty={onDirty} />
      ) : (
        altText && <Text size="sm">{altText}</Text>
      )}
      <Facts asset={asset} by={nameOf(asset.createdBy)} />
      <Markdown text={kind === "Image" ? `![${altText}](asset:${id})` : `[${fileName}](asset:${id})`} />
      {usage}
      <Group justify="space-between">
        {address.data && (
          <Anchor href={address.data.url} target="_blank" size="sm">
            <IconDownload size={16} aria-hidden style={{ verticalAlign: "-3px" }} /> {t("open")}
          </Anchor>
        )}
        {canChange && (
          <Button
            variant="subtle"
            color="red"
            size="xs"
            leftSection={<IconTrash size={16} />}
            onClick={() => setRemoving(true)}
          >
            {t("remove")}
          </Button>
        )}
      </Group>
      {removing && <Remove asset={asset} onClose={() => setRemoving(false)} onRemoved={onClose} />}
    </Stack>
  );
}

function Preview({ asset, url }: { asset: Asset; url: string | undefined }) {
  // A new address would begin it anew.
  const [first, setFirst] = useState(url);
  useEffect(() => setFirst((known) => known ?? url), [url]);
  const { kind, altText, fileName } = asset;
  return (
    <div className={classes.preview}>
      {kind === "Image" && <AssetImage asset={asset} width={960} alt={altText || fileName} className={classes.full} />}
      {kind === "Video" && first && (
        // biome-ignore lint/a11y/useMediaCaption: It is shown as it was uploaded.
        <video src={first} controls className={classes.full} preload="metadata" />
      )}
      {kind === "Audio" && first && (
        // biome-ignore lint/a11y/useMediaCaption: It is played as it was uploaded.
        <audio src={first} controls />
      )}
      {!["Image", "Video", "Audio"].includes(kind) && <KindIcon kind={kind} size={56} />}
    </div>
  );
}

const valuesOf = ({ fileName, altText, folderId }: Asset) => ({ fileName, altText, folderId });

type FormProps = Pick<DetailsProps, "asset" | "folders" | "onDirty"> & {
  helpDescribe: DetailsProps["helpDescribe"] | undefined;
};

function AssetForm({ asset, folders, helpDescribe, onDirty }: FormProps) {
  const t = useTranslations("assets");
  const told = useTold();
  const form = useForm({ initialValues: valuesOf(asset) });
  const { base, rebase, refused } = useBase(asset.revision);
  const save = useWrite(updateAsset, {
    onSuccess: (saved) => {
      rebase(saved.revision);
      form.setInitialValues(valuesOf(saved));
      form.setValues(valuesOf(saved));
      told();
    },
    onError: (error) => {
      refused(error);
      form.setErrors(issuesOf(error));
    },
  });
  const dirty = form.isDirty();
  useEffect(() => {
    onDirty(dirty);
    return () => onDirty(false);
  }, [dirty, onDirty]);
  return (
    <form onSubmit={form.onSubmit((body) => save.mutate({ id: asset.id, body: { ...body, baseRevision: base } }))}>
      <Stack>
        {asset.kind === "Image" && (
          <Textarea
            label={t("altText")}
            description={t("altHint")}
            autosize
            minRows={2}
            maxLength={1_000}
            {...form.getInputProps("altText")}
          />
        )}
        {asset.kind === "Image" &&
          helpDescribe?.({ assetId: asset.id, onTake: (altText) => form.setFieldValue("altText", altText) })}
        <TextInput label={t("name")} required maxLength={200} {...form.getInputProps("fileName")} />
        <FolderSelect
          folders={folders}
          value={form.getValues().folderId}
          onChange={(folderId) => form.setFieldValue("folderId", folderId)}
          error={form.errors.folderId as string | undefined}
        />
        <SaveBar dirty={dirty} saving={save.isPending} error={save.error} onReset={form.reset} />
      </Stack>
    </form>
  );
}

function Facts({ asset, by }: { asset: Asset; by: string | undefined }) {
  const t = useTranslations("assets");
  const format = useFormatter();
  const { kind, contentType, sizeBytes, width, height, createdAt } = asset;
  const at = format.dateTime(new Date(createdAt), "moment");
  const facts = [
    [t("type"), `${t(`kinds.${kind}`)} (${contentType})`],
    [t("size"), fileSize(sizeBytes, format)],
    ...(width && height ? [[t("dimensions"), `${width} × ${height}`]] : []),
    [t("uploaded"), by ? t("uploadedBy", { at, name: by }) : at],
  ];
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Markdown({ text }: { text: string }) {
  const t = useTranslations("assets");
  return (
    <Stack gap={6}>
      <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            variant="default"
            w="fit-content"
            onClick={copy}
            leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          >
            {t(copied ? "copied" : "copyMarkdown")}
          </Button>
        )}
      </CopyButton>
    </Stack>
  );
}

function Remove({ asset, onClose, onRemoved }: { asset: Asset; onClose: () => void; onRemoved: () => void }) {
  const t = useTranslations("assets");
  const common = useTranslations("common");
  const told = useTold();
  const remove = useWrite(removeAsset, {
    onSuccess: () => {
      onRemoved();
      told(t("removed"));
    },
  });
  return (
    <ConfirmModal
      opened
      title={t("removeTitle", { name: asset.fileName })}
      text={t("removeText")}
      action={common("remove")}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: asset.id })}
      onClose={onClose}
    />
  );
}
