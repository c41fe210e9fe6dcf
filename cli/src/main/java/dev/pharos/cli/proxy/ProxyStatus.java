// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.proxy;

import dev.pharos.cli.rest.Json;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How the agents of a proxy stand, as a document that is replaced as a whole.
public final class ProxyStatus {
    private ProxyStatus() {}

    /// One agent.
    ///
    /// @param address where it came from
    /// @param reached whether the controller is reached for it
    /// @param trouble why it is not; empty where it is
    public record Row(
            EndpointId id,
            Instant since,
            String address,
            boolean reached,
            String trouble,
            Pipe.Passed toController,
            Pipe.Passed toAgent) {}

    static String json(List<Row> rows) {
        ObjectNode document = Json.object();
        ArrayNode agents = document.putArray("agents");
        for (Row row : rows) {
            ObjectNode agent = agents.addObject();
            agent.put("id", row.id().toString());
            agent.put("since", row.since().truncatedTo(ChronoUnit.SECONDS).toString());
            agent.put("address", row.address());
            agent.put("controllerReached", row.reached());
            agent.put("trouble", row.trouble());
            passed(agent.putObject("toController"), row.toController());
            passed(agent.putObject("toAgent"), row.toAgent());
        }
        return Json.text(document);
    }

    private static void passed(ObjectNode node, Pipe.Passed passed) {
        node.put("records", passed.records());
        node.put("bytes", passed.bytes());
        node.put("waiting", passed.waiting());
    }

    /// @throws IOException where it cannot be written; what was there stays
    static void write(Path file, String document) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, document + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
