"use client";

import { useEffect, useRef, useState } from "react";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;

/** Takes files that are dropped anywhere on the page; answers whether some are held over it. */
export function useFileDrop(enabled: boolean, onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    if (!enabled) return;
    // Each element that is entered and left on the way tells so.
    let depth = 0;
    const listen = (type: "dragenter" | "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) => {
      const listener = (event: DragEvent) => hasFiles(event) && act(event);
      window.addEventListener(type, listener);
      return () => window.removeEventListener(type, listener);
    };
    const count = (by: number) => {
      depth = Math.max(depth + by, 0);
      setOver(depth > 0);
    };
    const ends = [
      listen("dragenter", () => count(1)),
      listen("dragleave", () => count(-1)),
      // Without this the browser would open the file.
      listen("dragover", (event) => event.preventDefault()),
      listen("drop", (event) => {
        event.preventDefault();
        count(-depth);
        latest.current([...(event.dataTransfer?.files ?? [])]);
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [enabled]);
  return over;
}
