// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.net.ssl.HttpsURLConnection;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Speaks the server's REST API. HttpURLConnection and not java.net.http: a command lives for one request,
/// and this one starts in a fraction of the time.
public final class RestClient {
    private static final String JSON = "application/json";
    private static final int CONNECT_MILLIS = 5_000;
    private static final int UPLOAD_BUFFER = 1 << 16;

    /// A server with a slow disk may take long to have a large file on it.
    private static final int UPLOADED_MILLIS = 300_000;

    private static final int DEVICE_OFFLINE = 409;
    private static final int TIMED_OUT = 504;

    private final ServerAddress server;
    private final int readMillis;
    private final Consumer<String> said;

    /// @param timeoutSeconds how long one answer may take
    /// @param said told, as a line for people, when the server is waited for because it was asked too often
    public RestClient(ServerAddress server, int timeoutSeconds, Consumer<String> said) {
        this.server = server;
        this.readMillis = timeoutSeconds * 1000;
        this.said = said;
    }

    /// An Endpoint ID or any text as one path segment, percent-encoded once.
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    public JsonNode get(String path) throws DeniedException, UnreachableException {
        return exchange("GET", path, null);
    }

    public JsonNode post(String path, JsonNode body) throws DeniedException, UnreachableException {
        return exchange("POST", path, new Body(JSON, Json.text(body)));
    }

    /// A text as it is, such as a file.
    public JsonNode post(String path, String type, String text) throws DeniedException, UnreachableException {
        return exchange("POST", path, new Body(type, text));
    }

    public JsonNode put(String path, JsonNode body) throws DeniedException, UnreachableException {
        return exchange("PUT", path, new Body(JSON, Json.text(body)));
    }

    public void delete(String path) throws DeniedException, UnreachableException {
        exchange("DELETE", path, null);
    }

