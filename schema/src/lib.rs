//! The federation: composes subgraphs, plans operations and executes them.
