/* The pages around the editor: landing, projects, workspaces, members, versions. They need a look, but no script. */
import "./builder/builder.css";
