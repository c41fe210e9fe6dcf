// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Deliveries of bulk data as a device posts them: the counters of its Ethernet interfaces, by their paths.
final class DeviceReports {
    /// The object whose rows are reported, as its supported path has it.
    static final String OBJECT = "Device.Ethernet.Interface.{i}.Stats.";

    static final List<String> COUNTERS = List.of(
            "BytesSent",
            "BytesReceived",
            "PacketsSent",
            "PacketsReceived",
            "ErrorsSent",
            "ErrorsReceived",
            "DiscardPacketsSent",
            "DiscardPacketsReceived",
            "UnicastPacketsSent",
            "UnicastPacketsReceived");

    private static final int INTERFACES = 20;

    /// Values of one report.
    static final int VALUES = INTERFACES * COUNTERS.size();

    private DeviceReports() {}

    static String id(int device) {
        return "proto::reporting-" + device;
    }

    static String password(int device) {
        return "secret of " + id(device).substring("proto::".length());
    }

    /// A whole HTTP request: a connection for each report, which comes minutes after the one before.
    ///
    /// @param report the how many of this device; counters rise from one to the next
    static byte[] delivery(int device, int report, Instant collected) throws IOException {
        byte[] body = compressed(json(device, report, collected));
        String login = id(device) + ":" + password(device);
        String head = "POST /bulk?eid=" + id(device) + " HTTP/1.1\r\n"
                + "Host: localhost\r\n"
                + "Authorization: Basic "
                + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n"
                + "Content-Type: application/json; charset=UTF-8\r\n"
                + "BBF-Report-Format: \"NameValuePair\"\r\n"
                + "Content-Encoding: gzip\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(head.getBytes(StandardCharsets.ISO_8859_1));
        request.write(body);
        return request.toByteArray();
    }

    private static String json(int device, int report, Instant collected) {
        StringBuilder json = new StringBuilder("{\"Report\":[{\"CollectionTime\":").append(collected.toEpochMilli());
        for (int row = 1; row <= INTERFACES; row++) {
            String object = OBJECT.replace("{i}", Integer.toString(row));
            for (int counter = 0; counter < COUNTERS.size(); counter++) {
                long value = (device * 7_919L + row * 104_729L) * (counter + 1) + report * 1_500L;
                json.append(",\"")
                        .append(object)
                        .append(COUNTERS.get(counter))
                        .append("\":\"")
                        .append(value)
                        .append('"');
            }
        }
        return json.append("}]}").toString();
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
