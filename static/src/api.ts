/* The API page of a function and the keys of a project. */
import "./api/api.css";
import { startTrying } from "./api/trying";

startTrying();
