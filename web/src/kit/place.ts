import { useLocation } from "@tanstack/react-router";

/** The place in the portal that is open, as an address brings one back to it. */
export function useCurrentPlace(): string {
  return useLocation({ select: ({ href }) => href });
}
