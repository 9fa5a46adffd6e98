import { PageHead } from "#kit/PageHead.tsx";
import { Boxes } from "./Boxes.tsx";
import { Buttons } from "./Buttons.tsx";
import { Colours } from "./Colours.tsx";
import { Entities } from "./Entities.tsx";
import { Failures } from "./Failures.tsx";
import { Floating } from "./Floating.tsx";
import { Forms } from "./Forms.tsx";
import styles from "./Gallery.module.css";
import { Measures } from "./Measures.tsx";
import { Places } from "./Places.tsx";
import { Tables } from "./Tables.tsx";
import { Words } from "./Words.tsx";

const sections = [
  { id: "colours", title: "Colours", content: Colours },
  { id: "measures", title: "Type, space, corners, motion", content: Measures },
  { id: "buttons", title: "Buttons", content: Buttons },
  { id: "words", title: "Words", content: Words },
  { id: "forms", title: "Forms", content: Forms },
  { id: "boxes", title: "Boxes", content: Boxes },
  { id: "tables", title: "Tables", content: Tables },
  { id: "floating", title: "What floats", content: Floating },
  { id: "entities", title: "Entities", content: Entities },
  { id: "places", title: "Places and ways", content: Places },
  { id: "failures", title: "Empty, refused, failed", content: Failures },
];

/** All that pages are made of, in both themes side by side. */
export function GalleryPage() {
  return (
    <>
      <PageHead
        title="Components"
        text="All of ui and kit in their states, light at the left and dark at the right. Change the density in the settings."
      />
      <nav className={styles.contents} aria-label="Sections">
        {sections.map(({ id, title }) => (
          <a key={id} className="prose-link" href={`#${id}`}>
            {title}
          </a>
        ))}
      </nav>
      {sections.map(({ id, title, content: Content }) => (
        <section key={id} id={id} className={styles.section} aria-labelledby={`${id}-title`}>
          <h2 id={`${id}-title`} className={styles.sectionTitle}>
            {title}
          </h2>
          <Content />
        </section>
      ))}
    </>
  );
}
