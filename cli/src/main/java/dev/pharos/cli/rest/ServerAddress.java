// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.rest;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Where the server is and the token that opens it.
///
/// @param certificate the server's own, PEM, where it has told it; else the runtime's trust decides
public record ServerAddress(URI url, String token, Optional<String> certificate) {
    /// A server that the runtime's trust decides on, where it speaks TLS.
    public ServerAddress(URI url, String token) {
        this(url, token, Optional.empty());
    }

    /// Says the address only.
    @Override
    public String toString() {
        return url.toString();
    }

    /// PHAROS_URL and PHAROS_TOKEN, else `connection.json` of the data folder.
    ///
    /// @throws UnreachableException where no server has left its address
    public static ServerAddress find(@Nullable Path dataOption) throws UnreachableException {
        String url = System.getenv("PHAROS_URL");
        String token = System.getenv("PHAROS_TOKEN");
        if (url != null && token != null) {
            return new ServerAddress(URI.create(url), token);
        }
        Path file = DataFolder.of(dataOption).resolve("connection.json");
        try {
            JsonNode connection = Json.parse(Files.readString(file));
            return new ServerAddress(
                    URI.create(url != null ? url : connection.path("url").asString("")),
                    token != null ? token : connection.path("token").asString(""),
                    url != null
                            ? Optional.empty()
                            : connection.path("certificate").asStringOpt());
        } catch (IOException | JacksonException | IllegalArgumentException absent) {
            throw new UnreachableException("no server has been started with this data folder (no readable " + file
                    + "); start one: ./pharos demo   (or set PHAROS_URL and PHAROS_TOKEN)");
        }
    }
}
