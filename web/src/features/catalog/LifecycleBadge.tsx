import { Badge, type Tone } from "#ui/Badge.tsx";

const tones: Record<string, Tone> = { production: "ok", experimental: "info", deprecated: "warning" };

/** How far along something is. */
export function LifecycleBadge({ lifecycle }: { lifecycle: string }) {
  return <Badge tone={tones[lifecycle.toLowerCase()] ?? "neutral"}>{lifecycle}</Badge>;
}
