// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.websocket;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The old way to tell an Endpoint ID, `Sec-WebSocket-Extensions: bbf-usp-protocol; eid="…"`. Clients before
/// USP 1.3 send it and may wait for ours; its absence is never an error (R-WS.10a, R-WS.11a to R-WS.11c).
///
/// @param offered whether the extension is there
/// @param endpointId what it says, where it says something readable
record EidExtension(boolean offered, Optional<EndpointId> endpointId) {
    /// No step back is possible in it: a hostile header costs linear time.
    private static final Pattern FORM = Pattern.compile(
            "(?i)(?:^|,)[ \\t]*+bbf-usp-protocol(?:[ \\t]*+;[ \\t]*+eid[ \\t]*+=[ \\t]*+(?:\"([^\"]*+)\"|([^\";, \\t]*+)))?+");

    static EidExtension read(List<String> headerValues) {
        for (String value : headerValues) {
            Matcher matcher = FORM.matcher(value);
            if (matcher.find()) {
                String text = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
                return new EidExtension(true, text == null ? Optional.empty() : parse(text));
            }
        }
        return new EidExtension(false, Optional.empty());
    }

    static String write(EndpointId own) {
        return "bbf-usp-protocol; eid=\"" + own + "\"";
    }

    private static Optional<EndpointId> parse(String text) {
        try {
            return Optional.of(EndpointId.parse(text));
        } catch (MalformedInputException notAnId) {
            // The header is deprecated and its absence is no error; so is what cannot be read.
            return Optional.empty();
        }
    }
}
