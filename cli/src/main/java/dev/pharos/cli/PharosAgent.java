// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import dev.pharos.cli.command.AgentCommand;
import dev.pharos.cli.command.AgentOptions;
import dev.pharos.cli.command.AgentProgram;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/// The `pharos-agent` program of the shipped image: `pharos agent` and nothing else, so that a gateway loads
/// nothing else. Options and exit status are those of `pharos agent`.
public final class PharosAgent {
    private PharosAgent() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.exit(run(arguments));
    }

    /// Runs the agent until the process is asked to end, and returns its exit status.
    static int run(String... arguments) throws IOException, InterruptedException {
        Optional<AgentOptions> plain = AgentOptions.plain(List.of(arguments));
        if (plain.isEmpty()) {
            return WithHelp.run(arguments);
        }
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            return new AgentProgram(plain.get(), new PrintWriter(System.out, true, StandardCharsets.UTF_8), err).run();
        } catch (WrongUsageException wrong) {
            err.println("pharos: " + wrong.getMessage());
            err.println("See: pharos-agent --help");
            return ExitStatus.USAGE;
        }
    }

    /// All ways to write options, help, and what to say of wrong ones.
    private static final class WithHelp {
        static int run(String... arguments) {
            CommandLine line = Pharos.prepared(new CommandLine(new AgentCommand()));
            line.setCommandName("pharos-agent");
            OptionFile.within(List.of(arguments)).ifPresent(line::setDefaultValueProvider);
            return line.execute(arguments);
        }
    }
}
