import { MultiSelect, type MultiSelectProps } from "@mantine/core";

type Props = Omit<MultiSelectProps, "placeholder" | "searchable" | "hidePickedOptions"> & {
  /** What holds where nothing is chosen. */
  all: string;
};

/** Some of many, where none chosen means all. */
export function SubsetSelect({ all, value, ...props }: Props) {
  const placeholder = value === undefined || value.length === 0 ? { placeholder: all } : {};
  return <MultiSelect searchable hidePickedOptions limit={60} value={value ?? []} {...placeholder} {...props} />;
}
