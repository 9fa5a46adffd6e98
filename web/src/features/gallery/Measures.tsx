import styles from "./Gallery.module.css";
import { Row, Specimen } from "./Specimen.tsx";

const sizes = [12, 13, 14, 16, 20, 28];
const spaces = [4, 8, 12, 16, 20, 24, 32, 48];
const corners = ["radius-small", "radius", "radius-large"];
const motions = ["quick", "slow"];

/** The measures there are. That no style uses others is checked by `build/styles.test.ts`. */
export function Measures() {
  return (
    <>
      <Specimen name="type" text="Six sizes; weight, not size, for emphasis. Figures are tabular everywhere.">
        {() => (
          <>
            {sizes.map((size) => (
              <p key={size} style={{ fontSize: size, lineHeight: 1.4 }}>
                {size} px: 1,243 components, <b>17 of them</b> without an owner
              </p>
            ))}
            <code>mono 12 px: component:default/petstore</code>
          </>
        )}
      </Specimen>
      <Specimen name="space" text="A grid of 4 px; 2 px between lines of a list.">
        {() =>
          spaces.map((space) => <div key={space} className={styles.bar} style={{ width: space }} title={`${space}`} />)
        }
      </Specimen>
      <Specimen name="corners" text="Small inside, usual for controls and cards, large for what covers the page.">
        {() => (
          <Row>
            {corners.map((corner) => (
              <div key={corner} className={styles.corner} style={{ borderRadius: `var(--${corner})` }} title={corner} />
            ))}
          </Row>
        )}
      </Specimen>
      <Specimen
        name="motion"
        text="120 ms for what changes in place, 160 ms for what comes from elsewhere; none if asked for."
      >
        {() =>
          motions.map((motion) => (
            <Row key={motion}>
              <div className={styles.moving} style={{ transition: `translate var(--${motion})` }} />
              {motion}
            </Row>
          ))
        }
      </Specimen>
    </>
  );
}
