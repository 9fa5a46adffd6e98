import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { type SubmitEvent, useState } from "react";
import { Forbidden } from "#kit/Forbidden.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { Link } from "#kit/Link.tsx";
import { useOperation } from "#kit/mutation.ts";
import { PageHead } from "#kit/PageHead.tsx";
import { paths } from "#kit/paths.ts";
import { useGranted, useMay } from "#kit/permissions.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { Button, buttonClass } from "#ui/Button.tsx";
import { Banner } from "#ui/Notice.tsx";
import { Prose } from "#ui/Prose.tsx";
import { toast } from "#ui/toasts.ts";
import { Analysis, locationAnalysis } from "./Analysis.tsx";
import { DocumentList } from "./DocumentList.tsx";
import { countActions } from "./documents.ts";
import { t } from "./messages.ts";
import { RegisterLocationDocument, type RegisterLocationMutation } from "./Register.generated.ts";
import styles from "./RegisterPage.module.css";
import { fieldFailure, type Place, TargetFields } from "./TargetFields.tsx";

type Outcome = NonNullable<RegisterLocationMutation["registerLocation"]>;

/** Has something read from now on, after a look at what would come in. */
export function RegisterPage() {
  const granted = useGranted();
  const missing = ["catalog.location.create", "catalog.entity.create"].find((name) => granted && !granted.has(name));
  const maySeeLocations = useMay("catalog.location.read");
  return (
    <>
      <PageHead
        title={t("title")}
        text={t("text")}
        above={[
          { title: t("catalog"), target: paths.catalog() },
          ...(maySeeLocations ? [{ title: t("locations"), target: paths.locations() }] : []),
        ]}
      />
      {missing ? <Forbidden permission={missing} /> : <RegisterForm />}
    </>
  );
}

function RegisterForm() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const [place, setPlace] = useState<Place>(() => ({
    type: firstValueOf(search.type) ?? "url",
    target: firstValueOf(search.target) ?? "",
  }));
  const [seen, setSeen] = useState<{ place: Place; outcome: Outcome; isDone: boolean } | null>(null);
  const [refused, setRefused] = useState<Place | null>(null);
  const { mutate, error, isPending, reset } = useOperation(RegisterLocationDocument);
  const run = (what: Place, dryRun: boolean) =>
    mutate(
      { input: { type: what.type, target: what.target.trim(), dryRun } },
      {
        onSuccess: ({ registerLocation }) => {
          if (!registerLocation) return;
          setSeen({ place: what, outcome: registerLocation, isDone: !dryRun });
          if (!dryRun) toast(t("done", { target: what.target.trim() }));
        },
        onError: (failure) => setRefused(dryRun && fieldFailure(failure).field !== undefined ? what : null),
      },
    );
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (place.target.trim() !== "" && !isPending) run(place, true);
  };
  const edit = (next: Place) => {
    setPlace(next);
    reset();
  };
  // An answer about what has been edited since is about nothing that is here.
  const shown = seen?.place === place ? seen : null;
  const { field, rest } = fieldFailure(error);
  // Where there is nothing to register there may be something to describe.
  const mayAnalyze = useMay("catalog.location.analyze");
  const isLooking = mayAnalyze && refused === place && !isPending;
  const { data: analysis, isFetching } = useQuery({
    ...locationAnalysis(place),
    enabled: isLooking,
    retry: false,
    select: (answer) => answer.data.analyzeLocation,
  });
  const preview = (target: string) => {
    const next = { ...place, target };
    edit(next);
    run(next, true);
  };
  const again = () => {
    setSeen(null);
    edit({ ...place, target: "" });
  };
  return (
    <>
      <form className={styles.form} onSubmit={submit} noValidate>
        <TargetFields place={place} error={field} onChange={edit} />
        <FormFailure error={rest} />
        <div className={styles.actions}>
          <Button type="submit" disabled={place.target.trim() === "" || isPending}>
            {t("preview")}
          </Button>
          <Button
            look="primary"
            disabled={!shown || shown.isDone || !brings(shown.outcome) || isPending}
            onClick={() => shown && run(shown.place, false)}
          >
            {t("register")}
          </Button>
        </div>
      </form>
      <p className={isPending || (isLooking && isFetching) ? styles.reading : "visually-hidden"} role="status">
        {isPending && t("reading")}
        {isLooking && (isFetching ? t("looking") : analysis?.yaml && t("noDescriptor"))}
        {!isPending && shown && summaryOf(shown.outcome)}
      </p>
      {isLooking && analysis && !isFetching && <Analysis analysis={analysis} place={place} onPreview={preview} />}
      {shown && !isPending && <OutcomeView outcome={shown.outcome} isDone={shown.isDone} onAgain={again} />}
    </>
  );
}

/** Whether registering it would give the catalog anything that it has not. */
function brings({ exists, documents }: Outcome): boolean {
  return !exists && documents.some(({ action }) => action !== "REFUSED");
}

function summaryOf({ documents, documentCount }: Outcome): string {
  if (documentCount === 0) return t("nothing");
  const actions = countActions(documents).map(({ action, count }) => `${count} ${t(action)}`);
  return t("summary", { count: documentCount, actions: actions.join(", ") });
}

function OutcomeView({ outcome, isDone, onAgain }: { outcome: Outcome; isDone: boolean; onAgain: () => void }) {
  const { exists, location, documents, documentCount } = outcome;
  const maySeeLocations = useMay("catalog.location.read");
  return (
    <section className={styles.outcome} aria-label={t(isDone ? "cameIn" : "wouldCome")}>
      <h2>{t(isDone ? "cameIn" : "wouldCome")}</h2>
      {!isDone && exists && (
        <Banner
          tone="neutral"
          action={
            location &&
            maySeeLocations && <Link target={paths.locations({ text: location.target })}>{t("seeLocation")}</Link>
          }
        >
          {t("exists")}
        </Banner>
      )}
      {location?.error && (
        <Banner tone="warning">
          <Prose text={t("partly", { error: location.error })} />
        </Banner>
      )}
      <p className={styles.summary}>{summaryOf(outcome)}</p>
      {documents.length < documentCount && (
        <p className={styles.quiet}>{t("first", { shown: documents.length, count: documentCount })}</p>
      )}
      {documents.length > 0 && <DocumentList documents={documents} />}
      {isDone && (
        <div className={styles.actions}>
          {maySeeLocations && (
            <Link className={buttonClass()} target={paths.locations()}>
              {t("toLocations")}
            </Link>
          )}
          <Button onClick={onAgain}>{t("another")}</Button>
        </div>
      )}
    </section>
  );
}
