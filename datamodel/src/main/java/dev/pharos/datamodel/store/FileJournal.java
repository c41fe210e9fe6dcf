// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.store;

import dev.pharos.datamodel.Limits;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ChangeJournal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A journal in one file that survives kill -9 and loss of power: every append is on the disk before it
/// returns, what an interrupted append left at the end is cut off at the next start, and a compacted file
/// takes the place of the old one in a single step. The file is readable by its owner only, since it holds
/// passwords. Thread-safe; one process at a time, which a lock file beside it ensures.
public final class FileJournal implements ChangeJournal {
    private static final Logger LOG = System.getLogger(FileJournal.class.getName());
    private static final byte[] HEADER = "PHAROSJ1".getBytes(StandardCharsets.US_ASCII);
    /// Changes that compaction puts in one record, far below the limit of a record.
    private static final int CHANGES_PER_RECORD = 256;

    private final Path file;
    private final FileChannel lockChannel;
    private FileChannel channel;
    private long compactBytes;
    private boolean broken;

    private FileJournal(Path file, FileChannel lockChannel, FileChannel channel) {
        this.file = file;
        this.lockChannel = lockChannel;
        this.channel = channel;
    }

    /// Opens a journal, or begins one. Folders must be there.
    ///
    /// @throws IOException where the file cannot be used; its text says what to do
    public static FileJournal open(Path file) throws IOException {
        Path absolute = file.toAbsolutePath();
        FileChannel lockChannel = openFile(sibling(absolute, ".lock"));
        try {
            lock(lockChannel, absolute);
            Files.deleteIfExists(sibling(absolute, ".new"));
            FileChannel channel = openFile(absolute);
            return new FileJournal(absolute, lockChannel, channel);
        } catch (IOException | RuntimeException failed) {
            lockChannel.close();
            throw failed;
        }
    }

    private static void lock(FileChannel lockChannel, Path file) throws IOException {
        FileLock lock;
        try {
            lock = lockChannel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            throw new IOException("the journal is in use by this process already: " + file, sameProcess);
        }
        if (lock == null) {
            throw new IOException("the journal is in use by another process, end that first: " + file);
        }
    }

    private static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    private static FileChannel openFile(Path path) throws IOException {
        Set<StandardOpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        path,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(path, options);
    }

    @Override
    public synchronized List<Change> load() throws IOException {
        ByteBuffer content = read();
        int end = HEADER.length;
        if (content.limit() < HEADER.length && isStartOfHeader(content)) {
            writeHeader();
        } else if (!isStartOfHeader(content)) {
            throw new IOException("not a journal of Pharos: " + file
                    + "; move the file away to begin with factory settings, or give another place for state");
        } else {
            List<Change> changes = new ArrayList<>();
            for (var record = ChangeFrame.at(content, end); record.isPresent(); record = ChangeFrame.at(content, end)) {
                int length = record.get().remaining();
                changes.addAll(ChangeFrame.decode(record.get()));
                end += ChangeFrame.HEADER_BYTES + length;
            }
            if (end < content.limit()) {
                mustBeTornTail(content, end);
                channel.truncate(end);
                channel.force(true);
            }
            channel.position(end);
            List<Change> compact = CompactChanges.of(changes);
            if (compact.size() < changes.size()) {
                shorten(compact);
            }
            compactBytes = channel.size();
            return compact;
        }
        compactBytes = channel.size();
        return List.of();
    }

    private ByteBuffer read() throws IOException {
        if (channel.size() > Integer.MAX_VALUE - 16) {
            throw new IOException("larger than a journal can be: " + file + "; move the file away");
        }
        ByteBuffer content = ByteBuffer.allocate((int) channel.size());
        channel.position(0);
        while (content.hasRemaining() && channel.read(content) >= 0) {
            // until all of it is there
        }
        return content.flip();
    }

    private static boolean isStartOfHeader(ByteBuffer content) {
        for (int i = 0; i < Math.min(HEADER.length, content.limit()); i++) {
            if (content.get(i) != HEADER[i]) {
                return false;
            }
        }
        return true;
    }

    private void writeHeader() throws IOException {
        channel.truncate(0);
        channel.position(0);
        write(channel, ByteBuffer.wrap(HEADER));
        channel.force(true);
        forceFolder();
    }

    /// An interrupted append leaves rubbish at the end only. Rubbish with whole records after it is damage:
    /// what was acknowledged would be lost without a word.
    private void mustBeTornTail(ByteBuffer content, int end) throws IOException {
        for (int offset = end + 1; offset <= content.limit() - ChangeFrame.HEADER_BYTES; offset++) {
            if (ChangeFrame.at(content, offset).isPresent()) {
                throw new IOException("the journal is damaged at byte " + end + " but goes on at byte " + offset + ": "
                        + file + "; restore it from a backup, or move the file away to begin with factory settings");
            }
        }
    }

    @Override
    public synchronized void append(List<Change> changes) throws IOException {
        if (broken) {
            throw new IOException("an earlier failure left the journal in an unknown state, restart: " + file);
        }
        long start = channel.position();
        if (start < HEADER.length) {
            throw new IllegalStateException("a journal is loaded before it is appended to");
        }
        ByteBuffer record = ChangeFrame.encode(changes);
        try {
            write(channel, record);
            channel.force(false);
        } catch (IOException failed) {
            takeBack(start, failed);
            throw failed;
        }
        long end = channel.position();
        if (end > 2 * compactBytes && end - compactBytes > Limits.JOURNAL_COMPACTION_BYTES) {
            try {
                load();
            } catch (IOException failed) {
                // what was appended is safe all the same
                LOG.log(Level.WARNING, "the journal could not be read again to shorten it: " + file, failed);
                compactBytes = end;
            }
        }
    }

    /// Without this the next record would follow half of this one.
    private void takeBack(long start, IOException failed) {
        try {
            channel.truncate(start);
            channel.position(start);
            channel.force(true);
        } catch (IOException again) {
            broken = true;
            failed.addSuppressed(again);
        }
    }

    /// A full disk has no room for a shorter file beside this one: then it stays as it is until the next try.
    private void shorten(List<Change> changes) {
        try {
            compact(changes);
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "the journal could not be shortened, and grows: " + file, failed);
        }
    }

    private void compact(List<Change> changes) throws IOException {
        Path fresh = sibling(file, ".new");
        FileChannel target = openFile(fresh);
        try {
            target.truncate(0);
            write(target, ByteBuffer.wrap(HEADER));
            for (int i = 0; i < changes.size(); i += CHANGES_PER_RECORD) {
                write(target, ChangeFrame.encode(changes.subList(i, Math.min(changes.size(), i + CHANGES_PER_RECORD))));
            }
            target.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException failed) {
            target.close();
            Files.deleteIfExists(fresh);
            throw failed;
        }
        FileChannel old = channel;
        channel = target;
        old.close();
        forceFolder();
    }

    private static void write(FileChannel target, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            target.write(bytes);
        }
    }

    /// Makes the name of the file safe, not only its content.
    private void forceFolder() throws IOException {
        Path folder = file.getParent();
        if (folder != null
                && folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
                directory.force(true);
            }
        }
    }

    @Override
    public synchronized void close() throws IOException {
        try (lockChannel) {
            channel.close();
        }
    }
}
