// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.soap.XmlText;
import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// What a device tells in one datagram that nobody answers (TR-069 Annex N,
/// cwmp-UDPLightweightNotification-1-0).
///
/// @param time seconds since 1970
/// @param username of the device at its ACS
/// @param nonce what makes the signature another one each time
public record LightweightNotification(
        long time, String username, String nonce, DeviceId device, List<ParameterValue> parameters) {
    private static final String NAMESPACE = "urn:broadband-forum-org:cwmp:lwnotif-1-0";

    public LightweightNotification {
        parameters = List.copyOf(parameters);
    }

    /// As it is sent: the head of a POST, in which `Signature` is the HMAC-SHA1 of what follows it, in
    /// hexadecimal.
    ///
    /// @param host to which it goes, with the port
    /// @param password of the device at its ACS, not empty
    public Bytes encode(String host, String password) {
        byte[] body = body().getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST / HTTP/1.1\r\nHost: " + host
                        + "\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: " + body.length
                        + "\r\nSignature: " + HexFormat.of().formatHex(HmacSha1.of(body, password)) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + body.length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return Bytes.adopt(whole);
    }

    private String body() {
        StringBuilder xml = new StringBuilder(512);
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?><lwn:Notification xmlns:lwn=\"")
                .append(NAMESPACE)
                .append("\">");
        element(xml, "TS", String.valueOf(time));
        element(xml, "UN", username);
        element(xml, "CN", nonce);
        element(xml, "OUI", device.oui());
        element(xml, "ProductClass", device.productClass());
        element(xml, "SerialNumber", device.serialNumber());
        for (ParameterValue each : parameters) {
            xml.append("<Param>");
            element(xml, "Name", each.name());
            element(xml, "Value", each.value());
            xml.append("</Param>");
        }
        return xml.append("</lwn:Notification>").toString();
    }

    private static void element(StringBuilder xml, String name, String value) {
        xml.append('<').append(name).append('>');
        XmlText.append(xml, value);
        xml.append("</").append(name).append('>');
    }
}
