// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import dev.pharos.cli.command.AddCommand;
import dev.pharos.cli.command.AgentCommand;
import dev.pharos.cli.command.AlarmsCommand;
import dev.pharos.cli.command.ApplyCommand;
import dev.pharos.cli.command.ApprovalsCommand;
import dev.pharos.cli.command.AuditCommand;
import dev.pharos.cli.command.BackupCommand;
import dev.pharos.cli.command.BootstrapsCommand;
import dev.pharos.cli.command.BulkCommand;
import dev.pharos.cli.command.CampaignCommand;
import dev.pharos.cli.command.DeleteCommand;
import dev.pharos.cli.command.DemoCommand;
import dev.pharos.cli.command.DevicesCommand;
import dev.pharos.cli.command.DiagnoseCommand;
import dev.pharos.cli.command.DialCommand;
import dev.pharos.cli.command.DiscoverCommand;
import dev.pharos.cli.command.FilesCommand;
import dev.pharos.cli.command.FirmwareCommand;
import dev.pharos.cli.command.FleetCommand;
import dev.pharos.cli.command.GetCommand;
import dev.pharos.cli.command.GroupsCommand;
import dev.pharos.cli.command.ImportCommand;
import dev.pharos.cli.command.InstancesCommand;
import dev.pharos.cli.command.JobsCommand;
import dev.pharos.cli.command.KindsCommand;
import dev.pharos.cli.command.LabelCommand;
import dev.pharos.cli.command.MigrateCommand;
import dev.pharos.cli.command.ModulesCommand;
import dev.pharos.cli.command.OperateCommand;
import dev.pharos.cli.command.PkiCommand;
import dev.pharos.cli.command.PlanCommand;
import dev.pharos.cli.command.ProofCommand;
import dev.pharos.cli.command.ProtocolsCommand;
import dev.pharos.cli.command.ProxyCommand;
import dev.pharos.cli.command.SchemaCommand;
import dev.pharos.cli.command.SeriesCommand;
import dev.pharos.cli.command.SetCommand;
import dev.pharos.cli.command.StatusCommand;
import dev.pharos.cli.command.SubscriptionsCommand;
import dev.pharos.cli.command.SwapCommand;
import dev.pharos.cli.command.TenantsCommand;
import dev.pharos.cli.command.TokensCommand;
import dev.pharos.cli.command.UsersCommand;
import dev.pharos.cli.command.WatchCommand;
import dev.pharos.cli.command.WebhooksCommand;
import dev.pharos.cli.command.WireCommand;
import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `pharos` command. Exit status: 0 done, 1 the device or server said no, 2 wrong usage, 3 unreachable or
/// timed out.
@Command(
        name = "pharos",
        description = "The TR-369 (USP) platform.",
        subcommands = {
            DevicesCommand.class,
            GroupsCommand.class,
            JobsCommand.class,
            CampaignCommand.class,
            PlanCommand.class,
            ApplyCommand.class,
            SwapCommand.class,
            FirmwareCommand.class,
            BootstrapsCommand.class,
            TenantsCommand.class,
            UsersCommand.class,
            TokensCommand.class,
            ApprovalsCommand.class,
            AuditCommand.class,
            BackupCommand.class,
            StatusCommand.class,
            DialCommand.class,
            MigrateCommand.class,
            ProofCommand.class,
            KindsCommand.class,
            ImportCommand.class,
            GetCommand.class,
            SetCommand.class,
            AddCommand.class,
            DeleteCommand.class,
            OperateCommand.class,
            DiagnoseCommand.class,
            FilesCommand.class,
            ModulesCommand.class,
            BulkCommand.class,
            InstancesCommand.class,
            SubscriptionsCommand.class,
            SchemaCommand.class,
            ProtocolsCommand.class,
            WatchCommand.class,
            AlarmsCommand.class,
            SeriesCommand.class,
            WebhooksCommand.class,
            WireCommand.class,
            AgentCommand.class,
            DiscoverCommand.class,
            FleetCommand.class,
            ProxyCommand.class,
            DemoCommand.class,
            PkiCommand.class,
            LabelCommand.class,
            Pharos.Completion.class
        })
