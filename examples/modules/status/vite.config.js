// Builds one file; what the portal gives stays an import in it.
export default {
  build: {
    lib: { entry: "src/index.tsx", formats: ["es"], fileName: () => "index.js" },
    rolldownOptions: { external: ["react", "react/jsx-runtime", "react-dom", "@callboard/sdk"] },
  },
};
