// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.soap.NotificationReader;
import dev.pharos.cwmp.soap.XmlText;
import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a device tells in one datagram that nobody answers (TR-069 Annex N,
/// cwmp-UDPLightweightNotification-1-0).
///
/// @param time seconds since 1970
/// @param username of the device at its ACS
/// @param nonce what makes the signature another one each time
public record LightweightNotification(
        long time, String username, String nonce, DeviceId device, List<ParameterValue> parameters) {
    private static final String NAMESPACE = "urn:broadband-forum-org:cwmp:lwnotif-1-0";
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern POST = Pattern.compile("POST [^ ]{1,300} HTTP/1\\.[01]");
    private static final Pattern SIGNATURE = Pattern.compile("(?im)^signature:[ \t]*([0-9a-f]{40})[ \t]*\r?$");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

    /// One that has come: from the device that it names if it is signed with that device's password, else from anybody.
    ///
    /// @param body what is signed, as it came
    /// @param signature in hexadecimal
    public record Received(LightweightNotification notification, Bytes body, String signature) {
        /// Whether who sent it knows the password.
        public boolean isSignedWith(String password) {
            return !password.isEmpty()
                    && MessageDigest.isEqual(
                            HmacSha1.of(body.toByteArray(), password),
                            HexFormat.of().parseHex(signature));
        }
    }

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

    /// What has come; empty where it is no such notification, or says neither when it was sent nor by whom.
    public static Optional<Received> decode(Bytes datagram) {
        byte[] whole = datagram.toByteArray();
        int end = endOfHead(whole);
        if (end < 0) {
            return Optional.empty();
        }
        String head = new String(whole, 0, end, StandardCharsets.ISO_8859_1);
        int line = head.indexOf("\r\n");
        Matcher signature = SIGNATURE.matcher(head);
        if (!POST.matcher(line < 0 ? head : head.substring(0, line)).matches() || !signature.find()) {
            return Optional.empty();
        }
        Bytes body = Bytes.adopt(Arrays.copyOfRange(whole, end + END_OF_HEAD.length, whole.length));
        String signed = signature.group(1).toLowerCase(Locale.ROOT);
        try {
            NotificationReader.Content said = NotificationReader.read(body.toByteArray());
            String time = said.words().getOrDefault("TS", "");
            String username = said.words().getOrDefault("UN", "");
            return NUMBER.matcher(time).matches() && !username.isEmpty()
                    ? Optional.of(new Received(
                            new LightweightNotification(
                                    Long.parseLong(time),
                                    username,
                                    said.words().getOrDefault("CN", ""),
                                    said.device(),
                                    said.parameters()),
                            body,
                            signed))
                    : Optional.empty();
        } catch (MalformedSoapException malformed) {
            return Optional.empty();
        }
    }

    private static int endOfHead(byte[] whole) {
        for (int i = 0; i + END_OF_HEAD.length <= whole.length; i++) {
            if (Arrays.equals(whole, i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i;
            }
        }
        return -1;
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
