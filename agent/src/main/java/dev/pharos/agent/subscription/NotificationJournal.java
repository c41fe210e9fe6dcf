// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.config.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.UspMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps notifications that still want an answer over the end of the process, in `notifications.journal`: one
/// line when one is added, one when it is done with, each with a checksum, so that a line cut off by a crash
/// is known as such. A line that was not written back to disk can at worst repeat a notification under its
/// old `msg_id`.
public final class NotificationJournal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotificationJournal.class);
    private static final String FILE = "notifications.journal";

    private final @Nullable Path file;
    private final Map<String, byte[]> live = new LinkedHashMap<>();
    private final List<Kept> loaded = new ArrayList<>();
    private @Nullable FileChannel channel;
    private long size;
    private boolean failing;

    private NotificationJournal(@Nullable Path file) {
        this.file = file;
    }

    /// A notification that was kept.
    record Kept(EndpointId controller, UspMessage message, NotifyRequest request, Duration expiration) {}

    /// @param directory empty to keep nothing
    public static NotificationJournal open(Optional<Path> directory) throws IOException {
        if (directory.isEmpty()) {
            return new NotificationJournal(null);
        }
        Files.createDirectories(directory.get());
        NotificationJournal journal = new NotificationJournal(directory.get().resolve(FILE));
        journal.load();
        return journal;
    }

    /// What the last process left, in order.
    synchronized List<Kept> takeLoaded() {
        List<Kept> result = List.copyOf(loaded);
        loaded.clear();
        return result;
    }

    /// Keeps these; returns after they are safe.
    synchronized void add(EndpointId controller, Collection<PendingNotification> notifications) {
        if (file == null || notifications.isEmpty()) {
            return;
        }
        ByteBuffer[] lines = new ByteBuffer[notifications.size()];
        int i = 0;
        for (PendingNotification notification : notifications) {
            String payload = Base64.getEncoder()
                    .encodeToString(MessageCodec.encode(notification.message()).toByteArray());
            byte[] line =
                    line("A " + controller + " " + notification.expiration().toSeconds() + " " + payload);
            live.put(key(controller, notification.id().value()), line);
            lines[i++] = ByteBuffer.wrap(line);
        }
        append(lines, true);
    }

    /// This one is done with: answered, expired or given up.
    synchronized void remove(EndpointId controller, PendingNotification notification) {
        if (file == null || live.remove(key(controller, notification.id().value())) == null) {
            return;
        }
        if (live.isEmpty() && size > Limits.NOTIFICATION_JOURNAL_BYTES / 16) {
            rewrite();
        } else {
            append(
                    new ByteBuffer[] {
                        ByteBuffer.wrap(
                                line("D " + controller + " " + notification.id().value()))
                    },
                    false);
            compactIfLarge();
        }
    }

    private static String key(EndpointId controller, String id) {
        return controller + " " + id;
    }

    /// Writes lines, or none of them. Where the disk does not take them, notifications go on without being
    /// kept, which is logged once.
    private void append(ByteBuffer[] lines, boolean force) {
        try {
            FileChannel open = open();
            long written = 0;
            try {
                for (ByteBuffer line : lines) {
                    while (line.hasRemaining()) {
                        written += open.write(line);
                    }
                }
                if (force) {
                    open.force(false);
                }
                size += written;
            } catch (IOException failed) {
                // Half a line would hide all that follow it.
                open.truncate(size);
                throw failed;
            }
        } catch (IOException failed) {
            if (!failing) {
                failing = true;
                LOG.error("notifications do not outlive this process, since {} cannot be written", file, failed);
            }
        }
    }

    private FileChannel open() throws IOException {
        FileChannel opened = channel;
        if (opened == null) {
            opened = openFile(requireFile(), StandardOpenOption.APPEND);
            channel = opened;
        }
        return opened;
    }

    private Path requireFile() {
        if (file == null) {
            throw new IllegalStateException("this journal keeps nothing");
        }
        return file;
    }

    private void compactIfLarge() {
        long needed = live.values().stream().mapToLong(line -> line.length).sum();
        if (size > Limits.NOTIFICATION_JOURNAL_BYTES && size > 2 * needed) {
            rewrite();
        }
    }

    /// Puts a file with what is still needed in place of the old one; where that fails, the old one stays.
    private void rewrite() {
        Path target = requireFile();
        Path fresh = target.resolveSibling(FILE + ".new");
        try {
            long written = 0;
            try (FileChannel out = openFile(fresh, StandardOpenOption.TRUNCATE_EXISTING)) {
                for (byte[] line : live.values()) {
                    ByteBuffer buffer = ByteBuffer.wrap(line);
                    while (buffer.hasRemaining()) {
                        written += out.write(buffer);
                    }
                }
                out.force(true);
            }
            close();
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            size = written;
        } catch (IOException failed) {
            LOG.warn("{} could not be compacted: {}", target, failed.getMessage());
        }
    }

    /// Readable by its owner only, since values may be secret.
    private static FileChannel openFile(Path path, StandardOpenOption how) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        path,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(path, options);
    }

    private void load() throws IOException {
        Path source = requireFile();
        if (!Files.exists(source)) {
            return;
        }
        Map<String, Kept> kept = new LinkedHashMap<>();
        byte[] content = Files.readAllBytes(source);
        size = content.length;
        int start = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (end == content.length || !read(content, start, end, kept)) {
                LOG.warn(
                        "{}: {} bytes at its end were not completely written and are left out",
                        source,
                        content.length - start);
                break;
            }
            start = end + 1;
        }
        loaded.addAll(kept.values());
        rewrite();
    }

    /// @return whether the line is whole
    private boolean read(byte[] content, int start, int end, Map<String, Kept> kept) {
        String line = new String(content, start, end - start, StandardCharsets.UTF_8);
        String[] words = line.split(" ", -1);
        if (words.length < 4 || !line.startsWith(checksum(line.substring(9)) + " ")) {
            return false;
        }
        try {
            EndpointId controller = EndpointId.parse(words[2]);
            if (words[1].equals("D")) {
                kept.remove(key(controller, words[3]));
                live.remove(key(controller, words[3]));
                return true;
            }
            UspMessage message =
                    MessageCodec.decode(Bytes.adopt(Base64.getDecoder().decode(words[4])));
            if (message.body() instanceof NotifyRequest request) {
                String key = key(controller, message.id().value());
                kept.put(key, new Kept(controller, message, request, Duration.ofSeconds(Long.parseLong(words[3]))));
                live.put(key, Arrays.copyOfRange(content, start, end + 1));
            }
            return true;
        } catch (MalformedInputException | IllegalArgumentException broken) {
            return false;
        }
    }

    private static byte[] line(String text) {
        return (checksum(text) + " " + text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    @Override
    public synchronized void close() throws IOException {
        FileChannel opened = channel;
        channel = null;
        if (opened != null) {
            opened.close();
        }
    }
}
