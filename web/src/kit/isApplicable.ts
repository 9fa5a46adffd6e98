interface Conditional<Facts> {
  id: string;
  appliesTo?: (facts: Facts) => boolean;
}

const told = new Set<string>();

/** Whether a part that a plugin adds is for this one; where the plugin cannot say, it is not, and the page goes on. */
export function isApplicable<Facts>({ id, appliesTo }: Conditional<Facts>, facts: Facts): boolean {
  try {
    return appliesTo?.(facts) ?? true;
  } catch (error) {
    // Asked at every drawing, told once.
    if (!told.has(id)) reportError(error);
    told.add(id);
    return false;
  }
}
