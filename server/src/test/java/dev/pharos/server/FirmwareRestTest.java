// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The repository of firmware images, as scripts and devices meet it.
final class FirmwareRestTest {
    private static final TestServer SERVER = TestServer.shared();
    private static final Rest REST = SERVER.rest();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String FIRMWARE = "/api/v1/firmware";

    private static byte[] image(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Answer upload(String query, byte[] bytes) throws IOException, InterruptedException {
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(SERVER.url() + FIRMWARE + "?" + query))
                        .header("Authorization", String.valueOf(REST.headers().get("Authorization")))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofString());
        return new Answer(response.statusCode(), response);
    }

    private static URI link(long id) {
        Answer link = REST.post(FIRMWARE + "/" + id + "/link", "");
        assertThat(link.status()).as(link.response().body()).isEqualTo(200);
        return URI.create(link.json().get("url").stringValue());
    }

    private static HttpResponse<byte[]> fetch(URI link, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(link);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static long files() {
        try (Stream<Path> files = Files.list(SERVER.folder().resolve("firmware"))) {
            return files.count();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void an_image_is_uploaded_listed_fetched_by_a_link_without_a_login_and_deleted() throws Exception {
        byte[] bytes = image(3_000_000);
        Answer made = upload("name=walk&version=2.0.0&fileName=walk.img&devices=model%3DX&note=first", bytes);
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        assertThat(made.json().get("sha256").stringValue()).isEqualTo(sha256(bytes));
        assertThat(made.json().get("size").asLong()).isEqualTo(bytes.length);
        long id = made.json().get("id").asLong();
        assertThat(REST.get(FIRMWARE).response().body()).contains("\"walk\"");
        HttpResponse<byte[]> fetched = fetch(link(id));
        assertThat(fetched.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo(bytes);
        assertThat(REST.send("DELETE", FIRMWARE + "/" + id, null).status()).isEqualTo(204);
        assertThat(REST.get(FIRMWARE + "/" + id).status()).isEqualTo(404);
        assertThat(REST.get("/api/v1/audit").response().body())
                .contains("upload firmware", "link firmware", "delete firmware");
    }

    @Test
    void only_images_that_are_meant_for_a_device_are_listed_for_it() throws Exception {
        upload("name=for-all&version=1", image(21));
        upload("name=for-others&version=1&devices=model%3DX", image(22));
        assertThat(REST.get(FIRMWARE + "?device=proto::somebody").response().body())
                .contains("for-all")
                .doesNotContain("for-others");
        assertThat(REST.get(FIRMWARE).response().body()).contains("for-all", "for-others");
        assertThat(REST.get(FIRMWARE + "?device=no+id").status()).isEqualTo(400);
    }

    @Test
    void a_link_gives_ranges_and_what_has_begun_with_another_image_gets_the_whole() throws Exception {
        byte[] bytes = image(100_000);
        URI link = link(upload("name=ranges&version=1", bytes).json().get("id").asLong());
        HttpResponse<byte[]> rest = fetch(link, "Range", "bytes=60000-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range")).contains("bytes 60000-99999/100000");
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 60_000, 100_000));
        assertThat(fetch(link, "Range", "bytes=10-19").body()).isEqualTo(Arrays.copyOfRange(bytes, 10, 20));
        assertThat(fetch(link, "Range", "bytes=-5").body()).isEqualTo(Arrays.copyOfRange(bytes, 99_995, 100_000));
        HttpResponse<byte[]> beyond = fetch(link, "Range", "bytes=100000-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */100000");
        String tag = rest.headers().firstValue("ETag").orElseThrow();
        assertThat(fetch(link, "Range", "bytes=60000-", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(fetch(link, "Range", "bytes=60000-", "If-Range", "\"other\"").statusCode())
                .isEqualTo(200);
        HttpResponse<Void> head = HTTP.send(
                HttpRequest.newBuilder(link)
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build(),
                BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("100000");
    }

    @Test
    void a_link_that_was_changed_or_is_for_another_image_is_refused() throws Exception {
        URI link =
                link(upload("name=links&version=1", image(10)).json().get("id").asLong());
        long other = upload("name=links&version=2", image(11)).json().get("id").asLong();
        String text = link.toString();
        for (String wrong : new String[] {
            text.replaceFirst("token=.", "token=").concat("x"),
            text.replaceAll("token=[^&]*", "token="),
            text.replaceAll("\\?.*", ""),
            text.replaceFirst("expires=[0-9]+", "expires=99999999999"),
            text.replaceFirst("/firmware-files/[0-9]+/", "/firmware-files/" + other + "/")
        }) {
            assertThat(fetch(URI.create(wrong)).statusCode()).as(wrong).isEqualTo(403);
        }
        assertThat(fetch(link).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'name=&version=1', 400",
        "'name=../etc&version=1', 400",
        "'name=a&version=', 400",
        "'name=a&version=%0A', 400",
        "'version=1', 400",
        "'name=a&version=1&devices=model%20%3D', 400",
        "'name=a&version=1&sha256=12', 400",
        "'name=a&version=1&sha256=0000000000000000000000000000000000000000000000000000000000000000', 422"
    })
    void what_is_wrong_is_said_and_leaves_no_file(String query, int status) throws Exception {
        long before = files();
        Answer answer = upload(query, image(1_000));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().get("detail").stringValue()).isNotEmpty();
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void an_image_without_bytes_is_refused() throws Exception {
        assertThat(upload("name=empty&version=1", new byte[0]).status()).isEqualTo(422);
    }

    @Test
    void the_same_image_again_is_the_one_that_is_there_and_another_of_its_version_is_refused() throws Exception {
        long id = upload("name=twice&version=1", image(500)).json().get("id").asLong();
        long before = files();
        assertThat(upload("name=twice&version=1", image(500)).json().get("id").asLong())
                .isEqualTo(id);
        Answer other = upload("name=twice&version=1", image(501));
        assertThat(other.status()).isEqualTo(409);
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "..%2F..%2Fetc%2Fpasswd, passwd",
        "C%3A%5CWindows%5Cx.bin, x.bin",
        ".hidden, hidden",
        "a%22b%0D%0Ac.bin, a_b__c.bin",
        "%2F, image"
    })
    void odd_file_names_become_tame_ones(String sent, String kept) throws Exception {
        Answer made = upload("name=odd&version=" + kept + "&fileName=" + sent, image(20 + kept.length()));
        assertThat(made.json().get("fileName").stringValue()).isEqualTo(kept);
        URI link = link(made.json().get("id").asLong());
        assertThat(link.getPath()).as("it holds the version, which is the same").endsWith("/" + kept);
        assertThat(fetch(link).statusCode()).isEqualTo(200);
    }

    @Test
    void an_upload_that_breaks_off_leaves_nothing() throws Exception {
        long before = files();
        URI url = SERVER.url();
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + FIRMWARE + "?name=broken&version=1 HTTP/1.1\r\nHost: x\r\nAuthorization: "
                            + REST.headers().get("Authorization")
                            + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(image(300_000));
            out.flush();
            await().atMost(Duration.ofSeconds(30)).until(() -> files() == before + 1);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> files() == before);
        assertThat(REST.get(FIRMWARE).response().body()).doesNotContain("\"broken\"");
    }

    @Test
    void who_has_no_token_uploads_nothing() throws Exception {
        assertThat(REST.without("Authorization").get(FIRMWARE).status()).isEqualTo(401);
        long before = files();
        HttpResponse<String> response = HTTP.send(
                HttpRequest.newBuilder(URI.create(SERVER.url() + FIRMWARE + "?name=a&version=1"))
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(image(100)))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(files()).isEqualTo(before);
    }
}
