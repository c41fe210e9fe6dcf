// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.codec;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.codec.RecordCodec;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The six messages that the codec benchmarks run: Get of 3 paths, its answer with 10 and with 1000
/// parameters, Set, a ValueChange, and a supported data model of 500 objects.
final class Corpus {
    private static final EndpointId TO = EndpointId.of("self::pharos");
    private static final EndpointId FROM = EndpointId.of("os::0200F0-BENCH000001");

    private Corpus() {}

    static List<UspMessage> messages() {
        return List.of(
                message(
                        "1",
                        new GetRequest(List.of("Device.DeviceInfo.", "Device.WiFi.SSID.*.SSID", "Device.Time."), 0)),
                message("2", values(1, 10)),
                message("3", values(50, 20)),
                message(
                        "4",
                        new SetRequest(
                                false,
                                List.of(new SetRequest.UpdateObject(
                                        "Device.WiFi.SSID.1.",
                                        List.of(
                                                new ParameterSetting("SSID", "MyNetwork", true),
                                                new ParameterSetting("Enable", "true", false)))))),
                message(
                        "5",
                        new NotifyRequest(
                                "watch-ssid",
                                true,
                                new Notification.ValueChange("Device.WiFi.SSID.1.SSID", "MyNetwork"))),
                message("6", model(500)));
    }

    static List<Bytes> records() {
        List<Bytes> records = new ArrayList<>();
        for (UspMessage message : messages()) {
            records.add(RecordCodec.encode(
                    UspRecord.plain(TO, FROM, new RecordType.NoSessionContext(MessageCodec.encode(message)))));
        }
        return records;
    }

    static UspRecord record(UspMessage message) {
        return UspRecord.plain(TO, FROM, new RecordType.NoSessionContext(MessageCodec.encode(message)));
    }

    private static UspMessage message(String id, Body body) {
        return new UspMessage(new MessageId("bench-" + id), body);
    }

    private static GetResponse values(int objects, int parameters) {
        List<GetResponse.ResolvedPathResult> results = new ArrayList<>();
        for (int o = 1; o <= objects; o++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int p = 0; p < parameters; p++) {
                values.put("Parameter" + p, "value " + p + " of " + o);
            }
            results.add(new GetResponse.ResolvedPathResult("Device.WiFi.AccessPoint." + o + ".", values));
        }
        return new GetResponse(
                List.of(new GetResponse.RequestedPathResult("Device.WiFi.AccessPoint.", Optional.empty(), results)));
    }

    private static GetSupportedDmResponse model(int objects) {
        List<GetSupportedDmResponse.SupportedObject> supported = new ArrayList<>();
        for (int o = 0; o < objects; o++) {
            List<GetSupportedDmResponse.SupportedParameter> parameters = new ArrayList<>();
            for (int p = 0; p < 8; p++) {
                parameters.add(new GetSupportedDmResponse.SupportedParameter(
                        "Parameter" + p,
                        GetSupportedDmResponse.ParameterAccess.READ_WRITE,
                        GetSupportedDmResponse.ParameterValueType.STRING,
                        GetSupportedDmResponse.ValueChangeType.ALLOWED));
            }
            supported.add(new GetSupportedDmResponse.SupportedObject(
                    "Device.Object" + o + ".{i}.",
                    GetSupportedDmResponse.ObjectAccess.ADD_DELETE,
                    true,
                    List.of(new GetSupportedDmResponse.SupportedCommand(
                            "Reset()", List.of("Mode"), List.of("Status"), GetSupportedDmResponse.CommandType.SYNC)),
                    List.of(new GetSupportedDmResponse.SupportedEvent("Changed!", List.of("Cause"))),
                    parameters,
                    List.of(),
                    List.of(new GetSupportedDmResponse.UniqueKeySet(List.of("Alias")))));
        }
        return new GetSupportedDmResponse(List.of(new GetSupportedDmResponse.RequestedObjectResult(
                "Device.", Optional.empty(), "urn:broadband-forum-org:tr-181-2-19-0", supported)));
    }
}
