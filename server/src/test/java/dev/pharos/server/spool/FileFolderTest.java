// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pharos.server.spool.FileFolder.NoRoomException;
import dev.pharos.server.spool.FileFolder.Received;
import dev.pharos.server.spool.FileFolder.TooLargeException;
import dev.pharos.usp.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileFolderTest {
    private static final long MOST = 512L << 20;

    @TempDir
    Path folder;

    private static InputStream bytes(int size) {
        return new ByteArrayInputStream(new byte[size]);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    @Test
    void an_image_is_kept_whole_with_its_sha_256() throws IOException {
        Received received = FileFolder.in(folder, ".image", MOST)
                .receive(new ByteArrayInputStream("abc".getBytes(StandardCharsets.US_ASCII)), -1);
        assertThat(received.size()).isEqualTo(3);
        assertThat(received.sha256())
                .isEqualTo(Bytes.ofHex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assertThat(count(folder)).isEqualTo(1);
    }

    @Test
    void what_breaks_off_or_is_too_large_leaves_nothing() throws IOException {
        FileFolder files = FileFolder.in(folder, ".image", MOST);
        assertThatThrownBy(() -> files.receive(bytes(10), 11)).hasMessageContaining("10 of 11");
        assertThatThrownBy(() -> files.receive(bytes(10), MOST + 1)).isInstanceOf(TooLargeException.class);
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                throw new IOException("the peer left");
            }
        };
        assertThatThrownBy(() -> files.receive(endless, -1)).hasMessageContaining("the peer left");
        assertThat(count(folder)).isZero();
    }

    @Test
    void a_start_removes_what_an_upload_left_and_files_that_nobody_knows() throws IOException {
        FileFolder files = FileFolder.in(folder, ".image", MOST);
        Received known = files.receive(bytes(5), -1);
        files.receive(bytes(6), -1);
        Files.write(folder.resolve("half.part"), new byte[3]);
        FileFolder again = FileFolder.in(folder, ".image", MOST);
        again.keepOnly(Set.of(known.file()));
        assertThat(count(folder)).isEqualTo(1);
        again.open(known.file()).close();
    }

    /// On a file system of its own, where this user may make one.
    @Test
    void a_full_disk_is_said_and_leaves_nothing() throws Exception {
        assertThatThrownBy(() -> FileFolder.in(folder, ".image", MOST).receive(bytes(10), Long.MAX_VALUE))
                .isInstanceOf(TooLargeException.class);
        Path small = Files.createDirectory(folder.resolve("small"));
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=65m", "tmpfs", small.toString());
        assumeTrue(mounted, "mounting a small file system needs root");
        try {
            FileFolder files = FileFolder.in(small, ".image", MOST);
            assertThatThrownBy(() -> files.receive(bytes(1), 10 << 20)).isInstanceOf(NoRoomException.class);
            InputStream more = new InputStream() {
                @Override
                public int read() {
                    return 1;
                }

                @Override
                public int read(byte[] into, int from, int most) {
                    return most;
                }
            };
            assertThatThrownBy(() -> files.receive(more, -1))
                    .isInstanceOf(NoRoomException.class)
                    .hasMessageContaining("does not take it");
            assertThat(count(small)).isZero();
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