public final class Pharos {
    private Pharos() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.exit(run(arguments));
    }

    /// Runs one command line and returns its exit status.
    public static int run(String... arguments) {
        return run(arguments.length == 0 ? commandLine() : commandLine(arguments[0]), arguments);
    }

    /// As [#run(String\[\])], with what it says going there.
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = arguments.length == 0 ? commandLine() : commandLine(arguments[0]);
        return run(line.setOut(out).setErr(err), arguments);
    }

    private static int run(CommandLine line, String... arguments) {
        CommandLine agent = line.getSubcommands().get("agent");
        List<String> words = List.of(arguments);
        if (agent != null && words.indexOf("agent") == 0) {
            OptionFile.within(words).ifPresent(agent::setDefaultValueProvider);
        }
        return line.execute(arguments);
    }

    static CommandLine commandLine() {
        return prepared(new CommandLine(new Pharos()));
    }

    /// With one verb alone, where it is one that asks a server: to describe all of them takes as long as the answer.
    static CommandLine commandLine(String verb) {
        Optional<Class<?>> asked = asking(verb);
        return asked.isEmpty() ? commandLine() : prepared(new CommandLine(new One()).addSubcommand(asked.get()));
    }

    private static Optional<Class<?>> asking(String verb) {
        return Optional.ofNullable(
                switch (verb) {
                    case "devices" -> DevicesCommand.class;
                    case "groups" -> GroupsCommand.class;
                    case "jobs" -> JobsCommand.class;
                    case "campaign" -> CampaignCommand.class;
                    case "plan" -> PlanCommand.class;
                    case "apply" -> ApplyCommand.class;
                    case "swap" -> SwapCommand.class;
                    case "firmware" -> FirmwareCommand.class;
                    case "bootstraps" -> BootstrapsCommand.class;
                    case "approvals" -> ApprovalsCommand.class;
                    case "status" -> StatusCommand.class;
                    case "dial" -> DialCommand.class;
                    case "migrate" -> MigrateCommand.class;
                    case "kinds" -> KindsCommand.class;
                    case "proof" -> ProofCommand.class;
                    case "import" -> ImportCommand.class;
                    case "get" -> GetCommand.class;
                    case "set" -> SetCommand.class;
                    case "add" -> AddCommand.class;
                    case "delete" -> DeleteCommand.class;
                    case "operate" -> OperateCommand.class;
                    case "diagnose" -> DiagnoseCommand.class;
                    case "files" -> FilesCommand.class;
                    case "modules" -> ModulesCommand.class;
                    case "bulk" -> BulkCommand.class;
                    case "instances" -> InstancesCommand.class;
                    case "subscriptions" -> SubscriptionsCommand.class;
                    case "schema" -> SchemaCommand.class;
                    case "protocols" -> ProtocolsCommand.class;
                    case "watch" -> WatchCommand.class;
                    case "alarms" -> AlarmsCommand.class;
                    case "series" -> SeriesCommand.class;
                    case "webhooks" -> WebhooksCommand.class;
                    case "wire" -> WireCommand.class;
                    default -> null;
                });
    }

    /// As [Pharos], with only what is added to it.
    @Command(name = "pharos")
    private static final class One {}

    /// With our way to show help and errors.
    static CommandLine prepared(CommandLine line) {
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                Terminal.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setExecutionExceptionHandler(Pharos::report);
        line.setParameterExceptionHandler(Pharos::wrongUsage);
        return line;
    }

    private static int wrongUsage(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("pharos: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        return pointToHelp(line);
    }

    private static int pointToHelp(CommandLine line) {
        line.getErr().println("See: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE;
    }

    private static int report(Exception failure, CommandLine line, CommandLine.ParseResult result) {
        PrintWriter err = line.getErr();
        return switch (failure) {
            case DeniedException denied -> {
                denied.lines().forEach(err::println);
                yield ExitStatus.DENIED;
            }
            case WrongUsageException wrong -> {
                err.println("pharos: " + wrong.getMessage());
                yield pointToHelp(line);
            }
            case UnreachableException unreachable -> {
                err.println("pharos: " + unreachable.getMessage());
                yield ExitStatus.UNREACHABLE;
            }
            default -> {
                err.println("pharos: " + failure.getClass().getSimpleName() + ": " + failure.getMessage()
                        + " (this is a defect; PHAROS_DEBUG=1 shows where)");
                if (System.getenv("PHAROS_DEBUG") != null) {
                    failure.printStackTrace(err);
                }
                yield ExitStatus.DENIED;
            }
        };
    }

    /// Prints a completion script for bash and zsh.
    @Command(
            name = "completion",
            description = "Prints a completion script for bash and zsh: source <(./pharos completion)",
            mixinStandardHelpOptions = true)
    static final class Completion implements Runnable {
        @CommandLine.Spec
        private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

        @Override
        public void run() {
            spec.commandLine()
                    .getOut()
                    .print(AutoComplete.bash("pharos", spec.parent().commandLine()));
            spec.commandLine().getOut().flush();
        }
    }
}
