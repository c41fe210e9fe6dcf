// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Uploads to a real server that cuts, stalls and refuses.
final class FileUploadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Patience SHORT = new Patience(Duration.ofMillis(400), 3, Duration.ofMillis(10));

    /// More than the buffers between two sockets hold, so that a server that does not read is noticed by the sender.
    private static final byte[] LARGE = new byte[24 << 20];

    static {
        new Random(3).nextBytes(LARGE);
    }

    @TempDir
    Path folder;

    private static void send(URI url, Optional<ImageOrder.Login> login, Outgoing file) throws InterruptedException {
        ImageOrder order = new ImageOrder(url, login, 0, Optional.empty(), false);
        new FileUpload(order, ServerTrust.OF_THE_RUNTIME, SHORT).send(file);
    }

    private static void send(URI url, byte[] file) throws InterruptedException {
        send(url, Optional.empty(), Outgoing.of(Bytes.adopt(file)));
    }

    @Test
    void a_file_arrives_as_it_is_and_the_login_is_shown_only_where_it_is_asked_for() throws Exception {
        try (FileServer server =
                FileServer.of(new byte[0]).will(new Mood.Refusing(401, "WWW-Authenticate", "Basic realm=\"files\""))) {
            byte[] file = "how it is set".getBytes(StandardCharsets.UTF_8);
            send(server.url("a"), Optional.of(new ImageOrder.Login("me", "secret")), Outgoing.of(Bytes.adopt(file)));
            send(server.url("b"), file);

            assertThat(server.puts()).extracting(FileServer.Put::path).containsExactly("/a", "/b");
            assertThat(server.puts().getFirst().content()).isEqualTo(Bytes.copyOf(file));
            assertThat(server.puts().getFirst().login())
                    .isEqualTo("Basic "
                            + Base64.getEncoder().encodeToString("me:secret".getBytes(StandardCharsets.UTF_8)));
            assertThat(server.puts().getLast().login()).isEmpty();
        }
    }

    @Test
    void a_file_is_put_with_a_digest_where_the_server_takes_that() throws Exception {
        try (FileServer server = FileServer.of(new byte[0])) {
            server.asksFor("me", "secret");
            send(
                    server.url("a"),
                    Optional.of(new ImageOrder.Login("me", "secret")),
                    Outgoing.of(Bytes.adopt("how it is set".getBytes(StandardCharsets.UTF_8))));
            assertThat(server.puts())
                    .singleElement()
                    .satisfies(
                            put -> assertThat(put.login()).startsWith("Digest ").doesNotContain("secret"));
        }
    }

    @Test
    void an_upload_that_is_cut_or_put_off_is_sent_again_from_its_first_byte() throws Exception {
        try (FileServer server =
                FileServer.of(new byte[0]).will(new Mood.Cutting(1_000_000), new Mood.Refusing(503, "", ""))) {
            send(server.url("x"), LARGE);
            assertThat(server.puts()).hasSize(1);
            assertThat(server.puts().getFirst().content()).isEqualTo(Bytes.copyOf(LARGE));
        }
    }

    @Test
    void a_server_that_reads_no_further_is_left_and_one_that_never_does_is_given_up() throws Exception {
        Mood stalling = new Mood.Stalling(1_000_000);
        try (FileServer server = FileServer.of(new byte[0]).will(stalling, stalling, stalling)) {
            assertThatThrownBy(() -> send(server.url("x?token=hidden"), LARGE))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("takes no file")
                    .hasMessageNotContaining("hidden");
            assertThat(server.puts()).isEmpty();
        }
    }

    @Test
    void a_server_that_stalls_with_the_last_byte_is_left_too() throws Exception {
        byte[] file = new byte[10_000];
        try (FileServer server = FileServer.of(new byte[0]).will(new Mood.Stalling(9_999))) {
            send(server.url("x"), file);
            assertThat(server.puts()).hasSize(1);
        }
    }

    @Test
    void a_refusal_ends_it_at_once() throws Exception {
        try (FileServer server = FileServer.of(new byte[0]).will(new Mood.Refusing(403, "", ""))) {
            assertThatThrownBy(() -> send(server.url("x"), new byte[10]))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("answers with the status 403");
            assertThat(server.puts()).isEmpty();
        }
    }

    private static Optional<FileProblem> problem(URI url, byte[] file) throws InterruptedException {
        try {
            send(url, file);
            return Optional.empty();
        } catch (UspException failed) {
            return FileProblem.of(failed);
        }
    }

    @Test
    void the_reasons_for_which_no_file_goes_are_told_apart() throws Exception {
        byte[] file = new byte[10];
        try (FileServer server = FileServer.of(new byte[0])) {
            URI url = server.url("x");
            assertThat(problem(url, file)).isEmpty();
            server.will(new Mood.Refusing(401, "", ""));
            assertThat(problem(url, file)).contains(FileProblem.LOGIN);
            server.will(new Mood.Refusing(403, "", ""));
            assertThat(problem(url, file)).contains(FileProblem.WITHHELD);
            Mood busy = new Mood.Refusing(503, "", "");
            server.will(busy, busy, busy);
            assertThat(problem(url, file)).contains(FileProblem.BUSY);
            Mood cutting = new Mood.Cutting(1_000_000);
            server.will(cutting, cutting, cutting);
            assertThat(problem(url, LARGE)).contains(FileProblem.BROKEN_OFF);
        }
        assertThat(problem(URI.create("http://127.0.0.1:1/x"), file)).contains(FileProblem.UNREACHABLE);
    }

    @Test
    void a_login_is_not_carried_to_another_server_and_https_is_not_left() throws Exception {
        try (FileServer there = FileServer.of(new byte[0]);
                FileServer here = FileServer.of(new byte[0])
                        .will(new Mood.Refusing(
                                307, "Location", there.url("moved").toString()))) {
            there.will(new Mood.Refusing(401, "WWW-Authenticate", "Basic realm=\"other\""));
            Outgoing file = Outgoing.of(Bytes.adopt(new byte[10]));
            assertThatThrownBy(() -> send(here.url("x"), Optional.of(new ImageOrder.Login("me", "secret")), file))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("401");
            assertThat(there.puts()).isEmpty();
        }
    }

    @Test
    void a_log_that_grows_is_sent_as_long_as_it_was_and_of_a_long_one_the_end() throws Exception {
        Path log = Files.writeString(folder.resolve("log"), "one two three");
        try (FileServer server = FileServer.of(new byte[0])) {
            Outgoing file = Outgoing.endOf(log, 9);
            Files.writeString(log, " four", StandardOpenOption.APPEND);
            send(server.url("x"), Optional.empty(), file);
            assertThat(server.puts().getFirst().content()).isEqualTo(Bytes.ofUtf8("two three"));
        }
    }

    @Test
    void a_file_that_becomes_shorter_while_it_is_sent_fails_with_nothing_received() throws Exception {
        try (FileServer server = FileServer.of(new byte[0])) {
            Outgoing file = new Outgoing(100, () -> new ByteArrayInputStream(new byte[50]));
            assertThatThrownBy(() -> send(server.url("x"), Optional.empty(), file))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("became shorter");
            assertThat(server.puts()).isEmpty();
        }
    }

    @Test
    void a_cancelled_upload_ends_at_once() throws Exception {
        try (FileServer server = FileServer.of(new byte[0]).will(new Mood.Stalling(1_000_000))) {
            ImageOrder order = new ImageOrder(server.url("x"), Optional.empty(), 0, Optional.empty(), false);
            Patience patient = new Patience(PATIENCE.multipliedBy(10), 3, Duration.ofMillis(10));
            FutureTask<Boolean> cancelled = new FutureTask<>(() -> {
                try {
                    new FileUpload(order, ServerTrust.OF_THE_RUNTIME, patient).send(Outgoing.of(Bytes.adopt(LARGE)));
                    return false;
                } catch (InterruptedException stop) {
                    return true;
                }
            });
            Thread worker = Thread.ofVirtual().start(cancelled);
            await().atMost(PATIENCE).until(() -> server.ranges().size() == 1);
            worker.interrupt();
            assertThat(cancelled.get()).isTrue();
        }
    }
}
