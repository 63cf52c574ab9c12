"use client";

import { type Branding, getAsset, updateWorkspace } from "@contentos/sdk";
import { Alert, Anchor, ColorInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconCheck, IconContrast, IconExternalLink } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslations } from "use-intl";
import { AssetImage } from "@/features/assets/ui/asset-image";
import { ImageField } from "@/features/assets/ui/image-field";
import { BrandPreview, SitePreview } from "@/features/workspaces/ui/brand-preview";
import { isSound, shownTheme, ThemeFields, themeOf } from "@/features/workspaces/ui/theme-fields";
import { ThemePreview } from "@/features/workspaces/ui/theme-preview";
import type { SiteLook } from "@/platform/site-look";
import { BRAND_SHADE, brandShades, contrast } from "@/ui/brand-colors";
import { issuesOf } from "@/ui/issues";
import { Page } from "@/ui/page";
import { useRead, useWrite } from "@/ui/query";
import { SaveBar } from "@/ui/save-bar";
import { Section } from "@/ui/section";
import { useTold } from "@/ui/told";
import { useMay, useWorkspace } from "../workspace-context";
import { RoleNote } from "./role-note";

type Values = {
  primaryColor: string;
  tagline: string;
  footer: string;
  logoAssetId: string;
  faviconAssetId: string;
  theme: SiteLook;
};

const valuesOf = (branding: Branding): Values => ({
  primaryColor: branding.primaryColor ?? "",
  tagline: branding.tagline ?? "",
  footer: branding.footer ?? "",
  logoAssetId: branding.logoAssetId ?? "",
  faviconAssetId: branding.faviconAssetId ?? "",
  theme: branding.theme ?? {},
});
/** What is empty is left out; what this page doesn't show stays as it is. */
const brandingOf = (before: Branding, values: Values): Branding =>
  Object.fromEntries(
    Object.entries({ ...before, ...values, theme: themeOf(values.theme) }).filter(([, value]) => value),
  );

const HEX = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i;
const SWATCHES = ["#0b7a5c", "#1c64d1", "#6741d9", "#c2255c", "#c2410c", "#a16207", "#3f6212", "#334155"];
/** WCAG 2.2, success criterion 1.4.3. */
const READABLE = 4.5;

function useBrandingForm(branding: Branding) {
  const t = useTranslations("settings.branding");
  return useForm({
    initialValues: valuesOf(branding),
    validate: {
      primaryColor: (value) => (value === "" || HEX.test(value) ? null : t("noColor")),
      // Said at each colour.
      theme: (value) => (isSound(value) ? null : true),
    },
  });
}
type Form = ReturnType<typeof useBrandingForm>;

