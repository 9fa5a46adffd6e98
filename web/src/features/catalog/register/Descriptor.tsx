import { stringify } from "yaml";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";

/** A descriptor as its author would write it. */
export function Descriptor({ label, descriptor }: { label: string; descriptor: unknown }) {
  return <HighlightedCode text={stringify(descriptor, { lineWidth: 0 })} language="yaml" label={label} />;
}
