// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

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
public final class FirmwareCommand extends ServerCommand implements Callable<Integer> {
    static final String FIRMWARE = "/firmware";

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        return print(client().get(FIRMWARE), FirmwareText::table);
    }

    /// The same, in a word.
    @Command(
            name = "list",
            description = "Lists firmware images, the newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos firmware list", "  pharos firmware list --json"})
    static final class Listing extends ServerCommand implements Callable<Integer> {
        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return print(client().get(FIRMWARE), FirmwareText::table);
        }
    }

    /// All that is known of one.
    @Command(
            name = "show",
            description = "Shows one image.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos firmware show 3", "  pharos firmware show 3 --json"})
    static final class Show extends ServerCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "IMAGE", description = "The image's number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            return print(client().get(FIRMWARE + "/" + id), FirmwareText::whole);
        }
    }

    /// Devices that run it are not touched.
    @Command(
            name = "delete",
            description = "Deletes an image from the server; devices that run it are not touched.",
            mixinStandardHelpOptions = true,
            footer = {"", "Examples:", "  pharos firmware delete 3"})
    static final class Delete extends ServerCommand implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "IMAGE", description = "The image's number.")
        private long id;

        @Override
        public Integer call() throws DeniedException, UnreachableException {
            client().delete(FIRMWARE + "/" + id);
            return print(Json.object().put("deleted", id), "deleted image " + id);
        }
    }
}
