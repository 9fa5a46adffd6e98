import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { Fetched } from "#kit/Fetched.tsx";
import { PageTitle } from "#kit/PageTitle.tsx";
import { rootField } from "#lib/graphql/request.ts";
import { organizationName, portalTitle } from "#lib/page.ts";
import { safeReturnTo } from "#lib/returnTo.ts";
import { firstValueOf } from "#lib/urlSearch.ts";
import { buttonClass } from "#ui/Button.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Banner } from "#ui/Notice.tsx";
import icon from "../../../theme/icon.svg";
import { signInOptions } from "../queries.ts";
import { t } from "./messages.ts";
import { Providers } from "./Providers.tsx";
import styles from "./SignIn.module.css";
import type { SignInOptionsQuery } from "./SignInOptions.generated.ts";
import { errorWords, quotedReason, type SignInError } from "./signInError.ts";
import { listenForSignIn } from "./signInWindow.ts";

const snippet = `auth:
  providers:
    github:
      clientId: \${GITHUB_CLIENT_ID}
      clientSecret: \${GITHUB_CLIENT_SECRET}
      signIn:
        resolvers:
          - resolver: userIdMatchingUserEntityAnnotation`;

/** The ways into the portal, and why the last try did not lead there. */
export function SignInPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const returnTo = safeReturnTo(firstValueOf(search.returnTo));
  const [error, setError] = useState<SignInError | null>(() => errorIn(search));
  const [waitingFor, setWaitingFor] = useState<string | null>(null);
  const end = useEffectEvent((failure: SignInError | null) => {
    // A page that is loaded anew knows nothing of whoever was here before.
    if (failure === null) return window.location.replace(returnTo);
    setError(failure);
    setWaitingFor(null);
  });
  useEffect(() => listenForSignIn((failure) => end(failure)), []);
  return (
    <main className={styles.page} id="main">
      <PageTitle title={t("title")} />
      <div className={styles.box}>
        <header className={styles.head}>
          <img src={icon} width={32} height={32} alt="" />
          <div>
            <h1>{t("heading", { portal: portalTitle() })}</h1>
            {organizationName() && <p>{organizationName()}</p>}
          </div>
        </header>
        {error && <ErrorBanner error={error} />}
        <Options
          returnTo={returnTo}
          waitingFor={waitingFor}
          onWait={(id) => {
            setError(null);
            setWaitingFor(id);
          }}
        />
      </div>
    </main>
  );
}

function errorIn(search: Record<string, unknown>): SignInError | null {
  const [code, reason, provider] = [search.error, search.reason, search.provider].map(firstValueOf);
  return code === undefined ? null : { code, reason: reason ?? null, provider: provider ?? null };
}

function ErrorBanner({ error }: { error: SignInError }) {
  const providers = useQuery(signInOptions()).data?.data.signInOptions?.providers ?? [];
  const quoted = quotedReason(error, providers);
  return (
    <div role="alert">
      <Banner tone="danger">
        <p>{errorWords(error)}</p>
        {quoted && <p className={styles.reason}>{quoted}</p>}
      </Banner>
    </div>
  );
}

interface OptionsProps {
  returnTo: string;
  waitingFor: string | null;
  onWait: (id: string) => void;
}

interface Found {
  options: SignInOptionsQuery["signInOptions"];
  viewer: SignInOptionsQuery["viewer"];
}

function Options(props: OptionsProps) {
  const query = useQuery({
    ...signInOptions(),
    select: (answer) => ({ options: rootField(answer, "signInOptions"), viewer: answer.data.viewer }),
  });
  return (
    <Fetched query={query} what={t("what")}>
      {(found) => <Ways {...found} {...props} />}
    </Fetched>
  );
}

function Ways({ options, viewer, returnTo, waitingFor, onWait }: OptionsProps & Found) {
  const providers = options?.providers ?? [];
  const isSomebody = viewer !== null && !viewer.isGuest;
  return (
    <>
      {isSomebody && <AlreadyIn viewer={viewer} returnTo={returnTo} />}
      <Providers providers={providers} returnTo={returnTo} waitingFor={waitingFor} onWait={onWait} />
      {providers.length === 0 && !options?.guest && !isSomebody && (
        <section className={styles.none}>
          <h2>{t("noneTitle")}</h2>
          <p>{t("none")}</p>
          <CodeBlock text={snippet} label={t("snippet")} />
        </section>
      )}
      {options?.guest && !isSomebody && (
        <footer className={styles.guest}>
          <p>{t("guestNote")}</p>
          <a className={buttonClass()} href={returnTo}>
            {t("guest")}
          </a>
        </footer>
      )}
    </>
  );
}

type Viewer = NonNullable<SignInOptionsQuery["viewer"]>;

function AlreadyIn({ viewer, returnTo }: { viewer: Viewer; returnTo: string }) {
  return (
    <div className={styles.already}>
      <p>{t("already", { name: viewer.displayName })}</p>
      <a className={buttonClass({ look: "primary" })} href={returnTo}>
        {t("goOn")}
      </a>
    </div>
  );
}
