"use client";

import { Broken } from "@/screens/broken";

export default function GlobalError() {
  return <Broken />;
}