export function BrandingSettings() {
  const t = useTranslations("settings.branding");
  const workspace = useWorkspace();
  const canWrite = useMay()("Admin");
  const told = useTold();
  const form = useBrandingForm(workspace.branding);
  const save = useWrite(updateWorkspace, {
    onSuccess: ({ branding }) => {
      form.setInitialValues(valuesOf(branding));
      form.setValues(valuesOf(branding));
      told();
    },
    onError: (error) =>
      form.setErrors(
        Object.fromEntries(
          Object.entries(issuesOf(error)).map(([path, said]) => [path.replace("branding.", ""), said]),
        ),
      ),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: What others saved is shown, unless somebody writes here.
  useEffect(() => {
    if (!form.isDirty()) form.initialize(valuesOf(workspace.branding));
  }, [workspace.updatedAt]);
  const values = form.getValues();
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      actions={
        <Anchor href={`/s/${workspace.slug}`} target="_blank" size="sm">
          {t("openSite")} <IconExternalLink size={14} aria-hidden style={{ verticalAlign: "-2px" }} />
        </Anchor>
      }
    >
      <RoleNote least="Admin" />
      <form
        onSubmit={form.onSubmit((sent) =>
          save.mutate({ id: workspace.id, body: { branding: brandingOf(workspace.branding, sent) } }),
        )}
      >
        <fieldset disabled={!canWrite} style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
          <Stack gap="lg">
            <ColorSection form={form} />
            <SiteSection form={form} name={workspace.name} values={values} />
            <ThemeSection form={form} name={workspace.name} disabled={!canWrite} />
            {canWrite && (
              <SaveBar dirty={form.isDirty()} saving={save.isPending} error={save.error} onReset={form.reset} />
            )}
          </Stack>
        </fieldset>
      </form>
    </Page>
  );
}

function ColorSection({ form }: { form: Form }) {
  const t = useTranslations("settings.branding");
  const { primaryColor } = form.getValues();
  const color = HEX.test(primaryColor) ? primaryColor : undefined;
  return (
    <Section title={t("colorTitle")} lead={t("colorLead")}>
      <ColorInput
        label={t("color")}
        placeholder="#0a7d5a"
        swatches={SWATCHES}
        withEyeDropper={false}
        fixOnBlur={false}
        maw={280}
        {...form.getInputProps("primaryColor")}
      />
      {color && <Readable color={color} />}
      {color && <BrandPreview color={color} />}
    </Section>
  );
}

/** Whether white words can be read on it, and what is done where not. */
function Readable({ color }: { color: string }) {
  const t = useTranslations("settings.branding");
  const ratio = Math.round(contrast(color, "#ffffff") * 10) / 10;
  const shade = brandShades(color)[BRAND_SHADE]!;
  const reads = ratio >= READABLE;
  return (
    <Alert
      color={reads ? "teal" : "orange"}
      variant="light"
      role="status"
      icon={reads ? <IconCheck size={18} aria-hidden /> : <IconContrast size={18} aria-hidden />}
    >
      {t(reads ? "readable" : "pale", { ratio, shade })}
    </Alert>
  );
}

function ThemeSection({ form, name, disabled }: { form: Form; name: string; disabled: boolean }) {
  const t = useTranslations("site.theme");
  const { theme, primaryColor } = form.getValues();
  return (
    <Section title={t("title")} lead={t("lead")}>
      <ThemeFields value={theme} onChange={(chosen) => form.setFieldValue("theme", chosen)} disabled={disabled} />
      <ThemePreview name={name} color={HEX.test(primaryColor) ? primaryColor : undefined} theme={shownTheme(theme)} />
    </Section>
  );
}

function SiteSection({ form, name, values }: { form: Form; name: string; values: Values }) {
  const t = useTranslations("settings.branding");
  const { logoAssetId, primaryColor } = values;
  const logo = useRead(getAsset, { id: logoAssetId }, { enabled: logoAssetId !== "" });
  return (
    <Section title={t("siteTitle")} lead={t("siteLead")}>
      <ImageField
        label={t("logo")}
        description={t("logoHint")}
        value={values.logoAssetId || undefined}
        onChange={(id = "") => form.setFieldValue("logoAssetId", id)}
        error={form.errors.logoAssetId as string | undefined}
      />
      <ImageField
        label={t("favicon")}
        description={t("faviconHint")}
        value={values.faviconAssetId || undefined}
        onChange={(id = "") => form.setFieldValue("faviconAssetId", id)}
        error={form.errors.faviconAssetId as string | undefined}
      />
      <TextInput label={t("tagline")} maxLength={200} {...form.getInputProps("tagline")} />
      <Textarea
        label={t("footer")}
        description={t("footerHint")}
        maxLength={500}
        autosize
        minRows={2}
        {...form.getInputProps("footer")}
      />
      <div>
        <Text size="sm" fw={500} mb={6}>
          {t("previewSite")}
        </Text>
        <SitePreview
          color={HEX.test(primaryColor) ? primaryColor : undefined}
          name={name}
          tagline={values.tagline}
          footer={values.footer}
          logo={
            logo.data && logoAssetId ? (
              <AssetImage
                asset={logo.data}
                width={320}
                alt=""
                style={{ height: 32, maxWidth: 140, objectFit: "contain" }}
              />
            ) : undefined
          }
        />
      </div>
    </Section>
  );
}
