/* Running a function over a spreadsheet: uploading, and watching the rows go by. */
import { startProgress } from "./spreadsheet/progress";
import { startUploads } from "./spreadsheet/upload";

startUploads();
startProgress();
