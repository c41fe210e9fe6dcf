// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `pharos firmware upload`: takes an image into the server's repository.
@Command(
        name = "upload",
        description = "Uploads an image. The same image once more is the one that is there.",
        footer = {
            "",
            "Examples:",
            "  pharos firmware upload gateway-2.0.0.img --version 2.0.0",
            "  pharos firmware upload x.img --name gateway --version 2.0.0 --for 'model = \"X\" and oui = 0200F0'",
            "  pharos firmware upload x.img --version 2.0.0 --sha256 \"$(cut -d ' ' -f 1 x.img.sha256)\""
        })
final class FirmwareUploadCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE", description = "The image.")
    private Path file = Path.of("");

    @Option(
            names = "--version",
            required = true,
            paramLabel = "V",
            description = "What devices say as their SoftwareVersion when the image runs.")
    private String version = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What it is an image of (default: the file's name without its ending and version).")
    private @Nullable String name;

    @Option(
            names = "--for",
            paramLabel = "QUERY",
            description = "The devices that it is meant for (default: all); see docs/query.md.")
    private @Nullable String devices;

    @Option(names = "--note", paramLabel = "TEXT", description = "For people.")
    private @Nullable String note;

    @Option(names = "--sha256", paramLabel = "HEX", description = "What its SHA-256 must be.")
    private @Nullable String sha256;

    /// In place of the usual pair, of which `--version` means something else here.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // the command line reads it
    private boolean help;

    @Override
    public Integer call() throws DeniedException, UnreachableException, IOException {
        if (!RepositoryUpload.isReadable(file)) {
            throw wrong("FILE: there is no such file, or it cannot be read: " + file);
        }
        String fileName = String.valueOf(file.getFileName());
        Map<String, @Nullable String> query = new TreeMap<>();
        query.put("name", name == null ? nameOf(fileName) : name);
        query.put("version", version);
        query.put("fileName", fileName);
        query.put("devices", devices);
        query.put("note", note);
        query.put("sha256", sha256);
        JsonNode image = new RepositoryUpload(client(), json(), err()).send(FirmwareCommand.FIRMWARE, query, file);
        PrintWriter out = out();
        out.println(
                json()
                        ? Json.text(image)
                        : "image " + image.path("id").asLong() + "  " + Terminal.safe(FirmwareText.called(image))
                                + "  SHA-256 "
                                + Terminal.safe(image.path("sha256").asString("")));
        out.flush();
        return 0;
    }

    /// Without its ending, and the version that is said beside it.
    private String nameOf(String fileName) {
        String stem = fileName.replaceFirst("(?<=.)\\.[^.]*$", "");
        String bare = stem.endsWith(version)
                ? stem.substring(0, stem.length() - version.length()).replaceFirst("[-_. v]+$", "")
                : stem;
        return bare.isEmpty() ? stem : bare;
    }
}
