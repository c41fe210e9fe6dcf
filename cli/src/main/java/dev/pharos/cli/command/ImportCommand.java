// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `pharos import`: what other systems keep, as files of ours.
@Command(
        name = "import",
        description = "Says what another system does to its devices in files of this one. Nothing is changed by it.",
        mixinStandardHelpOptions = true,
        subcommands = {ImportGenieAcsCommand.class, ImportObuspaCommand.class},
        footer = {
            "",
            "Examples:",
            "  pharos import genieacs --from http://genieacs.example:7557 -o genieacs",
            "  pharos import obuspa --from /etc/config/obuspa -o usp"
        })
public final class ImportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "from which system? There are genieacs and obuspa");
    }
}