    /// Fetches a file as it is. What has come when it breaks off is in `out`.
    ///
    /// @param progress told how many bytes have come, again and again
    /// @throws IOException where `out` does not take it
    public void download(String path, OutputStream out, LongConsumer progress)
            throws DeniedException, UnreachableException, IOException {
        HttpURLConnection connection;
        InputStream in;
        try {
            connection = opened(() -> {
                HttpURLConnection asking = open("GET", path);
                asking.setReadTimeout(UPLOADED_MILLIS);
                asking.setRequestProperty("Accept", "*/*");
                return asking;
            });
            if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
                throw refusal(connection);
            }
            in = connection.getInputStream();
        } catch (IOException broken) {
            throw unreachable(broken);
        }
        byte[] step = new byte[64 << 10];
        long come = 0;
        try (in) {
            for (int n = read(in, step); n >= 0; n = read(in, step)) {
                out.write(step, 0, n);
                come += n;
                progress.accept(come);
            }
        }
    }

    private int read(InputStream in, byte[] step) throws UnreachableException {
        try {
            return in.read(step);
        } catch (IOException broken) {
            throw unreachable(broken);
        }
    }

    /// Sends a file as it is.
    ///
    /// @param progress told how many bytes have been sent, again and again
    /// @throws IOException where the file cannot be read
    public JsonNode upload(String path, Path file, LongConsumer progress)
            throws DeniedException, UnreachableException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            HttpURLConnection connection = open("POST", path);
            connection.setDoOutput(true);
            connection.setFixedLengthStreamingMode(Files.size(file));
            connection.setReadTimeout(UPLOADED_MILLIS);
            connection.setRequestProperty("Content-Type", "application/octet-stream");
            // what is refused is refused before all of it is sent
            connection.setRequestProperty("Expect", "100-continue");
            return sent(in, connection, progress);
        }
    }

    private JsonNode sent(InputStream in, HttpURLConnection connection, LongConsumer progress)
            throws DeniedException, UnreachableException {
        try {
            copy(in, connection, progress);
            return answer(connection);
        } catch (IOException broken) {
            DeniedException said;
            try {
                said = connection.getResponseCode() >= 400 ? refusal(connection) : null;
            } catch (IOException nothing) {
                throw unreachable(broken);
            }
            if (said == null) {
                throw unreachable(broken);
            }
            throw said;
        }
    }

    private static void copy(InputStream in, HttpURLConnection connection, LongConsumer progress) throws IOException {
        byte[] buffer = new byte[UPLOAD_BUFFER];
        try (OutputStream out = connection.getOutputStream()) {
            long sent = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                sent += read;
                progress.accept(sent);
            }
        }
    }

    /// As [#delete], where the answer says more than that it was done.
    public JsonNode remove(String path) throws DeniedException, UnreachableException {
        return exchange("DELETE", path, null);
    }

    /// Copies an answer that is no JSON, such as `text/csv`, as it comes.
    public void copy(String path, String type, Writer out) throws DeniedException, UnreachableException {
        try {
            HttpURLConnection connection = opened(() -> {
                HttpURLConnection asking = open("GET", path);
                asking.setRequestProperty("Accept", type + ", application/problem+json");
                return asking;
            });
            if (connection.getResponseCode() >= 400) {
                throw refusal(connection);
            }
            try (BufferedReader in = reader(connection.getInputStream())) {
                in.transferTo(out);
            }
        } catch (IOException broken) {
            throw unreachable(broken);
        }
    }

    /// Reads server-sent events until the handler says false or the stream ends.
    public void stream(String path, EventHandler handler) throws DeniedException, UnreachableException {
        try {
            HttpURLConnection connection = opened(() -> {
                HttpURLConnection asking = open("GET", path);
                asking.setReadTimeout(0);
                asking.setRequestProperty("Accept", "text/event-stream");
                return asking;
            });
            if (connection.getResponseCode() >= 400) {
                throw refusal(connection);
            }
            handler.opened();
            try (BufferedReader lines = reader(connection.getInputStream())) {
                readEvents(lines, handler);
            }
        } catch (IOException broken) {
            throw unreachable(broken);
        }
    }

    private static void readEvents(BufferedReader lines, EventHandler handler) throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                if (!data.isEmpty() && !handler.event(name, Json.parse(data.toString()))) {
                    return;
                }
                data.setLength(0);
                name = "message";
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).strip();
            } else if (line.startsWith("data:")) {
                data.append(line.substring("data:".length()).strip());
            }
        }
    }

    private record Body(String type, String text) {}

    private JsonNode exchange(String method, String path, @Nullable Body body)
            throws DeniedException, UnreachableException {
        try {
            return answer(opened(() -> {
                HttpURLConnection asking = open(method, path);
                if (body != null) {
                    asking.setDoOutput(true);
                    asking.setRequestProperty("Content-Type", body.type());
                    try (OutputStream out = asking.getOutputStream()) {
                        out.write(body.text().getBytes(StandardCharsets.UTF_8));
                    }
                }
                return asking;
            }));
        } catch (IOException broken) {
            throw unreachable(broken);
        }
    }

    private static JsonNode answer(HttpURLConnection connection)
            throws IOException, DeniedException, UnreachableException {
        if (connection.getResponseCode() >= 400) {
            throw refusal(connection);
        }
        try (InputStream in = connection.getInputStream()) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.isEmpty() ? Json.object() : Json.parse(text);
        }
    }

    /// A request, as it is sent each time.
    @FunctionalInterface
    private interface Asking {
        HttpURLConnection ask() throws IOException;
    }

    /// The answer to a request, sent again for as long as the server says that it was asked too often.
    private HttpURLConnection opened(Asking asking) throws IOException {
        Patience patience = new Patience(said);
        HttpURLConnection connection = asking.ask();
        while (patience.waits(connection)) {
            connection = asking.ask();
        }
        return connection;
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        URI uri = URI.create(server.url().toString().replaceFirst("/+$", "") + "/api/v1" + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        if (connection instanceof HttpsURLConnection secure
                && server.certificate().isPresent()) {
            PinnedServer.trust(secure, server.certificate().get());
        }
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(readMillis);
        connection.setRequestProperty("Authorization", "Bearer " + server.token());
        connection.setRequestProperty("Accept", "application/json, application/problem+json");
        return connection;
    }

    private UnreachableException unreachable(IOException broken) {
        return new UnreachableException(
                broken instanceof SocketTimeoutException
                        ? "the server at " + server + " did not answer in " + readMillis / 1000 + " s"
                        : "the server at " + server + " cannot be reached: " + broken.getMessage());
    }

    /// What a problem document says; a device that did not answer counts as unreachable.
    private static DeniedException refusal(HttpURLConnection connection) throws IOException, UnreachableException {
        int status = connection.getResponseCode();
        InputStream stream = connection.getErrorStream();
        String text = stream == null ? "" : new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        JsonNode problem;
        try {
            problem = Json.parse(text.isEmpty() ? "{}" : text);
        } catch (JacksonException notJson) {
            problem = Json.object();
        }
        String detail = problem.path("detail").asString(problem.path("title").asString(words(status)));
        boolean ofDevice = connection.getURL().getPath().contains("/devices/");
        if (status == TIMED_OUT || (status == DEVICE_OFFLINE && ofDevice)) {
            throw new UnreachableException(detail);
        }
        List<String> lines = new ArrayList<>();
        int code = problem.path("errCode").asInt(0);
        lines.add(
                code == 0
                        ? "pharos: " + detail
                        : code + " " + problem.path("errMsg").asString(detail));
        for (JsonNode failed : problem.path("paramErrs")) {
            lines.add(failed.path("errCode").asInt() + " "
                    + failed.path("paramPath").asString("") + ": "
                    + failed.path("errMsg").asString(""));
        }
        return new DeniedException(lines);
    }

    /// Where the body did not come through, as when a large upload is refused.
    private static String words(int status) {
        return switch (status) {
            case 401 -> "the token is not known to the server";
            case 413 -> "this is larger than the server takes";
            case 507 -> "the server has no room for it";
            default -> "the server answered " + status;
        };
    }

    private static BufferedReader reader(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /// Takes server-sent events.
    public interface EventHandler {
        /// The stream stands: what happens from now on will be told.
        default void opened() {}

        /// @return whether to go on
        boolean event(String name, JsonNode data);
    }
}
