type Environment = Partial<
  Record<"NODE_ENV" | "PUBLIC_URL" | "S3_ENDPOINT" | "S3_PUBLIC_ENDPOINT" | "S3_BUCKET", string>
>;

/**
 * What a browser may do on a page of the application: run the scripts that carry this answer's nonce and what they load,
 * and nothing that somebody wrote into a text. Styles may stand in attributes, as the components set sizes there. Images
 * come from anywhere, since articles show them. Files go straight to the bucket, where there is one.
 */
export function pageHeaders(nonce: string, env: Environment): Record<string, string> {
  const isDev = env.NODE_ENV === "development";
  const files = originsOf(env).join(" ");
  const policy: Record<string, string> = {
    "default-src": "'self'",
    "script-src": `'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    "style-src": "'self' 'unsafe-inline'",
    "img-src": `'self' data: blob: https: ${files}`.trim(),
    "media-src": `'self' blob: https: ${files}`.trim(),
    "font-src": "'self' data:",
    "connect-src": `'self' ${files}${isDev ? " ws:" : ""}`.trim(),
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
  };
  return {
    "Content-Security-Policy": Object.entries(policy)
      .map(([name, value]) => `${name} ${value}`)
      .join("; "),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Links to reset and to be invited that were mailed before carry a token in their query.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    // Not of the hosts below: on a client's own domain those are not ours to speak for.
    ...(env.PUBLIC_URL?.startsWith("https:") && {
      "Strict-Transport-Security": "max-age=31536000",
    }),
  };
}

/** By which a browser reaches the bucket: with its name in the path, or before the host. */
function originsOf({ S3_PUBLIC_ENDPOINT, S3_ENDPOINT, S3_BUCKET }: Environment): string[] {
  const given = S3_PUBLIC_ENDPOINT ?? S3_ENDPOINT;
  if (!given || !S3_BUCKET || !URL.canParse(given)) return [];
  const { origin, protocol, host } = new URL(given);
  return [origin, `${protocol}//${S3_BUCKET}.${host}`];
}
