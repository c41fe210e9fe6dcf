// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `pharos import genieacs`: presets, provisions and virtual parameters, as profiles and names.
@Command(
        name = "genieacs",
        description = {
            "Says presets and provisions of GenieACS as profiles, virtual parameters as names,",
            "and in a report what of them cannot be said so. Nothing is changed, here or there."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos import genieacs --from http://genieacs.example:7557 -o genieacs",
            "  pharos import genieacs --from export        a folder with presets.json, provisions.json,",
            "                                              virtual_parameters.json and objects.json; those that there are",
            "Then:",
            "  pharos plan -f genieacs/NAME.yaml",
            "",
            "What is taken over, and how: docs/genieacs.md."
        })
public final class ImportGenieAcsCommand extends ServerCommand implements Callable<Integer> {
    private static final String REPORT = "REPORT.md";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "URL|DIR",
            description = "The northbound interface of GenieACS, or a folder with what it gave.")
    private String from = "";

    @Option(
            names = "-o",
            paramLabel = "DIR",
            description = "Where the files are written, each of which must not be there; without it only the report is"
                    + " shown.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        JsonNode done = client().post("/imports/genieacs", new GenieAcsSource(from).read());
        Map<Path, String> files = folder == null ? Map.of() : files(folder, done);
        for (Path file : files.keySet()) {
            if (Files.exists(file)) {
                throw wrong("-o: " + file + " is there already; nothing was written");
            }
        }
        try {
            for (Map.Entry<Path, String> file : files.entrySet()) {
                Files.createDirectories(file.getKey().toAbsolutePath().getParent());
                Files.writeString(file.getKey(), file.getValue());
            }
        } catch (IOException failed) {
            err().println("pharos: not all files could be written: " + failed.getMessage());
            return ExitStatus.DENIED;
        }
        return print(done, (said, to) -> {
            say(said, to);
            if (folder != null) {
                to.println();
                to.println("Written to " + folder + ": " + files.size() + " files; nothing is applied. See "
                        + folder.resolve(REPORT));
            }
        });
    }

    private static Map<Path, String> files(Path folder, JsonNode done) {
        Map<Path, String> files = new LinkedHashMap<>();
        done.path("profiles")
                .forEach(profile -> files.put(
                        folder.resolve(profile.path("name").asString("").replaceAll("[^A-Za-z0-9._-]", "_") + ".yaml"),
                        profile.path("yaml").asString("")));
        if (done.has("kinds")) {
            files.put(
                    folder.resolve("kinds").resolve("genieacs.yaml"),
                    done.path("kinds").asString(""));
        }
        files.put(folder.resolve(REPORT), report(done));
        return files;
    }

    private static void say(JsonNode done, PrintWriter out) {
        done.path("items").forEach(item -> {
            String became = item.path("became").asString("");
            out.println(state(item) + "  " + text(item, "kind") + " " + text(item, "name")
                    + (became.isEmpty() ? "" : "  →  " + Terminal.safe(became)));
            item.path("remarks")
                    .forEach(remark -> out.println("          " + Terminal.dim(Terminal.safe(remark.asString("")))));
        });
        if (done.path("items").isEmpty()) {
            out.println("(nothing is there)");
        }
    }

    private static String state(JsonNode item) {
        return "%-8s".formatted(text(item, "state"));
    }

    private static String report(JsonNode done) {
        StringBuilder text =
                new StringBuilder("# What became of GenieACS' presets, provisions and virtual parameters\n");
        done.path("items").forEach(item -> {
            String became = item.path("became").asString("");
            text.append("\n- **").append(text(item, "state")).append("** ").append(text(item, "kind"));
            text.append(" `").append(text(item, "name")).append('`');
            text.append(became.isEmpty() ? "" : " → `" + became + "`").append('\n');
            item.path("remarks")
                    .forEach(remark ->
                            text.append("    - ").append(remark.asString("")).append('\n'));
        });
        return text.toString();
    }

    private static String text(JsonNode node, String field) {
        return Terminal.safe(node.path(field).asString(""));
    }
}
