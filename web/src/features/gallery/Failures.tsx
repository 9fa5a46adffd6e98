import { useQuery } from "@tanstack/react-query";
import { PackageOpen } from "lucide-react";
import { useState } from "react";
import { FailureNotice, PartialNotice, StaleNotice } from "#kit/FailureNotice.tsx";
import { Fetched } from "#kit/Fetched.tsx";
import { Forbidden } from "#kit/Forbidden.tsx";
import { FormFailure } from "#kit/FormFailure.tsx";
import { AwaitedPart } from "#kit/modules/AwaitedPart.tsx";
import { ModuleFailure } from "#kit/modules/ModuleFailure.tsx";
import { ModuleError } from "#kit/modules/moduleError.ts";
import { PartFailure } from "#kit/PartFailure.tsx";
import { PluginBoundary } from "#kit/PluginBoundary.tsx";
import { Failure } from "#lib/graphql/failure.ts";
import { Button } from "#ui/Button.tsx";
import { Banner, Notice } from "#ui/Notice.tsx";
import { toast } from "#ui/toasts.ts";
import { Specimen } from "./Specimen.tsx";

const unavailable = new Failure("UNAVAILABLE", "the subgraph did not answer", "request-42");
const refused = new Failure("FORBIDDEN", "only admins may do this", null, [], null, "policy.entity.update");
const mistake = new TypeError("Cannot read properties of undefined");
const retry = () => toast("Tried again");

function Breakable({ theme }: { theme: string }) {
  const [isBroken, setIsBroken] = useState(false);
  if (isBroken) throw new Error(`broken on ${theme}`);
  return <Button onClick={() => setIsBroken(true)}>Break this on {theme}</Button>;
}

function FetchedStates() {
  const failed = useQuery({ queryKey: ["gallery"], queryFn: () => Promise.reject(unavailable), retry: false });
  return (
    <Fetched query={failed} what="The list">
      {() => "what was fetched"}
    </Fetched>
  );
}

/** What stands in place of content that is not there. */
export function Failures() {
  return (
    <>
      <Specimen name="Notice, Banner" text="In place of content: nothing yet. Above content: something about it.">
        {() => (
          <>
            <Notice
              icon={PackageOpen}
              title="No components yet"
              text="They come from descriptors beside your code."
              actions={<Button look="primary">Register one</Button>}
            />
            <Banner tone="neutral">Somebody else is editing this.</Banner>
            <Banner tone="warning" action={<a href="#failures">Why?</a>}>
              This is of yesterday.
            </Banner>
            <Banner tone="danger">This could not be read.</Banner>
          </>
        )}
      </Specimen>
      <Specimen
        name="FailureNotice, Fetched"
        text="What happened, to which part, how to try again, and a request to quote."
      >
        {() => (
          <>
            <FailureNotice what="The catalog" error={unavailable} onRetry={retry} />
            <FailureNotice what="This page" error={mistake} plugin="radar" onRetry={retry} />
            <FetchedStates />
          </>
        )}
      </Specimen>
      <Specimen
        name="PartialNotice, StaleNotice"
        text="Above content of which a part is missing, or that is of before."
      >
        {() => (
          <>
            <PartialNotice failures={[unavailable]} onRetry={retry} />
            <StaleNotice error={unavailable} onRetry={retry} />
          </>
        )}
      </Specimen>
      <Specimen name="Forbidden, FormFailure" text="What it takes, and why somebody does not have it.">
        {() => (
          <>
            <Forbidden permission="policy.entity.read" />
            <FormFailure error={refused} />
          </>
        )}
      </Specimen>
      <Specimen name="ModuleFailure, AwaitedPart" text="In place of what a module of a third party would show.">
        {() => (
          <>
            <ModuleFailure
              error={new ModuleError("radar", "unreachable", "/modules/radar/index.js could not be fetched")}
            />
            <AwaitedPart id="radar.sweep" isSmall>
              Where no module would have it, this.
            </AwaitedPart>
            <ModuleFailure
              error={new ModuleError("radar", "version", "was written for version 2.0 of the SDK")}
              isSmall
            />
          </>
        )}
      </Specimen>
      <Specimen
        name="PluginBoundary, PartFailure, FailureActs"
        text="Around everything that plugins add: a broken one costs its own place."
      >
        {(theme) => (
          <>
            <PluginBoundary plugin="radar" title={`Radar on ${theme}`}>
              <Breakable theme={theme} />
            </PluginBoundary>
            <PartFailure plugin="radar" title="Radar" error={mistake} onRetry={retry} />
          </>
        )}
      </Specimen>
    </>
  );
}
