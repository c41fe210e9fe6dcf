// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is said of every file on its way into the server's repository.
final class UploadOptions {
    @Parameters(index = "0", paramLabel = "FILE", description = "What is uploaded.")
    Path file = Path.of("");

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

    String fileName() {
        return String.valueOf(file.getFileName());
    }

    static boolean isReadable(Path file) {
        return Files.isRegularFile(file) && Files.isReadable(file);
    }

    /// What the server is told, to which each kind of file adds its own; what is null is not said.
    ///
    /// @param command whose file it is, which must be there
    Map<String, @Nullable String> said(ServerCommand command) {
        if (!isReadable(file)) {
            throw command.wrong("FILE: there is no such file, or it cannot be read: " + file);
        }
        Map<String, @Nullable String> query = new TreeMap<>();
        query.put("fileName", fileName());
        query.put("devices", devices);
        query.put("note", note);
        query.put("sha256", sha256);
        return query;
    }
}
