import { type ReactNode, useMemo } from "react";
import { linkAddress } from "#lib/linkAddress.ts";
import styles from "./Markdown.module.css";
import { type Block, type Inline, parseMarkdown } from "./markdown.ts";

/** Somebody's Markdown. Nothing in it runs, loads or leads to where no link may lead. */
export function Markdown({ text }: { text: string }) {
  const blocks = useMemo(() => parseMarkdown(text), [text]);
  return <div className={styles.markdown}>{keyed(blocks, block)}</div>;
}

function keyed<Piece>(pieces: readonly Piece[], render: (piece: Piece) => ReactNode): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the pieces are made anew as a whole
  return pieces.map((piece, position) => <Keyed key={position}>{render(piece)}</Keyed>);
}

function Keyed({ children }: { children: ReactNode }) {
  return children;
}

function block(piece: Block): ReactNode {
  switch (piece.kind) {
    case "paragraph":
      return <p>{keyed(piece.inner, inline)}</p>;
    case "heading":
      // The headings of the page are its own; these only look like it.
      return <p className={styles.heading}>{keyed(piece.inner, inline)}</p>;
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <pre tabIndex={0}>
          <code>{piece.text}</code>
        </pre>
      );
    case "list": {
      const items = keyed(piece.items, (item) => <li>{keyed(item, block)}</li>);
      return piece.isOrdered ? <ol>{items}</ol> : <ul>{items}</ul>;
    }
    case "quote":
      return <blockquote>{keyed(piece.blocks, block)}</blockquote>;
    case "table":
      return (
        <div className={styles.scrolled}>
          <table>
            <thead>
              <tr>
                {keyed(piece.head, (cell) => (
                  <th scope="col">{keyed(cell, inline)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {keyed(piece.rows, (row) => (
                <tr>
                  {keyed(row, (cell) => (
                    <td>{keyed(cell, inline)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "rule":
      return <hr />;
  }
}

function inline(piece: Inline): ReactNode {
  switch (piece.kind) {
    case "text":
      return piece.text;
    case "code":
      return <code>{piece.text}</code>;
    case "strong":
      return <strong>{keyed(piece.inner, inline)}</strong>;
    case "emphasis":
      return <em>{keyed(piece.inner, inline)}</em>;
    case "break":
      return <br />;
    case "link": {
      const address = linkAddress(piece.address);
      if (!address) return keyed(piece.inner, inline);
      return (
        <a className="prose-link" href={address} target="_blank" rel="noreferrer nofollow">
          {keyed(piece.inner, inline)}
        </a>
      );
    }
  }
}
