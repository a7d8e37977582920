/* What every page loads: the look, the theme switch, and the small behaviours of components. */
import "./app.css";
import { startCopying } from "./base/copy";
import { startDialogs } from "./base/dialogs";
import { startMenus } from "./base/menus";
import { startNotices } from "./base/notices";
import { startThemeSwitch } from "./base/theme";

startThemeSwitch();
startMenus();
startDialogs();
startNotices();
startCopying();
