/* The pages of one's account: signing in and up, e-mail, password, two steps and passkeys. */
import "./account/account.css";
import { startPasskeyProblems } from "./account/passkeys";

startPasskeyProblems();
