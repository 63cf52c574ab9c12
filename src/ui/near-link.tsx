"use client";

import Link from "next/link";
import { type ComponentProps, useState } from "react";

/** A link whose page is fetched ahead once somebody comes near it, not when it is seen: most are never followed. */
export function NearLink(props: Omit<ComponentProps<typeof Link>, "prefetch">) {
  const [near, setNear] = useState(false);
  const come = () => setNear(true);
  return <Link {...props} prefetch={near ? null : false} onPointerEnter={come} onFocus={come} />;
}
