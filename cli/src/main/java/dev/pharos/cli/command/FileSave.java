// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.Terminal;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// Writes a file that the server keeps into one here, which only its owner may read: whole, or not at all.
final class FileSave {
    private FileSave() {}

    /// @param source its path in the REST interface
    /// @return its bytes
    /// @throws WrongUsageException where nothing may be written there
    static long save(RestClient client, String source, Path target) throws DeniedException, UnreachableException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            long size = fetch(client, source, part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return size;
        } catch (AccessDeniedException denied) {
            throw new WrongUsageException("cannot write " + part);
        } catch (IOException failed) {
            throw new DeniedException(List.of("pharos: " + target + " was not written: " + failed.getMessage()));
        } finally {
            remove(part);
        }
    }

    private static long fetch(RestClient client, String source, Path part)
            throws IOException, DeniedException, UnreachableException {
        try (FileChannel channel = PrivateFile.fresh(part)) {
            OutputStream to = Channels.newOutputStream(channel);
            client.download(source, to, _ -> {});
            channel.force(true);
            return channel.size();
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            System.err.println(
                    "pharos: " + part + " could not be removed: " + Terminal.safe(String.valueOf(stays.getMessage())));
        }
    }
}
