// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.server.northbound.json.ElementValue;
import dev.pharos.server.northbound.json.ServiceElementIdentifier;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.json.BadRequestException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads which instance of a Service Element a GET or DELETE means: by its body, as the API has it, or by its query
/// (`?SSID=Home`), since much of what lies between drops such bodies.
public final class Identifiers {
    private final JsonMapper json;

    public Identifiers(JsonMapper json) {
        this.json = json;
    }

    /// @return none where it says nothing
    Map<String, String> read(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(Limits.IDENTIFIER_BYTES + 1);
        if (body.length > Limits.IDENTIFIER_BYTES) {
            throw new ApiException(
                    413, "Too large", "An identifier may have " + Limits.IDENTIFIER_BYTES + " bytes at most.");
        }
        Map<String, String> query = query(request);
        if (body.length == 0) {
            return query;
        }
        if (!query.isEmpty()) {
            throw new BadRequestException("identifier", "must be in the body or in the query, not in both");
        }
        try {
            return json.readValue(body, ServiceElementIdentifier.class).keys();
        } catch (JacksonException wrong) {
            throw new HttpMessageNotReadableException(
                    "the JSON cannot be read", wrong, new ServletServerHttpRequest(request));
        }
    }

    private static Map<String, String> query(HttpServletRequest request) {
        Map<String, String> keys = new LinkedHashMap<>();
        request.getParameterMap().forEach((name, values) -> {
            if (values.length != 1) {
                throw new BadRequestException(name, "comes " + values.length + " times");
            }
            keys.put(ElementValue.named(name, name), values[0]);
        });
        return keys;
    }
}
