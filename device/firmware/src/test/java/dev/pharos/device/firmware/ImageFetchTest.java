// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.firmware.ImageFetch.Fetched;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Downloads from a real server that cuts, stalls, lies and refuses.
final class ImageFetchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Patience SHORT = new Patience(Duration.ofMillis(400), 4, Duration.ofMillis(10));
    private static final byte[] IMAGE = image(700_000, 1);
    private static final byte[] OTHER = image(700_000, 2);

    @TempDir
    Path folder;

    private static byte[] image(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static CheckSum sum(CheckSum.Algorithm algorithm, byte[] bytes) {
        try {
            return new CheckSum(
                    algorithm,
                    Bytes.adopt(MessageDigest.getInstance(algorithm.text()).digest(bytes)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static ImageOrder order(URI url, Optional<CheckSum> sum) {
        return new ImageOrder(url, Optional.empty(), 0, sum, false);
    }

    private static ImageOrder order(URI url) {
        return order(url, Optional.of(sum(CheckSum.Algorithm.SHA_256, IMAGE)));
    }

    private PartFile part(ImageOrder order) throws IOException {
        return PartFile.open(folder.resolve("x.part"), order);
    }

    private Fetched fetched(ImageOrder order) throws IOException, InterruptedException {
        try (PartFile part = part(order)) {
            return part.fetching(order, ServerTrust.OF_THE_RUNTIME, SHORT).fetch();
        }
    }

    private byte[] there() throws IOException {
        return Files.readAllBytes(folder.resolve("x.part"));
    }

    @ParameterizedTest
    @EnumSource
    void each_algorithm_of_tr_181_tells_the_image_from_others(CheckSum.Algorithm algorithm) throws Exception {
        try (FileServer server = FileServer.of(IMAGE)) {
            ImageOrder right = order(server.url("x.img"), Optional.of(sum(algorithm, IMAGE)));
            fetched(right).mustBe(right);
            assertThat(there()).isEqualTo(IMAGE);
            ImageOrder wrong = order(server.url("x.img"), Optional.of(sum(algorithm, OTHER)));
            Fetched another = fetched(wrong);
            assertThatThrownBy(() -> another.mustBe(wrong)).isInstanceOf(UspException.class);
        }
    }

    @Test
    void a_download_that_is_cut_again_and_again_goes_on_with_the_byte_that_is_missing() throws Exception {
        try (FileServer server = FileServer.of(IMAGE)
                .will(new Mood.Cutting(100_000), new Mood.Cutting(200_000), new Mood.Cutting(300_000))) {
            ImageOrder order = order(server.url("x.img"));
            fetched(order).mustBe(order);
            assertThat(there()).isEqualTo(IMAGE);
            assertThat(server.ranges()).hasSize(4);
            assertThat(server.ranges().getLast()).isEqualTo("bytes=600000-");
        }
    }

    @Test
    void a_server_that_stalls_at_the_end_is_left_and_asked_for_the_rest() throws Exception {
        try (FileServer server = FileServer.of(IMAGE).will(new Mood.Stalling(IMAGE.length - 1))) {
            ImageOrder order = order(server.url("x.img"));
            fetched(order).mustBe(order);
            assertThat(server.ranges()).containsExactly("", "bytes=" + (IMAGE.length - 1) + "-");
        }
    }

    @Test
    void a_server_that_stalls_for_ever_is_given_up() throws Exception {
        try (FileServer server = FileServer.of(IMAGE)
                .will(new Mood.Stalling(5), new Mood.Stalling(0), new Mood.Stalling(0), new Mood.Stalling(0))) {
            assertThatThrownBy(() -> fetched(order(server.url("x.img"))))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("it stalls");
        }
    }

    @Test
    void another_file_in_its_place_is_fetched_from_its_first_byte() throws Exception {
        try (FileServer server = FileServer.of(OTHER).will(new Mood.Cutting(400_000))) {
            ImageOrder order = order(server.url("x.img"), Optional.of(sum(CheckSum.Algorithm.SHA_256, OTHER)));
            try (PartFile part = part(order)) {
                assertThatThrownBy(() -> part.fetching(
                                        order,
                                        ServerTrust.OF_THE_RUNTIME,
                                        new Patience(Duration.ofSeconds(5), 1, Duration.ZERO))
                                .fetch())
                        .hasMessageContaining("gives up");
            }
            server.becomes(IMAGE, "\"2\"");
            Fetched fresh = fetched(order);
            assertThat(fresh.digest())
                    .isEqualTo(sum(CheckSum.Algorithm.SHA_256, IMAGE).value());
            assertThat(there()).isEqualTo(IMAGE);
        }
    }

    @Test
    void a_server_that_gives_the_whole_file_for_a_part_is_taken_at_its_word() throws Exception {
        try (FileServer server = FileServer.of(IMAGE).will(new Mood.Cutting(50_000), new Mood.Rangeless())) {
            ImageOrder order = order(server.url("x.img"));
            fetched(order).mustBe(order);
            assertThat(there()).isEqualTo(IMAGE);
        }
    }

    @Test
    void without_tag_and_check_sum_nothing_is_put_together_from_halves() throws Exception {
        try (FileServer server = FileServer.of(IMAGE).will(new Mood.Cutting(50_000))) {
            server.becomes(IMAGE, "");
            fetched(order(server.url("x.img"), Optional.empty()));
            assertThat(server.ranges()).containsExactly("", "");
            assertThat(there()).isEqualTo(IMAGE);
        }
    }

    @Test
    void what_a_process_that_was_killed_left_is_not_fetched_again() throws Exception {
        try (FileServer server = FileServer.of(IMAGE).will(new Mood.Stalling(333_333))) {
            ImageOrder order = order(server.url("x.img"));
            PartFile left = part(order);
            ImageFetch fetch = left.fetching(order, ServerTrust.OF_THE_RUNTIME, Patience.USUAL);
            FutureTask<Fetched> task = new FutureTask<>(fetch::fetch);
            Thread killed = Thread.ofVirtual().start(task);
            await().atMost(PATIENCE).until(() -> left.size() == 333_333);
            killed.interrupt();
            assertThatThrownBy(task::get).hasCauseInstanceOf(InterruptedException.class);
            left.close();
            fetched(order).mustBe(order);
            assertThat(server.ranges()).containsExactly("", "bytes=333333-");
            assertThat(there()).isEqualTo(IMAGE);
        }
    }

    @Test
    void what_is_left_of_another_image_is_thrown_away() throws Exception {
        Files.write(folder.resolve("x.part"), OTHER);
        Files.writeString(folder.resolve("x.part.note"), "SHA-256 00\n\"1\"\n");
        try (FileServer server = FileServer.of(IMAGE)) {
            ImageOrder order = order(server.url("x.img"));
            fetched(order).mustBe(order);
            assertThat(server.ranges()).containsExactly("");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 410})
    void a_server_that_has_no_such_file_is_asked_once(int status) throws Exception {
        try (FileServer server = FileServer.of(IMAGE).will(new Mood.Refusing(status, "", ""))) {
            assertThatThrownBy(() -> fetched(order(URI.create(server.url("x.img") + "?token=abc"))))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining(Integer.toString(status))
                    .hasMessageNotContaining("abc");
            assertThat(server.ranges()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void a_server_that_is_busy_is_asked_again(int status) throws Exception {
        try (FileServer server = FileServer.of(IMAGE).will(new Mood.Refusing(status, "", ""))) {
            ImageOrder order = order(server.url("x.img"));
            fetched(order).mustBe(order);
        }
    }

    @Test
    void a_login_is_shown_to_who_asks_for_it_and_to_nobody_he_sends_us_to() throws Exception {
        try (FileServer other =
                        FileServer.of(IMAGE).will(new Mood.Refusing(401, "WWW-Authenticate", "Basic realm=\"x\""));
                FileServer server =
                        FileServer.of(IMAGE).will(new Mood.Refusing(401, "WWW-Authenticate", "Basic realm=\"x\""))) {
            ImageOrder order = new ImageOrder(
                    server.url("x.img"), Optional.of(new ImageOrder.Login("u", "p")), 0, Optional.empty(), false);
            fetched(order);
            assertThat(server.ranges()).hasSize(2);
            server.will(new Mood.Refusing(302, "Location", other.url("y.img").toString()));
            assertThatThrownBy(() -> fetched(order)).hasMessageContaining("401");
            assertThat(other.ranges()).hasSize(1);
            server.will(new Mood.Refusing(302, "Location", "file:///etc/passwd"));
            assertThatThrownBy(() -> fetched(order)).hasMessageContaining("where we do not go");
        }
    }

    @Test
    void a_login_is_shown_as_a_digest_to_who_takes_that_again_for_what_is_missing() throws Exception {
        try (FileServer server = FileServer.of(IMAGE)) {
            server.asksFor("me", "secret");
            URI url = URI.create(server.url("x%20y.img") + "?a=b&c=%2F");
            fetched(new ImageOrder(url, Optional.of(new ImageOrder.Login("me", "secret")), 0, Optional.empty(), false));
            assertThat(server.ranges()).hasSize(2);
            ImageOrder wrong =
                    new ImageOrder(url, Optional.of(new ImageOrder.Login("me", "other")), 0, Optional.empty(), false);
            assertThat(problem(wrong)).contains(FileProblem.LOGIN);
            assertThat(server.ranges()).as("asked twice, and not on and on").hasSize(4);
        }
    }

    private Optional<FileProblem> problem(ImageOrder order) throws Exception {
        try {
            fetched(order).mustBe(order);
            return Optional.empty();
        } catch (UspException failed) {
            return FileProblem.of(failed);
        } finally {
            Files.deleteIfExists(folder.resolve("x.part"));
        }
    }

    @Test
    void the_reasons_for_which_no_file_comes_are_told_apart() throws Exception {
        try (FileServer server = FileServer.of(IMAGE)) {
            URI url = server.url("x.img");
            assertThat(problem(order(url))).isEmpty();
            assertThat(problem(order(url, Optional.of(sum(CheckSum.Algorithm.SHA_256, OTHER)))))
                    .contains(FileProblem.UNUSABLE);
            Mood login = new Mood.Refusing(401, "", "");
            server.will(login);
            assertThat(problem(order(url))).contains(FileProblem.LOGIN);
            server.will(new Mood.Refusing(404, "", ""));
            assertThat(problem(order(url))).contains(FileProblem.WITHHELD);
            server.will(new Mood.Refusing(302, "Location", "ftp://127.0.0.1/x.img"));
            assertThat(problem(order(url))).contains(FileProblem.WITHHELD);
            Mood busy = new Mood.Refusing(503, "", "");
            server.will(busy, busy, busy, busy);
            assertThat(problem(order(url))).contains(FileProblem.BUSY);
            assertThat(problem(new ImageOrder(url, Optional.empty(), Long.MAX_VALUE / 2, Optional.empty(), false)))
                    .contains(FileProblem.NO_ROOM);
        }
        assertThat(problem(order(URI.create("http://127.0.0.1:1/x.img")))).contains(FileProblem.UNREACHABLE);
        assertThat(FileProblem.of(new SSLException("unknown authority"), false)).isEqualTo(FileProblem.INSECURE);
        assertThat(FileProblem.of(new SSLException("cut"), true)).isEqualTo(FileProblem.BROKEN_OFF);
        // the runtime asks once more by itself where nothing at all was answered
        Mood[] cutting = Stream.generate(() -> new Mood.Cutting(0)).limit(12).toArray(Mood[]::new);
        try (FileServer server =
                FileServer.of(IMAGE).will(new Mood.Cutting(100_000)).will(cutting)) {
            assertThat(problem(order(server.url("x.img")))).contains(FileProblem.BROKEN_OFF);
        }
    }

    @Test
    void an_image_for_which_there_is_no_room_is_not_begun() throws Exception {
        try (FileServer server = FileServer.of(IMAGE)) {
            ImageOrder order =
                    new ImageOrder(server.url("x.img"), Optional.empty(), Long.MAX_VALUE / 2, Optional.empty(), false);
            assertThatThrownBy(() -> part(order))
                    .isInstanceOf(UspException.class)
                    .hasMessageContaining("no room");
            assertThat(server.ranges()).isEmpty();
        }
    }

    @Test
    void a_size_that_was_said_wrongly_is_no_fault() throws Exception {
        try (FileServer server = FileServer.of(IMAGE)) {
            ImageOrder order = new ImageOrder(
                    server.url("x.img"), Optional.empty(), 7, Optional.of(sum(CheckSum.Algorithm.SHA_1, IMAGE)), false);
            fetched(order).mustBe(order);
        }
    }
}
