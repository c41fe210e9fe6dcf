// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.agent.trust.FactoryChallenge;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `pharos label`: the passphrases that devices leave their factory with.
@Command(
        name = "label",
        description = {
            "Draws a passphrase for each device, to be printed on its label and put into it as a file.",
            "Whoever reads the label proves it to the agent by a challenge, and gets all rights.",
            "The folder's ledger knows all that were drawn, by their hash, so that no two devices have the same."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos label --dir labels --device os::00256D-1 --device os::00256D-2",
            "  pharos agent --endpoint-id os::00256D-1 --label /etc/device.label ..."
        })
public final class LabelCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Where files and ledger are.")
    private Path folder = Path.of("");

    @Option(
            names = "--device",
            required = true,
            paramLabel = "ID",
            description = "A device's Endpoint ID; several times for more. One that has a file keeps it.")
    private List<String> devices = new ArrayList<>();

    @Override
    public Integer call() {
        try {
            LabelFolder labels = LabelFolder.open(folder);
            for (String device : devices) {
                LabelFolder.Entry entry = labels.draw(endpoint(device), FactoryChallenge::draw);
                spec.commandLine()
                        .getOut()
                        .println((entry.made() ? "drawn " : "kept  ") + entry.file() + "   " + device);
            }
            spec.commandLine().getOut().flush();
            return 0;
        } catch (IOException failed) {
            spec.commandLine().getErr().println("pharos: " + failed.getMessage());
            return ExitStatus.DENIED;
        }
    }

    private EndpointId endpoint(String text) {
        try {
            return EndpointId.parse(text);
        } catch (MalformedInputException malformed) {
            throw new ParameterException(spec.commandLine(), "--device: " + malformed.detail(), malformed);
        }
    }
}
