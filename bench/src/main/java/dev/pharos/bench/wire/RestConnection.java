// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The server's REST API over HTTP connections that stay. HttpURLConnection reads in the calling thread, so
/// that the client adds as little as it can to what is measured.
final class RestConnection {
    private static final int PATIENCE_MILLIS = 60_000;

    private final String base;
    private final String token;

    RestConnection(String url, String token) {
        this.base = url.replaceFirst("/+$", "") + "/api/v1";
        this.token = token;
    }

    String get(String path) throws IOException {
        return answer(open(path));
    }

    String post(String path, String json) throws IOException {
        HttpURLConnection connection = open(path);
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = connection.getOutputStream()) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return answer(connection);
    }

    /// Whether there is such a thing now.
    boolean knows(String path) throws IOException {
        HttpURLConnection connection = open(path);
        boolean found = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        try (InputStream in = found ? connection.getInputStream() : connection.getErrorStream()) {
            in.readAllBytes();
        }
        return found;
    }

    static String device(String id) {
        return "/devices/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
    }

    private HttpURLConnection open(String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(base + path).toURL().openConnection();
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private static String answer(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            if (status >= 400) {
                throw new IOException(connection.getURL() + " answered " + status + ": " + text);
            }
            return text;
        }
    }
}
