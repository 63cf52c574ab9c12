/** Colours that are offered for a tag; white and black words aside, any can be typed. */
export const COLORS = ["#0b7a5c", "#1c64d1", "#6741d9", "#c2255c", "#c2410c", "#a16207", "#3f6212", "#868e96"];

/** Things with a name, to choose from. */
export const asChoices = (things: { id: string; name: string }[]) =>
  things.map(({ id, name }) => ({ value: id, label: name }));
