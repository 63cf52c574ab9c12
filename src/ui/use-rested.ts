import { useEffect, useState } from "react";

const LOADED_MS = 1_000;

/** Whether what a page is opened for has likely come. What is seldom shown asks after that, and takes nothing from it. */
export function useRested(): boolean {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), LOADED_MS);
    return () => clearTimeout(timer);
  }, []);
  return rested;
}
