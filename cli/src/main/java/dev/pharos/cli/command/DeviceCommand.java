// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.rest.DeniedException;
import dev.pharos.cli.rest.Json;
import dev.pharos.cli.rest.RestClient;
import dev.pharos.cli.rest.UnreachableException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// One USP request to one device, and what its answer looks like on a terminal.
sealed class DeviceCommand extends ServerCommand implements Callable<Integer>
        permits AddCommand,
                DeleteCommand,
                GetCommand,
                InstancesCommand,
                OperateCommand,
                ProtocolsCommand,
                SchemaCommand,
                SetCommand {
    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The device's Endpoint ID, such as os::0200F0-0123456789.")
    private String device = "";

    private final List<String> failures = new ArrayList<>();
    private final String operation;

    DeviceCommand(String operation) {
        this.operation = operation;
    }

    /// The request's JSON body.
    JsonNode request() {
        return Json.object();
    }

    /// Prints the answer; what failed is told to [#failed].
    void print(JsonNode answer, PrintWriter out) {
        out.println(Json.text(answer));
    }

    /// What goes on after the answer, such as waiting for a command to complete.
    JsonNode exchange(RestClient client, JsonNode request) throws DeniedException, UnreachableException {
        return client.post("/devices/" + RestClient.segment(device) + "/usp/" + operation, request);
    }

    final String device() {
        return device;
    }

    /// Notes an error of a part of the answer, such as one path of several.
    final void failed(String what, JsonNode fault) {
        failures.add(fault.path("errCode").asInt() + " " + what + ": "
                + fault.path("errMsg").asString(""));
    }

    @Override
    public Integer call() throws DeniedException, UnreachableException {
        JsonNode request = request();
        JsonNode answer = exchange(client(), request);
        PrintWriter out = out();
        PrintWriter text = json() ? new PrintWriter(java.io.Writer.nullWriter()) : out;
        print(answer, text);
        if (json()) {
            out.println(Json.text(answer));
        }
        out.flush();
        String waits = answer.path("nextSession").path("detail").asString("");
        if (!waits.isEmpty()) {
            err().println(waits);
        }
        if (!failures.isEmpty()) {
            throw new DeniedException(failures);
        }
        return 0;
    }
}
