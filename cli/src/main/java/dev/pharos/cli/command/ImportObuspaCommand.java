// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.settings.ObuspaImport;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `pharos import obuspa`: the settings of another agent, as `/etc/config/usp`.
@Command(
        name = "obuspa",
        description = {
            "Says who manages an agent of obuspa, and how it is reached, in a file for /etc/config/usp,",
            "and what of its settings is not taken over. Needs no server; nothing is changed."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos import obuspa --from /etc/config/obuspa -o /etc/config/usp      as on iopsysWRT",
            "  pharos import obuspa --from /etc/config/obuspa_param_reset.txt         as on prplOS",
            "",
            "What is taken over, and how: docs/prplos.md."
        })
public final class ImportObuspaCommand implements Callable<Integer> {
    /// Reset files have some hundred lines.
    private static final int FILE_BYTES = 1 << 20;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = "Its settings in UCI, or a reset file.")
    private Path from = Path.of("");

    @Option(
            names = "-o",
            paramLabel = "FILE",
            description = "Where the settings are written, which must not be there; without it they are shown.")
    private @Nullable Path target;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ObuspaImport.Outcome outcome = outcome();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path file = target;
        if (file == null) {
            out.print(outcome.settings());
            out.flush();
        } else {
            if (Files.exists(file)) {
                throw new WrongUsageException("-o: " + file + " is there already; nothing was written");
            }
            try {
                // it may hold passwords
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, outcome.settings());
            } catch (IOException failed) {
                err.println("pharos: " + file + " could not be written: " + failed.getMessage());
                return ExitStatus.DENIED;
            }
        }
        err.println(
                outcome.controllers() + " taken over as controllers" + (file == null ? "" : ", written to " + file));
        outcome.remarks().forEach(remark -> err.println("  " + Terminal.safe(remark)));
        err.flush();
        return 0;
    }

    private ObuspaImport.Outcome outcome() {
        try (InputStream in = Files.newInputStream(from)) {
            byte[] bytes = in.readNBytes(FILE_BYTES + 1);
            if (bytes.length > FILE_BYTES) {
                throw new WrongUsageException("--from: larger than " + FILE_BYTES + " bytes: " + from);
            }
            return ObuspaImport.of(bytes);
        } catch (IOException unreadable) {
            throw new WrongUsageException("--from: cannot read " + from);
        } catch (MalformedInputException malformed) {
            throw new WrongUsageException("--from: " + from + ": " + malformed.detail());
        }
    }
}
