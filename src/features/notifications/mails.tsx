/** @jsxImportSource hono/jsx */

import type { Mail } from "@/platform/mailer";
import type { Keyring } from "@/platform/secrets";
import { BRAND_SHADE, brandShades } from "@/ui/brand-colors";
import { placeOf } from "./kinds";
import type { NotificationRow } from "./queries";
import { unsubscribeToken } from "./unsubscribe-token";
import { type MailLanguage, wordsOf } from "./words";

type Workspace = { id: string; name: string; slug: string; branding: unknown };
type Composing = {
  workspace: Workspace;
  to: string;
  told: NotificationRow[];
  language: MailLanguage;
  deliveryId: string;
  digest: boolean;
  publicUrl: string;
  keyring: Keyring;
  now: Date;
};

const DEFAULT_COLOR = "#0a7d5a";

/** What of a workspace's branding a mail shows. White reads on the colour's shade, whatever the colour is. */
export function brandOf({ slug, branding }: Workspace, publicUrl: string) {
  const { primaryColor, logoAssetId, logoUrl } = (branding ?? {}) as Record<string, unknown>;
  const color =
    typeof primaryColor === "string" && /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.test(primaryColor)
      ? primaryColor
      : DEFAULT_COLOR;
  // Not every mail program shows WebP.
  const own = typeof logoAssetId === "string" ? `${publicUrl}/s/${slug}/assets/${logoAssetId}-1280.jpg` : undefined;
  const given = typeof logoUrl === "string" && logoUrl.startsWith("https://") ? logoUrl : undefined;
  return { color: brandShades(color)[BRAND_SHADE]!, logo: own ?? given };
}

const MOST_IN_SUBJECT = 150;

/** A mail in text and HTML, of one thing or of several. */
export function composeMail({
  workspace,
  to,
  told,
  language,
  deliveryId,
  digest,
  publicUrl,
  keyring,
  now,
}: Composing): Mail {
  const { t, tell } = wordsOf(language);
  const name = workspace.name.replace(/\s+/g, " ").trim();
  const token = unsubscribeToken(keyring, { workspaceId: workspace.id, deliveryId }, now);
  const unsubscribeUrl = `${publicUrl}/api/v1/notifications/unsubscribe?token=${token}`;
  const preferencesUrl = `${publicUrl}/w/${workspace.slug}/settings/account`;
  const entries = told.map((one) => ({ sentence: tell(one), url: `${publicUrl}/w/${workspace.slug}/${placeOf(one)}` }));
  const heading =
    digest || entries.length > 1 ? t("mail.digest", { count: entries.length, name }) : entries[0]!.sentence;
  const subject = heading.length > MOST_IN_SUBJECT ? `${heading.slice(0, MOST_IN_SUBJECT - 1)}…` : heading;
  const text = [
    ...(digest ? [heading] : []),
    ...entries.map(({ sentence, url }) => `${sentence}\n${url}`),
    "-- ",
    `${t("mail.why", { name })}\n${t("mail.preferences")}: ${preferencesUrl}\n${t("mail.unsubscribe")}: ${unsubscribeUrl}`,
  ].join("\n\n");
  const html = (
    <MailPage
      {...{ language, name, heading, digest, entries, unsubscribeUrl, preferencesUrl, t }}
      brand={brandOf(workspace, publicUrl)}
    />
  );
  return {
    to,
    subject: digest ? subject : `${subject} (${name})`,
    text,
    html: `<!doctype html>${html}`,
    messageId: `<${deliveryId}@${new URL(publicUrl).hostname}>`,
    reference: { workspaceId: workspace.id, deliveryId },
    headers: {
      "List-Unsubscribe": `<${unsubscribeUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Auto-Submitted": "auto-generated",
    },
  };
}

type PageProps = {
  language: MailLanguage;
  name: string;
  brand: { color: string; logo: string | undefined };
  heading: string;
  digest: boolean;
  entries: { sentence: string; url: string }[];
  unsubscribeUrl: string;
  preferencesUrl: string;
  t: ReturnType<typeof wordsOf>["t"];
};

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
/** At least 7 to 1 and 4.6 to 1 on white. */
const [INK, DIM, LINE, GROUND] = ["#1f2937", "#6b7280", "#e5e7eb", "#f5f6f7"];

/** Tables and styles in place: mail programs know little more. All that people wrote goes through JSX, which escapes. */
function MailPage({ language, name, brand, heading, digest, entries, unsubscribeUrl, preferencesUrl, t }: PageProps) {
  const button = `display:inline-block;padding:10px 18px;border-radius:6px;background:${brand.color};color:#ffffff;text-decoration:none;font-weight:600;font-size:15px`;
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light" />
        <title>{heading}</title>
      </head>
      <body style={`margin:0;padding:0;background:${GROUND};${FONT};color:${INK}`}>
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" style={`background:${GROUND}`}>
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                style={`max-width:560px;background:#ffffff;border:1px solid ${LINE};border-radius:8px`}
              >
                <tr>
                  <td
                    style={`padding:16px 24px;border-top:4px solid ${brand.color};border-radius:8px 8px 0 0;border-bottom:1px solid ${LINE};font-weight:600;font-size:15px`}
                  >
                    {brand.logo && (
                      <img
                        src={brand.logo}
                        alt=""
                        height="32"
                        style="height:32px;max-width:160px;vertical-align:middle;margin-right:12px"
                      />
                    )}
                    {name}
                  </td>
                </tr>
                {digest && (
                  <tr>
                    <td style="padding:24px 24px 0">
                      <h1 style="margin:0;font-size:19px;line-height:1.35">{heading}</h1>
                    </td>
                  </tr>
                )}
                {entries.map(({ sentence, url }) => (
                  <tr>
                    <td style={digest ? `padding:16px 24px 0;font-size:15px;line-height:1.5` : "padding:24px 24px 0"}>
                      {digest ? (
                        <a href={url} style={`color:${INK};text-decoration:underline`}>
                          {sentence}
                        </a>
                      ) : (
                        <>
                          <h1 style="margin:0 0 20px;font-size:19px;line-height:1.35;overflow-wrap:anywhere">
                            {sentence}
                          </h1>
                          <a href={url} style={button}>
                            {t("look")}
                          </a>
                        </>
                      )}
                    </td>
                  </tr>
                ))}
                <tr>
                  <td style={`padding:28px 24px 20px;font-size:13px;line-height:1.5;color:${DIM}`}>
                    {t("mail.why", { name })}
                    <br />
                    <a href={preferencesUrl} style={`color:${DIM}`}>
                      {t("mail.preferences")}
                    </a>
                    {" · "}
                    <a href={unsubscribeUrl} style={`color:${DIM}`}>
                      {t("mail.unsubscribe")}
                    </a>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
}
