// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.rest.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class SchemaCommandTest {
    private static String printed(ObjectNode object) {
        ObjectNode result = Json.object();
        result.putArray("supportedObjs").add(object);
        ObjectNode answer = Json.object();
        answer.putArray("requestedObjectResults").add(result);
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new SchemaCommand().print(answer, out);
        out.flush();
        return text.toString();
    }

    @Test
    void rows_that_have_a_model_of_their_own_are_named_so_that_they_can_be_asked_for() {
        ObjectNode object = Json.object()
                .put("supportedObjPath", "Device.ProxiedDevice.{i}.")
                .put("access", "OBJ_READ_ONLY");
        object.set("divergentPaths", Json.array(List.of("Device.ProxiedDevice.1.", "Device.ProxiedDevice.4.")));
        assertThat(printed(object))
                .contains("Device.ProxiedDevice.{i}.  read only")
                .contains("Device.ProxiedDevice.1.  has a model of its own")
                .contains("Device.ProxiedDevice.4.");
    }
}
