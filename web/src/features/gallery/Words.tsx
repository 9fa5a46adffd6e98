import { PageTitle } from "#kit/PageTitle.tsx";
import { Badge } from "#ui/Badge.tsx";
import { CodeBlock } from "#ui/CodeBlock.tsx";
import { Highlighted } from "#ui/Highlighted.tsx";
import { HighlightedCode } from "#ui/HighlightedCode.tsx";
import { Keys } from "#ui/Keys.tsx";
import { Markdown } from "#ui/Markdown.tsx";
import { Prose } from "#ui/Prose.tsx";
import { Time } from "#ui/Time.tsx";
import { Row, Specimen } from "./Specimen.tsx";

const descriptor = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: petstore
  tags: [java, "24/7"] # shown as chips
spec:
  type: service`;

const words = `### Retries

A call that fails is made **again**, as _often_ as \`retries\` says; see [the guide](https://example.org/retries).

- once for \`GET\`
- never for \`POST\`, which [runs nothing](javascript:alert(1))

> Ask before you raise it.

| Setting | Default |
| --- | --- |
| \`retries\` | 1 |

\`\`\`
retries: 3
\`\`\``;

/** What one reads. */
export function Words() {
  return (
    <>
      <PageTitle title="Components" />
      <Specimen name="Badge" text="A word or two about something; a colour only for a status.">
        {() => (
          <Row>
            <Badge>Component · service</Badge>
            <Badge tone="ok">production</Badge>
            <Badge tone="warning">orphan</Badge>
            <Badge tone="danger">failed</Badge>
            <Badge tone="info">experimental</Badge>
          </Row>
        )}
      </Specimen>
      <Specimen name="Time" text="By its distance, exact for those who point at it.">
        {() => (
          <Row>
            <Time at={new Date(Date.now() - 20_000).toISOString()} />
            <Time at={new Date(Date.now() - 7_200_000).toISOString()} />
            <Time at={new Date(Date.now() + 172_800_000).toISOString()} />
          </Row>
        )}
      </Specimen>
      <Specimen
        name="Keys, Highlighted, Prose"
        text="Keys as they are on the keyboard; what was found; code in sentences."
      >
        {() => (
          <>
            <Row>
              <Keys keys="mod+k" />
              <Keys keys="g c" />
              <Keys keys="?" />
            </Row>
            <p>
              <Highlighted text="Timetable service" words={["time", "serv"]} />
            </p>
            <p>
              <Prose text="The kind of `component:default/petstore` is not `API`." />
            </p>
          </>
        )}
      </Specimen>
      <Specimen
        name="Markdown"
        text="What somebody wrote, as the descriptions in a definition: it runs nothing, loads nothing, and has no headings of the page."
      >
        {() => <Markdown text={words} />}
      </Specimen>
      <Specimen name="CodeBlock, HighlightedCode" text="To be read as it is and copied; colours are loaded on demand.">
        {(theme) => (
          <>
            <CodeBlock text="callboard serve --watch" label={`A command on ${theme}`} />
            <HighlightedCode text={descriptor} language="yaml" label={`A descriptor on ${theme}`} />
          </>
        )}
      </Specimen>
    </>
  );
}
