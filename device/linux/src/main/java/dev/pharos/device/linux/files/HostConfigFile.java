// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.files;

import static dev.pharos.device.firmware.files.Limits.CONFIG_BYTES;

import dev.pharos.device.firmware.files.ConfigFile;
import dev.pharos.device.linux.program.HostProgram;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One configuration file of this host. A program of the operator's looks at a new one before it is put in place, and
/// has it take effect after: it is run with `check FILE`, and with `reload`.
public final class HostConfigFile implements ConfigFile {
    private static final Logger LOG = LoggerFactory.getLogger(HostConfigFile.class);
    private static final FileAttribute<Set<PosixFilePermission>> FOR_OURSELVES =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final Optional<HostProgram> keeper;

    private HostConfigFile(Path file, Optional<HostProgram> keeper) {
        this.file = file;
        this.keeper = keeper;
    }

    /// @param file that is there, itself or by a link
    /// @param keeper the program; empty where nothing has to be told of a change
    /// @throws IOException where it is not there, or no plain file
    public static HostConfigFile of(Path file, Optional<Path> keeper) throws IOException {
        Path real = file.toRealPath();
        if (!Files.isRegularFile(real)) {
            throw new IOException(file + " is no plain file");
        }
        return new HostConfigFile(
                real, keeper.map(program -> new HostProgram(program, "the program of the configuration")));
    }

    @Override
    public String name() {
        return Objects.requireNonNull(file.getFileName()).toString();
    }

    @Override
    public String description() {
        return "The file " + file;
    }

    @Override
    public Optional<Instant> date() {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    @Override
    public Bytes content() throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(CONFIG_BYTES + 1);
            if (bytes.length > CONFIG_BYTES) {
                throw new IOException("the file is larger than " + CONFIG_BYTES + " bytes");
            }
            return Bytes.adopt(bytes);
        }
    }

    @Override
    public synchronized void restore(Bytes content) throws IOException, InterruptedException {
        Bytes before = content();
        Path beside = beside();
        try {
            write(beside, content);
            if (keeper.isPresent()) {
                HostProgram.Outcome _ = keeper.get()
                        .run(Limits.PROGRAM, "check", beside.toString())
                        .mustBeGood();
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
        boolean taken = false;
        try {
            reload();
            taken = true;
        } finally {
            if (!taken) {
                takeBack(before);
            }
        }
    }

    private void reload() throws InterruptedException {
        if (keeper.isPresent()) {
            HostProgram.Outcome _ = keeper.get().run(Limits.PROGRAM, "reload").mustBeGood();
        }
    }

    /// The former content is there again, whatever the program says of it.
    private void takeBack(Bytes before) throws InterruptedException {
        Path beside = beside();
        try {
            write(beside, before);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
            reload();
        } catch (IOException | UspException failed) {
            LOG.error("{} does not work as it was before: {}", file, failed.getMessage());
        }
    }

    private Path beside() {
        return file.resolveSibling("." + name() + ".restored");
    }

    /// On the disk when this returns, for the same people to read and write.
    private void write(Path beside, Bytes content) throws IOException {
        Files.deleteIfExists(beside);
        try (FileChannel channel = FileChannel.open(
                beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), FOR_OURSELVES)) {
            ByteBuffer rest = ByteBuffer.wrap(content.toByteArray());
            while (rest.hasRemaining()) {
                int _ = channel.write(rest);
            }
            PosixFileAttributes theirs = Files.readAttributes(file, PosixFileAttributes.class);
            PosixFileAttributeView view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
            PosixFileAttributes ours = view.readAttributes();
            if (!ours.group().equals(theirs.group())) {
                view.setGroup(theirs.group());
            }
            if (!ours.owner().equals(theirs.owner())) {
                view.setOwner(theirs.owner());
            }
            view.setPermissions(theirs.permissions());
            channel.force(true);
        }
    }
}
