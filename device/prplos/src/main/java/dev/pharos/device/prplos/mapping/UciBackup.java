// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.firmware.files.ConfigFile;
import dev.pharos.device.firmware.files.Limits;
import dev.pharos.device.prplos.uci.UciArchive;
import dev.pharos.device.prplos.uci.UciStore;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The whole configuration of a gateway in one archive. Each of its files is put in place whole, and where the power
/// fails between two of them, the rest follows at the next start: the archive is kept until all are there. Packages
/// that are not in it stay as they are.
public final class UciBackup implements ConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger(UciBackup.class);
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OURSELVES =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final UciStore store;
    private final MappedElement element;
    private final Path begun;

    /// @param element that shows the same configuration
    /// @param begun where an archive is kept while it is put in place; its folder is there
    public UciBackup(UciStore store, MappedElement element, Path begun) {
        this.store = store;
        this.element = element;
        this.begun = begun;
    }

    @Override
    public String name() {
        return "config.tar.gz";
    }

    @Override
    public String description() {
        return "The configuration files of the gateway (UCI), as sysupgrade takes them back";
    }

    @Override
    public Optional<Instant> date() {
        return Optional.empty();
    }

    @Override
    public Bytes content() throws IOException {
        Map<String, Bytes> files = new TreeMap<>();
        long size = 0;
        for (String name : store.names()) {
            Bytes file = store.file(name);
            size += file.size();
            if (size > Limits.CONFIG_BYTES) {
                throw new IOException("the configuration is larger than " + Limits.CONFIG_BYTES + " bytes");
            }
            files.put(name, file);
        }
        return UciArchive.of(files);
    }

    @Override
    public synchronized void restore(Bytes content) throws IOException {
        Map<String, Bytes> files = read(content);
        keep(content);
        try {
            element.replace(files, true);
        } catch (UspException refused) {
            throw failure("the gateway does not take it: " + refused.fault().errMsg());
        } finally {
            Files.deleteIfExists(begun);
        }
    }

    @Override
    public synchronized void resume() {
        if (Files.notExists(begun)) {
            return;
        }
        try {
            element.replace(read(Bytes.adopt(Files.readAllBytes(begun))), false);
            LOG.info("a configuration that was being restored when the agent ended is in place");
        } catch (IOException | UspException failed) {
            LOG.error("a configuration that was being restored is not whole: {}", failed.getMessage());
        }
        try {
            Files.deleteIfExists(begun);
        } catch (IOException stays) {
            LOG.warn("{} cannot be deleted: {}", begun, stays.getMessage());
        }
    }

    private static Map<String, Bytes> read(Bytes content) {
        try {
            return UciArchive.read(content, Limits.CONFIG_BYTES);
        } catch (UciArchive.RefusedException refused) {
            throw failure("it is no configuration of this gateway: " + refused.getMessage());
        }
    }

    private void keep(Bytes content) throws IOException {
        Path part = begun.resolveSibling(begun.getFileName() + ".part");
        Files.deleteIfExists(part);
        try (FileChannel channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FOR_OURSELVES)) {
            ByteBuffer rest = ByteBuffer.wrap(content.toByteArray());
            while (rest.hasRemaining()) {
                int _ = channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(part, begun, StandardCopyOption.ATOMIC_MOVE);
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
