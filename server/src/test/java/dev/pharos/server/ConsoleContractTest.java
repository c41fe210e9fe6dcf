// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the page believes of the REST interface (`console/openapi.json`, from which its types are made) is what the
/// server
/// says of itself.
final class ConsoleContractTest {
    private static final JsonNode SERVER =
            TestServer.shared().rest().get("/api/openapi.json").json();
    private static final JsonNode CONSOLE = console();

    private static JsonNode console() {
        try {
            return JsonMapper.builder().build().readTree(Files.readString(Path.of("..", "console", "openapi.json")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Test
    void every_operation_that_the_page_knows_is_there() {
        List<String> unknown = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : CONSOLE.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                if (SERVER.path("paths")
                        .path(path.getKey())
                        .path(operation.getKey())
                        .isMissingNode()) {
                    unknown.add(operation.getKey() + " " + path.getKey());
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    /// Names of schemas are the server's where both have them; the page has some of its own for parts of others.
    @Test
    void every_field_that_the_page_reads_or_sends_is_there_and_what_it_relies_on_is_always_there() {
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, JsonNode> schema :
                CONSOLE.get("components").get("schemas").properties()) {
            JsonNode own = SERVER.path("components").path("schemas").path(schema.getKey());
            if (own.isMissingNode()) {
                continue;
            }
            for (String field : schema.getValue().path("properties").propertyNames()) {
                if (own.path("properties").path(field).isMissingNode()) {
                    wrong.add(schema.getKey() + " has no " + field);
                }
            }
            if (schema.getKey().endsWith("Body")) {
                continue; // what the page sends may be more than the server insists on
            }
            List<String> always = new ArrayList<>();
            own.path("required").forEach(name -> always.add(name.stringValue()));
            schema.getValue().path("required").forEach(name -> {
                if (!always.contains(name.stringValue())) {
                    wrong.add(schema.getKey() + "." + name.stringValue() + " may be left out");
                }
            });
        }
        assertThat(wrong).isEmpty();
    }
}
