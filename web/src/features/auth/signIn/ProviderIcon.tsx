import {
  Cloud,
  CloudCog,
  Fingerprint,
  GitFork,
  GitMerge,
  Globe,
  Grid2x2,
  KeyRound,
  type LucideIcon,
  ShieldCheck,
  ShieldUser,
} from "lucide-react";

const icons: Record<string, LucideIcon> = {
  github: GitFork,
  gitlab: GitMerge,
  google: Globe,
  microsoft: Grid2x2,
  okta: ShieldUser,
  auth0: ShieldCheck,
  keycloak: KeyRound,
  oauth2Proxy: ShieldUser,
  gcpIap: Cloud,
  awsAlb: CloudCog,
};

/** The sign of a place to sign in; it is named beside it. */
export function ProviderIcon({ icon }: { icon: string }) {
  const Icon = icons[icon] ?? Fingerprint;
  return <Icon size={16} aria-hidden />;
}
