import js from "@eslint/js";
import globals from "globals";
import typescript from "typescript-eslint";

export default typescript.config(
  { ignores: ["static/dist/", "node_modules/", ".venv/", "var/"] },
  js.configs.recommended,
  typescript.configs.strict,
  { languageOptions: { globals: globals.browser }, rules: { eqeqeq: "error", "no-console": "error" } },
);
