import type { useFormatter } from "use-intl";

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;

/** Such as `4.8 MB`, in the reader's language; thousands, as file managers count. */
export function fileSize(bytes: number, format: ReturnType<typeof useFormatter>): string {
  const step = bytes < 1_000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  const value = bytes / 1_000 ** step;
  const maximumFractionDigits = value < 10 && step > 0 ? 1 : 0;
  return format.number(value, {
    style: "unit",
    unit: UNITS[step]!,
    unitDisplay: step === 0 ? "long" : "short",
    maximumFractionDigits,
  });
}
