// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
    @Mixin
    private UploadOptions upload = new UploadOptions();

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

    @Override
    public Integer call() throws DeniedException, UnreachableException, IOException {
        Map<String, @Nullable String> query = upload.said(this);
        query.put("name", name == null ? nameOf(upload.fileName()) : name);
        query.put("version", version);
        JsonNode image =
                new RepositoryUpload(client(), json(), err()).send(FirmwareCommand.FIRMWARE, query, upload.file);
        return print(
                image,
                "image " + image.path("id").asLong() + "  " + Terminal.safe(FirmwareText.called(image)) + "  SHA-256 "
                        + Terminal.safe(image.path("sha256").asString("")));
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
