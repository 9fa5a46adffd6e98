/** The version of the SDK that this portal gives to modules: what they import as `@callboard/sdk`. */
export const sdkVersion = "1.0.0";

/** What is wrong with the version that a module was written for; null where it fits. */
export function versionMismatch(wanted: unknown, given: string = sdkVersion): string | null {
  if (typeof wanted !== "string") return 'does not say which version of the SDK it was written for, as in `sdk: "1.0"`';
  const [, major, minor = "0"] = /^(\d+)(?:\.(\d+))?(?:\.\d+)?$/.exec(wanted) ?? [];
  if (major === undefined) return `was written for version \`${wanted}\` of the SDK, which is none: say \`"1.0"\``;
  const [ourMajor, ourMinor] = given.split(".").map(Number);
  if (Number(major) === ourMajor && Number(minor) <= (ourMinor ?? 0)) return null;
  return `was written for version ${wanted} of the SDK, and this portal has ${given}`;
}
