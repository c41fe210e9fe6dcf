// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pharos.server.Rest.Answer;
import dev.pharos.server.rate.Rate;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/// A server that is asked too often. Its buckets fill again so slowly that no test waits for it.
final class RateRestTest {
    private static final int REQUESTS = 60;
    private static final int HEAVY = 3;
    private static final int UNKNOWN = 5;
    private static final int STREAMS = 2;

    @TempDir
    private static Path folder;

    private static TestServer server;
    private static Rest admin;

    @BeforeAll
    static void open() throws Exception {
        ServerOptions options = TestServer.options(folder.resolve("data"));
        options.rates.requests = choice("1/h:" + REQUESTS);
        options.rates.heavy = choice("1/h:" + HEAVY);
        options.rates.unknown = choice("1/h:" + UNKNOWN);
        options.rates.streams = STREAMS;
        server = TestServer.with(options);
        admin = server.rest();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static RateOptions.Choice choice(String rate) {
        return new RateOptions.Choice(Optional.of(Rate.parse(rate)));
    }

    /// A token of its own, so that each test has a bucket of its own.
    private static Rest token(String name) {
        Answer made = admin.post("/api/v1/tokens", "{\"name\":\"" + name + "\",\"role\":\"engineer\"}");
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        return admin.with("Authorization", "Bearer " + made.json().get("token").stringValue());
    }

    private static void isRefusal(Answer answer, String what) {
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(429);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("title").stringValue()).isEqualTo("Too many requests");
        assertThat(answer.json().get("detail").stringValue())
                .contains("too many " + what, "nothing was done", answer.header("Retry-After") + " s");
        assertThat(Long.parseLong(answer.header("Retry-After"))).isBetween(3_000L, 3_600L);
        assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
    }

    private static long limited(String of) {
        return admin.get("/metrics")
                .response()
                .body()
                .lines()
                .filter(line -> line.startsWith("pharos_requests_limited_total{of=\"" + of + "\"}"))
                .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_answer_says_how_much_is_left_and_one_too_many_is_refused_of_this_token_alone() {
        Rest busy = token("busy");
        Answer first = busy.get("/api/v1/summary");
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.header("RateLimit-Limit")).isEqualTo("60");
        assertThat(first.header("RateLimit-Remaining")).isEqualTo("59");
        assertThat(first.header("RateLimit-Reset")).isEqualTo("3600");
        assertThat(first.header("RateLimit-Policy")).isEqualTo("\"requests\";q=60;w=216000");
        assertThat(first.header("RateLimit")).isEqualTo("\"requests\";r=59;t=3600");
        // of whatever is below the interface, whether it is there or not
        assertThat(busy.get("/api/v1/nowhere").header("RateLimit-Remaining")).isEqualTo("58");
        assertThat(busy.get("/api/another/nowhere").header("RateLimit-Remaining"))
                .isEqualTo("57");
        assertThat(busy.get("/metrics").header("RateLimit-Remaining")).isEqualTo("56");
        for (int left = 55; left >= 0; left--) {
            assertThat(busy.get("/api/v1/summary").status()).isEqualTo(200);
        }
        long before = limited("requests");
        isRefusal(busy.get("/api/v1/summary"), "requests");
        isRefusal(busy.post("/api/v1/groups", "{}"), "requests");
        assertThat(limited("requests")).isEqualTo(before + 2);
        assertThat(token("calm").get("/api/v1/summary").status()).isEqualTo(200);
    }

    @Test
    void what_is_heavy_may_be_asked_for_less_often_and_who_may_not_at_all_spends_nothing() {
        Rest busy = token("exporter");
        Supplier<Answer> preview = () ->
                busy.post("/api/v1/jobs/preview", "{\"query\":\"\",\"steps\":[{\"get\":{\"paths\":[\"Device.\"]}}]}");
        for (int left = HEAVY - 1; left >= 0; left--) {
            Answer answer = preview.get();
            assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
            assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"heavy\";q=3;w=10800");
            assertThat(answer.header("RateLimit-Remaining")).isEqualTo(Integer.toString(left));
        }
        isRefusal(preview.get(), "exports, previews and requests for many devices");
        assertThat(busy.get("/api/v1/backup").status())
                .as("who may not is told so")
                .isEqualTo(403);
        assertThat(busy.get("/api/v1/summary").status()).isEqualTo(200);
    }

    private static HttpResponse<String> from(String address, String path, String... headers) throws Exception {
        try (HttpClient another = HttpClient.newBuilder()
                .localAddress(InetAddress.ofLiteral(address))
                .build()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + server.url().getPort() + path));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return another.send(request.build(), BodyHandlers.ofString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.11 /api/v1/session", "127.0.0.12 /api/openapi.json", "127.0.0.13 /signin/openid"})
    void an_address_that_is_not_signed_in_may_ask_so_often_and_another_is_not_touched(String both) throws Exception {
        String address = both.split(" ")[0];
        String path = both.split(" ")[1];
        for (int i = 0; i < UNKNOWN; i++) {
            assertThat(from(address, path).statusCode()).isNotEqualTo(429);
        }
        HttpResponse<String> refused = from(address, path);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("requests without signing in");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(from("127.0.0.14", "/health/live").statusCode()).isEqualTo(200);
        // who has shown a token is asked for nothing more
        String token = String.valueOf(
                token("from " + address.replace('.', '-')).headers().get("Authorization"));
        assertThat(from(address, "/api/v1/summary", "Authorization", token).statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_page_and_what_devices_fetch_are_not_counted() throws Exception {
        for (int i = 0; i < UNKNOWN * 3; i++) {
            assertThat(from("127.0.0.15", "/health/ready").statusCode()).isEqualTo(200);
            assertThat(from("127.0.0.15", "/firmware-files/1/x").statusCode()).isNotEqualTo(429);
        }
        assertThat(from("127.0.0.15", "/api/v1/session").statusCode()).isEqualTo(401);
    }

    @Test
    void one_has_so_many_streams_and_another_begins_when_one_ends() throws Exception {
        Rest reader = token("reader");
        List<Stream<String>> open = new ArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            open.add(reader.lines(i == 0 ? "/api/v1/wire" : "/api/v1/events/stream"));
        }
        Answer refused = reader.get("/api/v1/events/stream");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("15");
        assertThat(refused.json().get("detail").stringValue()).contains("You have 2 streams open");
        Rest other = token("other reader");
        Stream<String> theirs = other.lines("/api/v1/events/stream");
        theirs.close();
        open.forEach(Stream::close);
    }

    @Test
    void options_that_say_no_rate_stop_the_start_and_off_is_one() throws Exception {
        ServerOptions options = new ServerOptions();
        new CommandLine(options)
                .parseArgs("--request-rate", "10/min", "--heavy-rate", "off", "--unknown-rate", "5/h:2");
        assertThat(options.rates.limits().requests()).map(Rate::toString).contains("10/min:10");
        assertThat(options.rates.limits().heavy()).isEmpty();
        assertThat(catchThrowableOfType(
                        CommandLine.ParameterException.class,
                        () -> new CommandLine(new ServerOptions()).parseArgs("--request-rate", "fast")))
                .hasMessageContaining("'fast' is no rate: it looks like 100/s:1000")
                .hasMessageContaining("or off");
        options.rates.streams = 0;
        assertThat(catchThrowableOfType(StartException.class, options::check))
                .hasMessageContaining("--streams-each: 1 to 500");
    }
}
