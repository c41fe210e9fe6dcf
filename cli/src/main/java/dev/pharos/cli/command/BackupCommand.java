// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.ExitStatus;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pharos backup`: everything that the server keeps, in one file.
@Command(
        name = "backup",
        description =
                "Writes everything that the server keeps into one file, as of now, while it goes on. The file holds"
                        + " secrets, and only you may read it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pharos backup                            pharos-<date>.zip",
            "  pharos backup /srv/backups/pharos.zip --force",
            "",
            "Back again: pharos restore FILE. More: docs/backup.md."
        })
public final class BackupCommand extends ServerCommand implements Callable<Integer> {
    private static final long MIB = 1 << 20;

    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE", description = "Where (default: pharos-<date>.zip).")
    private @Nullable Path file;

    @Option(names = "--force", description = "Replace a file that is there, once the new one is whole.")
    private boolean force;

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        Path target = file == null ? Path.of("pharos-" + LocalDate.now(ZoneOffset.UTC) + ".zip") : file;
        if (Files.exists(target) && !force) {
            throw new WrongUsageException(target + " is there already: name another file, or say --force");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        long size;
        try {
            size = fetch(part);
            check(part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AccessDeniedException denied) {
            throw new WrongUsageException("cannot write " + part);
        } catch (IOException failed) {
            remove(part);
            err().println("pharos: no backup was made: " + failed.getMessage());
            return ExitStatus.DENIED;
        } catch (DeniedException | UnreachableException failed) {
            remove(part);
            throw failed;
        }
        PrintWriter out = out();
        out.println(
                json()
                        ? Json.text(Json.object().put("file", target.toString()).put("bytes", size))
                        : String.format(Locale.ROOT, "%s, %,d bytes", target, size));
        out.flush();
        return 0;
    }

    private long fetch(Path part) throws IOException, DeniedException, UnreachableException {
        boolean progress = Terminal.interactive() && !json();
        try (FileChannel channel = PrivateFile.fresh(part)) {
            OutputStream out = Channels.newOutputStream(channel);
            client().download("/backup", out, bytes -> {
                if (progress) {
                    System.err.printf(Locale.ROOT, "\r%,d MiB", bytes / MIB);
                }
            });
            channel.force(true);
            return channel.size();
        } finally {
            if (progress) {
                System.err.print("\r\033[K");
            }
        }
    }

    /// A file that broke off has no end.
    private static void check(Path part) throws IOException {
        try (ZipFile zip = new ZipFile(part.toFile())) {
            if (zip.getEntry("manifest.json") == null) {
                throw new IOException("what the server sent is no whole backup");
            }
        } catch (ZipException broken) {
            throw new IOException("what the server sent broke off: " + broken.getMessage(), broken);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            System.err.println("pharos: " + part + " could not be removed: " + stays.getMessage());
        }
    }
}
