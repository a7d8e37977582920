import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import globals from "globals";
import typescript from "typescript-eslint";

export default defineConfig(
  { ignores: ["static/dist/", "node_modules/", ".venv/", "var/"] },
  js.configs.recommended,
  typescript.configs.strict,
  { languageOptions: { globals: globals.browser }, rules: { eqeqeq: "error", "no-console": "error" } },
);
