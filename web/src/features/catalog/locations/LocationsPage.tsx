import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { FilterX, FolderGit2, Plus } from "lucide-react";
import { Fetched } from "#kit/Fetched.tsx";
import { Forbidden } from "#kit/Forbidden.tsx";
import { Link } from "#kit/Link.tsx";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { TypedFilter } from "#kit/TypedFilter.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { buttonClass } from "#ui/Button.tsx";
import { Field, Select } from "#ui/Field.tsx";
import { Notice } from "#ui/Notice.tsx";
import { IngestionTabs } from "../IngestionTabs.tsx";
import styles from "../ingestion.module.css";
import { ListPages } from "../ListPages.tsx";
import { lookAgain } from "../ReadingState.tsx";
import { useMayRegister } from "../register/mayRegister.ts";
import type { LocationsQuery } from "./Locations.generated.ts";
import { LocationTable } from "./LocationTable.tsx";
import { changed, isNarrowed, type LocationSearch, origins, readLocationSearch } from "./locationSearch.ts";
import { t } from "./messages.ts";
import { locationList } from "./queries.ts";

/** What the catalog is read from, narrowed and paged by the address. */
export function LocationsPage() {
  const search = readLocationSearch(useSearch({ strict: false }));
  const mayRegister = useMayRegister();
  const query = useQuery({
    ...locationList(search),
    placeholderData: keepPreviousData,
    select: (answer) => rootField(answer, "locations"),
    refetchInterval: ({ state }) => lookAgain(state.data?.data.locations?.nodes.map(({ state }) => state) ?? []),
  });
  return (
    <>
      <IngestionTabs />
      <PageHead title={t("title")} text={t("text")} actions={mayRegister && <RegisterLink />} />
      <Fetched query={query} what={t("what")}>
        {(locations) =>
          locations === null ? (
            <Forbidden permission="catalog.location.read" />
          ) : (
            <>
              <Filters search={search} />
              {search.provider !== undefined && <OfProvider search={search} provider={search.provider} />}
              <Page locations={locations} search={search} isStale={query.isPlaceholderData} />
            </>
          )
        }
      </Fetched>
    </>
  );
}

function RegisterLink() {
  return (
    <Link className={buttonClass({ look: "primary" })} target={paths.registerLocation()}>
      <Plus size={14} aria-hidden />
      {t("register")}
    </Link>
  );
}

function Filters({ search }: { search: LocationSearch }) {
  const navigate = useNavigate();
  // The history keeps where one stopped typing, not every pause on the way there.
  const change = (next: Parameters<typeof changed>[1], isRefining = false) =>
    void navigate({ ...paths.locations(changed(search, next)), replace: isRefining, resetScroll: false });
  return (
    <search className={styles.filters} aria-label={t("filters")}>
      <TypedFilter
        label={t("target")}
        placeholder={t("targetPlaceholder")}
        value={search.text}
        onChange={(text) => change({ text }, search.text !== undefined && text !== undefined)}
      />
      <Field label={t("origin")}>
        {(control) => (
          <Select
            {...control}
            value={search.origin ?? ""}
            onChange={({ target: { value } }) => change({ origin: origins.find((one) => one === value) })}
          >
            <option value="">{t("any")}</option>
            {origins.map((origin) => (
              <option key={origin} value={origin}>
                {t(origin)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t("state")}>
        {(control) => (
          <Select
            {...control}
            value={String(search.failed ?? "")}
            onChange={({ target: { value } }) => change({ failed: value === "" ? undefined : value === "true" })}
          >
            <option value="">{t("any")}</option>
            <option value="true">{t("failedOnly")}</option>
            <option value="false">{t("readOnly")}</option>
          </Select>
        )}
      </Field>
    </search>
  );
}

/** Says that a provider narrows the list, which no filter does. */
function OfProvider({ search, provider }: { search: LocationSearch; provider: string }) {
  return (
    <p className={styles.narrowed}>
      {t("foundBy", { provider })}{" "}
      <Link className="prose-link" target={paths.locations(changed(search, { provider: undefined }))} isInPlace>
        {t("everyones")}
      </Link>
    </p>
  );
}

interface PageProps {
  locations: NonNullable<LocationsQuery["locations"]>;
  search: LocationSearch;
  isStale: boolean;
}

function Page({ locations: { nodes, totalCount, pageInfo }, search, isStale }: PageProps) {
  const mayRegister = useMayRegister();
  if (nodes.length === 0 && isNarrowed(search)) {
    return (
      <Notice
        icon={FilterX}
        title={t("noMatchTitle")}
        text={t("noMatch")}
        actions={
          <Link className={buttonClass()} target={paths.locations()}>
            {t("clear")}
          </Link>
        }
      />
    );
  }
  if (nodes.length === 0 && search.after === undefined) {
    return (
      <Notice icon={FolderGit2} title={t("noneTitle")} text={t("none")} actions={mayRegister && <RegisterLink />} />
    );
  }
  return (
    <>
      <LocationTable locations={nodes} isStale={isStale} />
      <ListPages
        summary={t("count", { count: totalCount })}
        pageInfo={pageInfo}
        after={search.after}
        target={(after) => paths.locations({ ...search, after })}
      />
    </>
  );
}
