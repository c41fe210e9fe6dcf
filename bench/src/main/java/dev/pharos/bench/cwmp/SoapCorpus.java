// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.cwmp;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.cwmp.CwmpVersion;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.EventStruct;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.InformResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.soap.Envelope;
import dev.pharos.cwmp.soap.SoapHeader;
import dev.pharos.cwmp.soap.SoapWriter;
import dev.pharos.cwmp.soap.WritingQuirks;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// The envelopes that the benchmarks read: an Inform of 2 kB, and 1000 values of 250 kB.
final class SoapCorpus {
    private SoapCorpus() {}

    static byte[] inform() {
        return inform("BENCH000001");
    }

    static byte[] inform(String serialNumber) {
        return written(new Inform(
                new DeviceId("Pharos", "0200F0", "Gateway", serialNumber),
                List.of(new EventStruct(StandardEvent.PERIODIC, ""), new EventStruct(StandardEvent.VALUE_CHANGE, "")),
                1,
                new CwmpTime("2026-01-02T03:04:05Z"),
                0,
                parameters(7)));
    }

    static byte[] values() {
        return values(1000);
    }

    static byte[] values(int count) {
        return written(new GetParameterValuesResponse(parameters(count)));
    }

    static byte[] informResponse() {
        return written(new InformResponse(1));
    }

    static byte[] get(List<String> names) {
        return written(new GetParameterValues(names));
    }

    private static List<ParameterValue> parameters(int count) {
        List<ParameterValue> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(
                    i % 2 == 0
                            ? new ParameterValue(
                                    "Device.WiFi.AccessPoint.1.AssociatedDevice." + i + ".Stats.BytesSent",
                                    PrimitiveType.UNSIGNED_LONG,
                                    String.valueOf(1_000_000_007L * i))
                            : new ParameterValue(
                                    "Device.InterfaceStack.LowerLayersOfEverything." + i + ".LowerLayer",
                                    PrimitiveType.STRING,
                                    "Device.Ethernet.Link." + i + ".,Device.WiFi.SSID." + i + ". & <more> of what is"
                                            + " beneath, in words that a person understands"));
        }
        return values;
    }

    private static byte[] written(Body body) {
        return new SoapWriter(WritingQuirks.NONE)
                .write(new Envelope(CwmpVersion.V1_4.namespace(), SoapHeader.ofId("bench"), body));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
