// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pharos firmware upgrade`: a job for one device, followed to its end.
@Command(
        name = "upgrade",
        description =
                "Has a device fetch an image, run it, and say so: the version is read back. It is a job, which goes"
                        + " on when this command is stopped. Ends with 1 where the device does not run the image, with 3 where it"
                        + " is away; then the job waits for it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos firmware upgrade os::0200F0-1 3",
            "  pharos firmware upgrade os::0200F0-1 3 --no-wait",
            "  pharos firmware upgrade os::0200F0-1 3 --json"
        })
final class FirmwareUpgradeCommand extends ServerCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "ID", description = "The device's Endpoint ID.")
    private String device = "";

    @Parameters(index = "1", paramLabel = "IMAGE", description = "The image's number.")
    private long image;

    @Option(names = "--no-wait", description = "Only make the job.")
    private boolean noWait;

    @Override
    public Integer call() throws DeniedException, UnreachableException, InterruptedException {
        return new FollowedJob(client(), device, json(), out())
                .run(Json.object().put("firmware", image), !noWait);
    }
}
