// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The file of an image on its way to the device. It stays where the power fails, with a note of which image it is, so
/// that the next download of the same image goes on with it; an image of which no check sum is known is never gone on
/// with, since nothing would tell that its halves fit. Used by one download at a time.
public final class PartFile implements ImageSink, AutoCloseable {
    /// No tag holds it.
    private static final String NOT_BEGUN = "\n";

    private final Path file;
    private final Path note;
    private final Optional<CheckSum> sum;
    private final FileChannel channel;
    private final String tag;

    private PartFile(Path file, Optional<CheckSum> sum, FileChannel channel, String tag) {
        this.file = file;
        this.note = note(file);
        this.sum = sum;
        this.channel = channel;
        this.tag = tag;
    }

    /// Opens it, empty or with what is there of this image already.
    ///
    /// @throws dev.pharos.usp.UspException 7022 where there is no room for it
    public static PartFile open(Path file, ImageOrder order) throws IOException {
        Files.createDirectories(folder(file));
        String tag = tagThen(file, order.checkSum());
        boolean begun = !tag.equals(NOT_BEGUN);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!begun) {
                channel.truncate(0);
            }
            channel.position(channel.size());
            long missing = Math.max(0, order.fileSize() - channel.size());
            if (Files.getFileStore(file).getUsableSpace() < missing + Limits.ROOM_LEFT) {
                throw FileProblem.NO_ROOM.because("there is no room for the file: " + missing + " bytes");
            }
            return new PartFile(file, order.checkSum(), channel, begun ? tag : "");
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    /// @return how the server called what is there; [#NOT_BEGUN] where that is nothing of this image
    private static String tagThen(Path file, Optional<CheckSum> sum) throws IOException {
        if (sum.isEmpty() || !Files.isRegularFile(file) || !Files.isRegularFile(note(file))) {
            return NOT_BEGUN;
        }
        String[] lines = Files.readString(note(file)).split("\n", -1);
        return lines.length > 1 && lines[0].equals(words(sum.get())) ? lines[1] : NOT_BEGUN;
    }

    private static String words(CheckSum sum) {
        return sum.algorithm().text() + " " + sum.value().toHex();
    }

    private static Path note(Path file) {
        return file.resolveSibling(file.getFileName() + ".note");
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("/") : folder;
    }

    /// How many bytes of the image are there.
    public long size() throws IOException {
        return channel.size();
    }

    /// A download that goes on with what is there.
    public ImageFetch fetching(ImageOrder order, ServerTrust trust, Patience patience) throws IOException {
        ImageFetch fetch = new ImageFetch(order, this, trust, patience);
        if (channel.size() == 0) {
            return fetch;
        }
        try (InputStream begun = Files.newInputStream(file)) {
            return fetch.goingOnAfter(begun, tag);
        }
    }

    @Override
    public void restart() throws IOException {
        channel.truncate(0);
        Files.deleteIfExists(note);
    }

    @Override
    public void identified(String tagNow) throws IOException {
        if (sum.isPresent()) {
            Files.writeString(note, words(sum.get()) + "\n" + tagNow + "\n");
        }
    }

    @Override
    public void write(byte[] bytes, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        while (buffer.hasRemaining()) {
            int _ = channel.write(buffer);
        }
    }

    /// Returns when all of it is on the disk.
    public void force() throws IOException {
        channel.force(true);
    }

    /// Nothing is left of it.
    public void delete() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
        Files.deleteIfExists(note);
    }

    /// Leaves what is there to the next download.
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
