// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.UnreachableException;
import dev.pharos.cli.terminal.WrongUsageException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Where an export of GenieACS is: its northbound interface, or a folder with what that gave.
final class GenieAcsSource {
    /// Bytes of one part; a server takes as many of all together.
    private static final int MOST = 1 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final JsonMapper JSON = new JsonMapper();

    /// As a server of ours calls it, and as GenieACS does.
    private static final Map<String, String> PARTS = Map.of(
            "presets", "presets",
            "provisions", "provisions",
            "virtualParameters", "virtual_parameters",
            "objects", "objects");

    private final String from;

    GenieAcsSource(String from) {
        this.from = from;
    }

    ObjectNode read() throws UnreachableException {
        ObjectNode export = Json.object();
        boolean remote = from.startsWith("http://") || from.startsWith("https://");
        int found = 0;
        for (Map.Entry<String, String> part : PARTS.entrySet()) {
            byte[] bytes = remote ? fetched(part.getValue()) : file(part.getValue());
            if (bytes.length > 0) {
                export.set(part.getKey(), list(part.getValue(), bytes));
                found++;
            }
        }
        if (found == 0) {
            throw new WrongUsageException("in " + from
                    + " is none of presets.json, provisions.json, virtual_parameters.json and objects.json");
        }
        return export;
    }

    private JsonNode list(String name, byte[] bytes) {
        if (bytes.length > MOST) {
            throw new WrongUsageException(name + " of " + from + ": " + MOST + " bytes are taken at most");
        }
        try {
            JsonNode list = JSON.readTree(bytes);
            if (list.isArray()) {
                return list;
            }
        } catch (JacksonException wrong) {
            // said below
        }
        throw new WrongUsageException(name + " of " + from + " is no list in JSON");
    }

    private byte[] file(String name) {
        try (InputStream in = Files.newInputStream(Path.of(from, name + ".json"))) {
            return in.readNBytes(MOST + 1);
        } catch (NoSuchFileException missing) {
            return new byte[0];
        } catch (IOException unreadable) {
            throw new WrongUsageException(
                    "--from " + from + ": " + name + ".json cannot be read: " + unreadable.getMessage());
        }
    }

    private byte[] fetched(String name) throws UnreachableException {
        URI address;
        try {
            address = URI.create(from.replaceFirst("/+$", "") + "/" + name + "/");
        } catch (IllegalArgumentException wrong) {
            throw new WrongUsageException("--from " + from + " is no URL");
        }
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new UnreachableException(address + " answered " + answer.statusCode());
                }
                return body.readNBytes(MOST + 1);
            }
        } catch (IOException gone) {
            throw new UnreachableException(address + " does not answer: " + gone.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new UnreachableException("interrupted");
        }
    }
}
