// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `pharos firmware`: the images of the server.
@Command(
        name = "firmware",
        description =
                "Lists firmware images, the newest first; uploads, shows and deletes them, and has a device run one.",
        mixinStandardHelpOptions = true,
        subcommands = {
            FirmwareCommand.Listing.class,
            FirmwareUploadCommand.class,
            FirmwareUpgradeCommand.class,
            FirmwareCommand.Show.class,
            FirmwareCommand.Delete.class
        },
        footer = {
            "",
            "Examples:",
            "  pharos firmware                                       all images",
            "  pharos firmware upload gateway-2.0.0.img --version 2.0.0 --for 'model = \"X\"'",
            "  pharos firmware show 3",
            "  pharos firmware upgrade os::0200F0-1 3                one device, followed to its end",
            "  pharos jobs create --query group:pilot --window 01:00-05:00 --concurrency 20 firmware 3",
            "  pharos firmware delete 3",
            "",
            "More: docs/firmware.md."
        })
public final class FirmwareCommand implements Callable<Integer> {
    static final String FIRMWARE = "/firmware";

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return list(server, spec);
    }

    private static int list(ServerOptions server, CommandSpec spec) throws DeniedException, UnreachableException {
        PrintWriter out = spec.commandLine().getOut();
        JsonNode all = server.client().get(FIRMWARE);
        if (server.json()) {
            out.println(Json.text(all));
        } else {
            List<JsonNode> images = new ArrayList<>();
            all.path("items").forEach(images::add);
            FirmwareText.table(images, out);
        }
        out.flush();
        return 0;
    }

    /// The same, in a word.
    @Command(
            name = "list",
            description = "Lists firmware images, the newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos firmware list", "  pharos firmware list --json"})
    static final class Listing implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return list(server, spec);
        }
    }

    /// All that is known of one.
    @Command(
            name = "show",
            description = "Shows one image.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos firmware show 3", "  pharos firmware show 3 --json"})
    static final class Show implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "IMAGE", description = "The image's number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            JsonNode image = server.client().get(FIRMWARE + "/" + id);
            PrintWriter out = spec.commandLine().getOut();
            if (server.json()) {
                out.println(Json.text(image));
            } else {
                FirmwareText.whole(image, out);
            }
            out.flush();
            return 0;
        }
    }

    /// Devices that run it are not touched.
    @Command(
            name = "delete",
            description = "Deletes an image from the server; devices that run it are not touched.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos firmware delete 3"})
    static final class Delete implements Callable<Integer> {
        @Mixin
        private ServerOptions server = new ServerOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(index = "0", paramLabel = "IMAGE", description = "The image's number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            RestClient client = server.client();
            client.delete(FIRMWARE + "/" + id);
            PrintWriter out = spec.commandLine().getOut();
            out.println(server.json() ? Json.text(Json.object().put("deleted", id)) : "deleted image " + id);
            out.flush();
            return 0;
        }
    }
}
