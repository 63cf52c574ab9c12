"use client";

import { getAsset } from "@contentos/sdk";
import { Button, FileButton, Group, Input, Progress, Stack, Text } from "@mantine/core";
import { IconPhoto, IconUpload, IconX } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslations } from "use-intl";
import { client } from "@/ui/api";
import { ProblemAlert } from "@/ui/problem-alert";
import { useRead } from "@/ui/query";
import { useWorkspaceId } from "@/ui/workspace-scope";
import { AssetImage } from "./asset-image";
import classes from "./image-field.module.css";
import { ImagePicker } from "./image-picker";
import { uploadFile } from "./upload";

type Props = {
  label: string;
  description: string;
  value: string | undefined;
  onChange: (assetId: string | undefined) => void;
  error?: string | undefined;
};

export const IMAGE_TYPES = "image/png,image/jpeg,image/gif,image/webp,image/avif";

/** One image of the library: chosen there, or uploaded to it. */
export function ImageField({ label, description, value, onChange, error }: Props) {
  const t = useTranslations("assets.field");
  const workspaceId = useWorkspaceId();
  const [share, setShare] = useState(0);
  const [picking, setPicking] = useState(false);
  const chosen = useRead(getAsset, { id: value ?? "" }, { enabled: value !== undefined });
  const upload = useMutation({
    mutationFn: (file: File) =>
      uploadFile(client.in(workspaceId ?? undefined), file, { altText: label, onProgress: setShare }),
    onSuccess: ({ id }) => onChange(id),
  });
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Group gap="md" mt={6} align="center" role="group" aria-label={label}>
        <div className={classes.frame}>
          {value && chosen.data ? (
            <AssetImage asset={chosen.data} width={320} alt={chosen.data.altText || label} className={classes.image} />
          ) : (
            <IconPhoto size={24} stroke={1.4} aria-hidden />
          )}
        </div>
        <Stack gap={6}>
          <Group gap="xs">
            <FileButton accept={IMAGE_TYPES} onChange={(file) => file && upload.mutate(file)}>
              {(props) => (
                <Button
                  {...props}
                  size="xs"
                  variant="default"
                  leftSection={<IconUpload size={14} />}
                  loading={upload.isPending}
                >
                  {t("upload")}
                </Button>
              )}
            </FileButton>
            <Button size="xs" variant="default" leftSection={<IconPhoto size={14} />} onClick={() => setPicking(true)}>
              {t("choose")}
            </Button>
            {value && (
              <Button
                size="xs"
                variant="subtle"
                color="gray"
                leftSection={<IconX size={14} />}
                onClick={() => onChange(undefined)}
              >
                {t("none")}
              </Button>
            )}
          </Group>
          {upload.isPending && <Progress value={share * 100} aria-label={t("uploading")} />}
          {chosen.data && value && (
            <Text size="xs" c="dimmed" truncate maw={260}>
              {chosen.data.fileName}
            </Text>
          )}
        </Stack>
      </Group>
      <ProblemAlert error={upload.error} />
      {picking && (
        <ImagePicker
          onPick={(asset) => {
            onChange(asset.id);
            setPicking(false);
          }}
          onClose={() => setPicking(false)}
        />
      )}
    </Input.Wrapper>
  );
}
