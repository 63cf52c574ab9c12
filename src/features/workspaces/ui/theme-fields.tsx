"use client";

import { Button, ColorInput, Fieldset, NumberInput, Select, SimpleGrid } from "@mantine/core";
import { useTranslations } from "use-intl";
import {
  SCHEMES,
  type Scheme,
  SITE_BOUNDS,
  SITE_COLORS,
  SITE_FONTS,
  SITE_HEADERS,
  type SiteLook,
  unreadable,
} from "@/platform/site-look";

const COLOR = /^#[0-9a-f]{6}$/i;
const FONTS = Object.keys(SITE_FONTS) as (keyof typeof SITE_FONTS)[];
const NUMBERS = ["textWidth", "textSize", "radius"] as const;
/** What stands where nothing is chosen. */
const USUAL = { textWidth: 46, textSize: 18, radius: 9 };

/** Without what is empty; nothing at all is no theme. */
export function themeOf(chosen: SiteLook): SiteLook | undefined {
  const { light, dark, ...rest } = chosen;
  const palettes = Object.entries({ light, dark }).flatMap(([scheme, palette]) => {
    const given = Object.entries(palette ?? {}).filter(([, value]) => value);
    return given.length > 0 ? [[scheme, Object.fromEntries(given)] as const] : [];
  });
  const kept = [...Object.entries(rest).filter(([, value]) => value !== undefined), ...palettes];
  return kept.length > 0 ? (Object.fromEntries(kept) as SiteLook) : undefined;
}

/** Only what is a colour by now: somebody is typing. */
export function shownTheme(chosen: SiteLook): SiteLook {
  const { light, dark, ...rest } = chosen;
  const whole = (palette: SiteLook["light"] = {}) =>
    Object.fromEntries(Object.entries(palette).filter(([, value]) => COLOR.test(value ?? "")));
  return { ...rest, light: whole(light), dark: whole(dark) };
}

/** Whether all of it can be saved, and read. */
export const isSound = (chosen: SiteLook) =>
  (["light", "dark"] as const).every((scheme) => {
    const given = Object.values(chosen[scheme] ?? {}).filter(Boolean);
    return (
      given.every((value) => COLOR.test(value ?? "")) && unreadable(scheme, shownTheme(chosen)[scheme]).length === 0
    );
  });

type Props = { value: SiteLook; onChange: (theme: SiteLook) => void; disabled: boolean };

export function ThemeFields({ value, onChange, disabled }: Props) {
  const t = useTranslations("site.theme");
  const change = (part: { [Name in keyof SiteLook]?: SiteLook[Name] | undefined }) =>
    onChange({ ...value, ...part } as SiteLook);
  const fonts = FONTS.map((font) => ({ value: font, label: t(`fonts.${font}`) }));
  const picks = { clearable: true, placeholder: t("byItself"), disabled, allowDeselect: false };
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        <Select
          {...picks}
          label={t("font")}
          data={fonts}
          value={value.font ?? null}
          onChange={(font) => change({ font: (font as SiteLook["font"]) ?? undefined })}
        />
        <Select
          {...picks}
          label={t("headingFont")}
          data={fonts}
          value={value.headingFont ?? null}
          onChange={(font) => change({ headingFont: (font as SiteLook["font"]) ?? undefined })}
        />
        <Select
          {...picks}
          label={t("header")}
          data={SITE_HEADERS.map((header) => ({ value: header, label: t(`headers.${header}`) }))}
          value={value.header ?? null}
          onChange={(header) => change({ header: (header as SiteLook["header"]) ?? undefined })}
        />
        {NUMBERS.map((name) => (
          <NumberInput
            key={name}
            label={t(name)}
            placeholder={String(USUAL[name])}
            min={SITE_BOUNDS[name][0]}
            max={SITE_BOUNDS[name][1]}
            allowDecimal={false}
            clampBehavior="strict"
            disabled={disabled}
            value={value[name] ?? ""}
            onChange={(given) => change({ [name]: given === "" ? undefined : Number(given) })}
          />
        ))}
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {(["light", "dark"] as const).map((scheme) => (
          <Palette key={scheme} scheme={scheme} value={value} onChange={onChange} disabled={disabled} />
        ))}
      </SimpleGrid>
      <div>
        <Button variant="default" disabled={disabled || themeOf(value) === undefined} onClick={() => onChange({})}>
          {t("reset")}
        </Button>
      </div>
    </>
  );
}

function Palette({ scheme, value, onChange, disabled }: Props & { scheme: Scheme }) {
  const t = useTranslations("site.theme");
  const palette = value[scheme] ?? {};
  const pale = unreadable(scheme, shownTheme(value)[scheme]);
  const wrong = (name: string) => {
    const given = palette[name as keyof typeof palette];
    if (given && !COLOR.test(given)) return t("noColor");
    const found = pale.find(({ color }) => color === name);
    return found && t("unreadable", { ratio: found.ratio });
  };
  return (
    <Fieldset legend={t(scheme)} radius="md" variant="default">
      {SITE_COLORS.map((name) => (
        <ColorInput
          key={name}
          mb="xs"
          label={t("colorOf", { color: t(`colors.${name}`), scheme: t(scheme) })}
          placeholder={name === "background" || name === "text" ? SCHEMES[scheme][name] : t("byItself")}
          withEyeDropper={false}
          fixOnBlur={false}
          disabled={disabled}
          value={palette[name] ?? ""}
          error={wrong(name)}
          onChange={(color) => onChange({ ...value, [scheme]: { ...palette, [name]: color } })}
        />
      ))}
    </Fieldset>
  );
}
