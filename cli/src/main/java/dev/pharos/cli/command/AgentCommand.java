// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `pharos agent`: one agent on this host, until Ctrl-C.
@Command(
        name = "agent",
        description = "Runs one USP agent on this host, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  pharos agent --endpoint-id proto::this-host --controller ws://127.0.0.1:8183/usp",
            "  pharos agent --endpoint-id os::0200F0-1 --controller mqtt://127.0.0.1:1883 --device simulated",
            "  pharos agent --endpoint-id os::0200F0-1 --controller stomp://127.0.0.1:61613 --device simulated",
            "  pharos agent --endpoint-id os::0200F0-1 --controller unix:/run/pharos/usp",
            "  pharos agent --endpoint-id proto::this-host --controller discover",
            "  pharos agent --acs http://127.0.0.1:7547/cwmp --device simulated --endpoint-id os::0200F0-1",
            "  pharos agent … --enrol https://acs.example:8085 --bootstrap-username U --bootstrap-password-file F",
            "  pharos agent --config agent.properties     (lines such as: endpoint-id = proto::this-host)"
        })
public final class AgentCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AgentOptions options = new AgentOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        return new AgentProgram(
                        options, spec.commandLine().getOut(), spec.commandLine().getErr())
                .run();
    }
}
