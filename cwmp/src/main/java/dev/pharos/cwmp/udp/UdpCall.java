// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.udp;

import dev.pharos.usp.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A connection request over UDP (TR-069 Annex G): it is not answered, and signed with the password for calls.
///
/// @param time seconds since 1970; a device takes none that is older than the last it took
/// @param id of this call: the same in each copy of it
/// @param nonce what makes the signature another one each time
/// @param signature HMAC-SHA1, in hexadecimal
public record UdpCall(long time, long id, String username, String nonce, String signature) {
    private static final Pattern LINE =
            Pattern.compile("GET http://[^ ?]{1,300}\\?([^ ]{1,700}) HTTP/1\\.[01]", Pattern.CASE_INSENSITIVE);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.~:+/=-]*");

    /// @param username and nonce: letters, digits and what needs no escape in a URL
    public static UdpCall signed(long time, long id, String username, String nonce, String password) {
        if (!PLAIN.matcher(username).matches() || !PLAIN.matcher(nonce).matches()) {
            throw new IllegalArgumentException("cannot be said in a call: " + username + " " + nonce);
        }
        return new UdpCall(time, id, username, nonce, signature(time + "" + id + username + nonce, password));
    }

    /// As it is sent.
    ///
    /// @param host with the port
    public Bytes encode(String host) {
        return Bytes.ofUtf8("GET http://" + host + "?ts=" + time + "&id=" + id + "&un=" + username + "&cn=" + nonce
                + "&sig=" + signature + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    /// Empty where it is none.
    public static Optional<UdpCall> decode(Bytes datagram) {
        String text = new String(datagram.toByteArray(), StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n");
        Matcher line = LINE.matcher(end < 0 ? text.strip() : text.substring(0, end));
        if (!line.matches()) {
            return Optional.empty();
        }
        Map<String, String> said = new HashMap<>();
        for (String pair : line.group(1).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                said.putIfAbsent(pair.substring(0, equals).toLowerCase(Locale.ROOT), pair.substring(equals + 1));
            }
        }
        String time = said.getOrDefault("ts", "");
        String id = said.getOrDefault("id", "");
        return NUMBER.matcher(time).matches() && NUMBER.matcher(id).matches()
                ? Optional.of(new UdpCall(
                        Long.parseLong(time),
                        Long.parseLong(id),
                        said.getOrDefault("un", ""),
                        said.getOrDefault("cn", ""),
                        said.getOrDefault("sig", "")))
                : Optional.empty();
    }

    /// Whether who sent it knows the password.
    public boolean isSignedWith(String password) {
        String right = signature(time + "" + id + username + nonce, password);
        return !password.isEmpty()
                && MessageDigest.isEqual(
                        right.getBytes(StandardCharsets.US_ASCII),
                        signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
    }

    private static String signature(String text, String password) {
        if (password.isEmpty()) {
            return "";
        }
        return HexFormat.of().formatHex(HmacSha1.of(text.getBytes(StandardCharsets.UTF_8), password));
    }
}
