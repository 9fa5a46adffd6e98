// The portal gives `@callboard/sdk` to the modules that it loads; a bundler is told to leave the name as it is.
throw new Error(
  "`@callboard/sdk` is given by the portal at run time: name it, react, react/jsx-runtime and react-dom as external",
);
