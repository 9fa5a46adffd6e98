import { useQuery } from "@tanstack/react-query";
import type { ComponentProps, ReactNode } from "react";
import { EntityChip, ReferenceChip } from "#kit/entity/EntityChip.tsx";
import { FailureNotice, PartialNotice, StaleNotice } from "#kit/FailureNotice.tsx";
import { Link as PortalLink } from "#kit/Link.tsx";
import { type IconName, iconNamed } from "#kit/modules/icons.ts";
import { PageHead as PortalPageHead } from "#kit/PageHead.tsx";
import { targetOf } from "#kit/paths.ts";
import { parseEntityRef, shortName } from "#lib/entityRef.ts";
import { type ButtonLook, buttonClass } from "#ui/Button.tsx";
import { Notice } from "#ui/Notice.tsx";
import { Waiting } from "#ui/Waiting.tsx";
import type { QueryResult } from "./data.ts";
import { entityName } from "./entityNames.ts";
import { readAddress } from "./places.ts";

/** A link to an address in the portal, or to a page of others, which opens in a tab of its own. */
export function Link({ to, ...rest }: Omit<ComponentProps<"a">, "href"> & { to: string }) {
  const read = readAddress(to);
  if (read === null) return <span>{rest.children}</span>;
  if ("target" in read) return <PortalLink {...rest} target={read.target} />;
  return <a rel="noreferrer" target="_blank" {...rest} href={read.href} />;
}

/** A link that looks like a button. */
export function ButtonLink({
  to,
  look,
  size,
  children,
}: { to: string; children?: ReactNode } & Pick<ButtonLook, "look" | "size">) {
  return (
    <Link to={to} className={buttonClass({ ...(look && { look }), ...(size && { size }) })}>
      {children}
    </Link>
  );
}

/** An entity wherever one is named: its icon and name, a link to it, and more about it for those who linger. */
export function EntityLink({ reference }: { reference: string }) {
  const { data } = useQuery({
    queryKey: ["EntityName", reference],
    queryFn: () => entityName(reference),
    staleTime: 60_000,
  });
  if (data !== undefined) return <ReferenceChip reference={reference} target={data} />;
  // Whether it exists is not known yet, and what it is called is shorter than what is known.
  const kind = parseEntityRef(reference)?.kind ?? "";
  return <EntityChip entity={{ ref: reference, kind, displayName: shortName(reference) }} />;
}

/** One of the portal's icons; silent, as what it stands beside says what it means. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  const Drawn = iconNamed(name);
  return <Drawn size={size} aria-hidden />;
}

/** An icon of one's own, of what the `d` of a path of 24 by 24 says, as it is drawn beside the portal's. */
export function svgIcon(d: string) {
  // biome-ignore lint/correctness/noComponentHookFactories: a module makes its icons once, when it is loaded
  return function SvgIcon({ size = 16 }: { size?: number | string }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={d} />
      </svg>
    );
  };
}

/** The top of a page: what it is, and what can be done. */
export function PageHead({ title, badge, text, above = [], actions }: PageHeadProps) {
  return (
    <PortalPageHead
      title={title}
      badge={badge}
      text={text}
      above={above.map(({ title, to }) => ({ title, target: targetOf(to) }))}
      actions={actions}
    />
  );
}

interface PageHeadProps {
  title: string;
  badge?: ReactNode;
  text?: ReactNode;
  /** The pages above this one. */
  above?: readonly { title: string; to: string }[];
  actions?: ReactNode;
}

interface EmptyStateProps {
  icon?: IconName;
  title: string;
  /** What belongs here, and how it gets here. */
  text: ReactNode;
  actions?: ReactNode;
}

/** In place of content that is not there: why, and the one thing to do. */
export function EmptyState({ icon = "blocks", title, text, actions }: EmptyStateProps) {
  return <Notice icon={iconNamed(icon)} title={title} text={text} actions={actions} />;
}

/** In place of content that failed to load: what happened, and how to try again. */
export function ErrorNotice({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => void }) {
  return <FailureNotice what={what} error={error} onRetry={onRetry} />;
}

interface FetchedProps<Result> {
  query: QueryResult<Result>;
  /** What it is, for a sentence about it. */
  what: string;
  children: (data: Result) => ReactNode;
}

/** What a query gives: its place while it is on its way, why it is not there, or itself, and what is missing from it. */
export function Fetched<Result>({ query: { data, error, failures, refetch }, what, children }: FetchedProps<Result>) {
  const retry = () => void refetch();
  if (data === undefined) return error ? <FailureNotice what={what} error={error} onRetry={retry} /> : <Waiting />;
  return (
    <>
      {error ? (
        <StaleNotice error={error} onRetry={retry} />
      ) : (
        <PartialNotice failures={[...failures]} onRetry={retry} />
      )}
      {children(data)}
    </>
  );
}
