// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/// A server's data out of it, and into another folder.
final class BackupTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EndpointId ID = EndpointId.of("proto::backed%2Fup");
    private static final String DEVICE = "/api/v1/devices/" + Rest.segment(ID);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static Path backup;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static JsonNode twin;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static String personsPassword;

    private static long events;
    private static String image = "";

    @BeforeAll
    static void fill_a_server_and_back_it_up() throws Exception {
        try (TestServer server = TestServer.in(folder.resolve("first"))) {
            Rest rest = server.rest();
            assertThat(rest.send("PUT", "/api/v1/series/Device.DeviceInfo.SoftwareVersion", "")
                            .status())
                    .isEqualTo(200);
            try (HomeGateway gateway = new HomeGateway(ID, server.ws())) {
                assertThat(gateway.id()).isEqualTo(ID);
                await().atMost(PATIENCE)
                        .until(() ->
                                rest.get(DEVICE + "/events").response().body().contains("onboarded"));
            }
            await().atMost(PATIENCE)
                    .until(() ->
                            rest.get(DEVICE).json().get("status").stringValue().equals("offline"));
            fill(rest);
            Thread.sleep(2_000); // what the twins hold back is written within a second
            twin = rest.get(DEVICE + "/twin?path=Device.").json();
            events = rest.get("/api/v1/events?limit=1")
                    .json()
                    .get("items")
                    .get(0)
                    .get("seq")
                    .asLong();
            backup = folder.resolve("backup.zip");
            fetch(server, backup);
        }
    }

    private static void fill(Rest rest) throws IOException, InterruptedException {
        rest.send("PATCH", DEVICE, "{\"tags\":[\"kept\"]}");
        rest.send("PUT", "/api/v1/groups/pilot", "{\"query\":\"tag:kept\"}");
        personsPassword = rest.post("/api/v1/users", "{\"name\":\"anna\",\"role\":\"auditor\"}")
                .json()
                .get("password")
                .stringValue();
        rest.post(
                "/api/v1/jobs",
                "{\"query\":\"\",\"name\":\"later\",\"startAt\":\""
                        + Instant.now().plusSeconds(86_400)
                        + "\",\"steps\":[{\"operate\":{\"command\":\"Device.Reboot()\"}}]}");
        Answer uploaded = upload(rest, "/api/v1/firmware?name=home&version=2&fileName=home.bin", "an image");
        assertThat(uploaded.status()).as(uploaded.response().body()).isEqualTo(200);
        image = uploaded.json().get("sha256").stringValue();
    }

    private static Answer upload(Rest rest, String path, String content) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(rest.url() + path))
                            .header(
                                    "Authorization",
                                    String.valueOf(rest.headers().get("Authorization")))
                            .header("Content-Type", "application/octet-stream")
                            .POST(HttpRequest.BodyPublishers.ofString(content))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer);
        }
    }

    private static void fetch(TestServer server, Path target) throws IOException, InterruptedException {
        Rest rest = server.rest();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Path> answer = http.send(
                    HttpRequest.newBuilder(URI.create(rest.url() + "/api/v1/backup"))
                            .header(
                                    "Authorization",
                                    String.valueOf(rest.headers().get("Authorization")))
                            .build(),
                    HttpResponse.BodyHandlers.ofFile(target));
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private record Ended(int status, String err) {}

    private static Ended restore(Path file, Path into, String... more) {
        PrintStream before = System.err;
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            String[] arguments = Stream.concat(Stream.of(file.toString(), "--data", into.toString()), Stream.of(more))
                    .toArray(String[]::new);
            int status = new CommandLine(new PharosRestore()).execute(arguments);
            return new Ended(status, err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void everything_is_there_again_and_the_server_goes_on_with_it() throws Exception {
        Path second = folder.resolve("second");
        assertThat(restore(backup, second)).isEqualTo(new Ended(0, ""));
        try (TestServer server = TestServer.in(second)) {
            Rest rest = server.rest();
            JsonNode device = rest.get(DEVICE).json();
            assertThat(device.get("tags").toString()).isEqualTo("[\"kept\"]");
            assertThat(rest.get(DEVICE + "/twin?path=Device.").json()).isEqualTo(twin);
            assertThat(twin.get("items").size()).isGreaterThan(100);
            assertThat(rest.get("/api/v1/groups/pilot").json().get("devices").asLong())
                    .isOne();
            assertThat(rest.get("/api/v1/firmware").response().body()).contains(image);
            assertThat(rest.without("Authorization")
                            .post("/api/v1/session", "{\"user\":\"anna\",\"password\":\"" + personsPassword + "\"}")
                            .status())
                    .isEqualTo(200);
            JsonNode series = rest.get(DEVICE + "/series?path=Device.DeviceInfo.SoftwareVersion")
                    .json();
            assertThat(series.get("kept").asBoolean()).isTrue();
            assertThat(series.get("points").size()).isOne();
            JsonNode job = rest.get("/api/v1/jobs").json().get("items").get(0);
            assertThat(job.get("state").stringValue()).isEqualTo("paused");
            assertThat(job.get("note").stringValue()).contains("restored");
            assertThat(rest.get("/api/v1/audit?action=restore")
                            .json()
                            .get("items")
                            .size())
                    .isOne();
            try (HomeGateway gateway = new HomeGateway(ID, server.ws())) {
                await().atMost(PATIENCE)
                        .until(() -> rest.get(DEVICE)
                                .json()
                                .get("status")
                                .stringValue()
                                .equals("online"));
                assertThat(gateway.id()).isEqualTo(ID);
            }
            assertThat(rest.get("/api/v1/events?limit=1")
                            .json()
                            .get("items")
                            .get(0)
                            .get("seq")
                            .asLong())
                    .isGreaterThan(events);
            assertThat(rest.post(
                                    "/api/v1/jobs",
                                    "{\"query\":\"\",\"steps\":[{\"get\":{\"paths\":[\"Device.DeviceInfo.\"]}}]}")
                            .json()
                            .get("id")
                            .asLong())
                    .isGreaterThan(job.get("id").asLong());
        }
    }

    @Test
    void a_folder_that_holds_something_is_refused_or_put_aside_when_that_is_asked() throws Exception {
        Path third = folder.resolve("third");
        TestServer.in(third).close();
        Ended refused = restore(backup, third);
        assertThat(refused.status()).isOne();
        assertThat(refused.err()).contains("is not empty", "--replace");
        assertThat(restore(backup, third, "--replace").status()).isZero();
        try (Stream<Path> names = Files.list(third)) {
            Path aside = names.filter(path -> path.getFileName().toString().startsWith("replaced-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(aside.resolve("postgres/data")).isDirectory();
            assertThat(aside.resolve("connection.json")).exists();
        }
        assertThat(third.resolve("restoring")).doesNotExist();
        try (TestServer server = TestServer.in(third)) {
            assertThat(server.rest().get(DEVICE).status()).isEqualTo(200);
        }
    }

    @Test
    void while_the_server_runs_nothing_is_restored_into_its_folder() throws Exception {
        Path fourth = folder.resolve("fourth");
        try (TestServer server = TestServer.in(fourth)) {
            Ended refused = restore(backup, fourth, "--replace");
            assertThat(refused.status()).isOne();
            assertThat(refused.err()).contains("another Pharos server");
            assertThat(server.rest().get("/api/v1/devices").status()).isEqualTo(200);
        }
    }

    @Test
    void a_file_that_broke_off_is_damaged_or_is_no_backup_changes_nothing() throws Exception {
        byte[] whole = Files.readAllBytes(backup);
        Path broken = folder.resolve("broken.zip");
        Files.write(broken, Arrays.copyOf(whole, whole.length / 2));
        refused(broken, "not a whole backup");
        Files.writeString(broken, "no zip at all");
        refused(broken, "not a whole backup");
        whole[whole.length / 3] ^= 0x40;
        Files.write(broken, whole);
        refused(broken, "its ");
        rewritten(broken, "tables/devices", text -> text.replace("kept", "gone"));
        refused(broken, "its tables/devices is not as it was written");
        rewritten(broken, "manifest.json", text -> text.replace("\"format\":1", "\"format\":2"));
        refused(broken, "its format is 2");
        rewritten(broken, "manifest.json", text -> text.replaceAll("\"schema\":\\d+", "\"schema\":9999"));
        refused(broken, "schema 9999");
        rewritten(broken, "manifest.json", text -> text.replaceAll("[0-9a-f-]{36}\\.image", "../../evil"));
        refused(broken, "a file that is called ../../evil");
        rewritten(broken, "manifest.json", text -> text.replace("\"name\":\"tokens\"", "\"name\":\"tokens; drop\""));
        refused(broken, "tables/tokens; drop is missing");
        Ended missing = restore(folder.resolve("nothing.zip"), folder.resolve("fifth"));
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("cannot read");
    }

    private static void refused(Path file, String why) throws IOException {
        Path fifth = folder.resolve("fifth");
        Ended ended = restore(file, fifth);
        assertThat(ended.status()).as(ended.err()).isOne();
        assertThat(ended.err()).contains("nothing is changed", why).doesNotContain("Exception");
        try (Stream<Path> left = Files.list(fifth)) {
            assertThat(left.map(path -> path.getFileName().toString())).isSubsetOf(List.of("lock", "logs"));
        }
    }

    /// The same backup with one entry changed.
    private static void rewritten(Path target, String entry, UnaryOperator<String> change) throws IOException {
        try (ZipFile zip = new ZipFile(backup.toFile());
                OutputStream out =
                        Files.newOutputStream(target, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
                ZipOutputStream fresh = new ZipOutputStream(out)) {
            for (ZipEntry each : zip.stream().toList()) {
                fresh.putNextEntry(new ZipEntry(each.getName()));
                try (InputStream in = zip.getInputStream(each)) {
                    byte[] bytes = in.readAllBytes();
                    fresh.write(
                            each.getName().equals(entry)
                                    ? change.apply(new String(bytes, StandardCharsets.UTF_8))
                                            .getBytes(StandardCharsets.UTF_8)
                                    : bytes);
                }
                fresh.closeEntry();
            }
        }
    }
}
