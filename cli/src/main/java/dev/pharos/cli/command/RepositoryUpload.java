// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A file on its way into the server's repository, with a bar for whoever waits.
final class RepositoryUpload {
    private final RestClient client;
    private final boolean silent;
    private final PrintWriter err;
    private long shown = -1;

    /// @param silent whether no bar is drawn
    RepositoryUpload(RestClient client, boolean silent, PrintWriter err) {
        this.client = client;
        this.silent = silent;
        this.err = err;
    }

    /// @param query what is said of it; what is null is not said
    JsonNode send(String path, Map<String, @Nullable String> query, Path file)
            throws DeniedException, UnreachableException, IOException {
        long size = Files.size(file);
        String said = query.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + RestClient.segment(String.valueOf(entry.getValue())))
                .collect(Collectors.joining("&"));
        JsonNode kept = client.upload(path + "?" + said, file, sent -> progress(sent, size));
        if (shown >= 0) {
            err.println();
            err.flush();
        }
        return kept;
    }

    private void progress(long sent, long size) {
        long hundredth = size == 0 ? 100 : sent * 100 / size;
        if (hundredth == shown || silent || !Terminal.interactive()) {
            return;
        }
        shown = hundredth;
        err.print("\r\u001b[K" + FirmwareText.bar(sent, size));
        err.flush();
    }
}
