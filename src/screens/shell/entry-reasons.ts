/** What a workspace may ask for before it lets its people in. */
export const ENTRY_REASONS = ["second_factor_required", "sso_required", "reauthentication_required"] as const;
