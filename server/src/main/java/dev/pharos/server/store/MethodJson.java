// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.cwmp.rpc.AcsRequest;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.usp.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Methods that devices of TR-069 are called for, as they are kept until they are.
final class MethodJson {
    private MethodJson() {}

    static void write(AcsRequest<?> request, ObjectNode json) {
        json.put("method", request.method());
        switch (request) {
            case ScheduleInform(Duration delay, String key) ->
                json.put("delay", delay.toSeconds()).put("key", key);
            case CancelTransfer(String key) -> json.put("key", key);
            case GetOptions(String name) -> json.put("name", name);
            case SetVouchers(List<Bytes> vouchers) -> {
                ArrayNode all = json.putArray("vouchers");
                vouchers.forEach(each -> all.add(Base64.getEncoder().encodeToString(each.toByteArray())));
            }
            default -> {}
        }
    }

    static AcsRequest<?> read(JsonNode json) {
        String method = json.get("method").stringValue();
        return switch (method) {
            case "ScheduleInform" ->
                new ScheduleInform(
                        Duration.ofSeconds(json.get("delay").longValue()),
                        json.get("key").stringValue());
            case "CancelTransfer" -> new CancelTransfer(json.get("key").stringValue());
            case "GetOptions" -> new GetOptions(json.get("name").stringValue());
            case "SetVouchers" -> {
                List<Bytes> vouchers = new ArrayList<>();
                json.get("vouchers")
                        .forEach(each ->
                                vouchers.add(Bytes.adopt(Base64.getDecoder().decode(each.stringValue()))));
                yield new SetVouchers(vouchers);
            }
            case "GetAllQueuedTransfers" -> new GetAllQueuedTransfers();
            default -> throw new IllegalArgumentException("no method that is kept: " + method);
        };
    }
}
