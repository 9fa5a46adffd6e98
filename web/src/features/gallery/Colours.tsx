import styles from "./Gallery.module.css";
import { Row, Specimen } from "./Specimen.tsx";

const surfaces = ["canvas", "sunken", "raised", "hover", "pressed", "line", "line-strong", "control-line"];
const accents = ["accent", "accent-fill", "accent-soft", "accent-line"];
const hues = ["blue", "teal", "amber", "violet", "rose", "cyan", "green", "orange", "grey"];
const tones = ["ok", "warning", "danger", "info"];
const texts = ["text", "text-muted", "text-faint", "accent"];

function Swatches({ tokens }: { tokens: readonly string[] }) {
  return (
    <div className={styles.swatches}>
      {tokens.map((token) => (
        <div key={token} className={styles.swatch}>
          <div className={styles.colour} style={{ background: `var(--${token})` }} />
          {token}
        </div>
      ))}
    </div>
  );
}

/** The colours there are. Their contrast is computed by `build/contrast.test.ts`. */
export function Colours() {
  return (
    <>
      <Specimen
        name="tokens.css: surfaces"
        text="Neutral greys; a line parts what belongs apart, a shadow what floats."
      >
        {() => <Swatches tokens={surfaces} />}
      </Specimen>
      <Specimen name="tokens.css: accent" text="One accent, for what one can do and where one is.">
        {() => <Swatches tokens={accents} />}
      </Specimen>
      <Specimen name="tokens.css: text" text="Body text, text beside it, text that may be passed over, and links.">
        {() => (
          <Row>
            {texts.map((token) => (
              <span key={token} style={{ color: `var(--${token})` }}>
                {token}
              </span>
            ))}
          </Row>
        )}
      </Specimen>
      <Specimen name="tokens.css: status" text="For a status and nothing else, on its own soft ground.">
        {() => (
          <Row>
            {tones.map((tone) => (
              <span
                key={tone}
                className={styles.sample}
                style={{ background: `var(--${tone}-soft)`, color: `var(--${tone})` }}
              >
                {tone}
              </span>
            ))}
          </Row>
        )}
      </Specimen>
      <Specimen name="tokens.css: hues" text="For kinds, the same wherever a kind is shown.">
        {() => <Swatches tokens={hues.map((hue) => `hue-${hue}`)} />}
      </Specimen>
    </>
  );
}
