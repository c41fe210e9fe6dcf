// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/// Spring's firewall refuses paths that hold percent signs and the like after decoding, which Endpoint IDs may: `%2F`
/// is part of an id and comes as `%252F`. The same dangers are refused here in the path as it was sent, before any
/// decoding.
final class IdFirewall extends StrictHttpFirewall {
    private static final List<String> NEVER_SENT =
            List.of(";", "\\", "//", "/./", "/../", "%00", "%2f", "%5c", "%2e%2e", "%0a", "%0d");

    IdFirewall() {
        setAllowUrlEncodedPercent(true);
        setAllowUrlEncodedSlash(true);
        setAllowUrlEncodedDoubleSlash(true);
        setAllowUrlEncodedPeriod(true);
        setAllowBackSlash(true);
        setAllowSemicolon(true);
        setAllowNull(true);
        setAllowUrlEncodedCarriageReturn(true);
        setAllowUrlEncodedLineFeed(true);
        setAllowUrlEncodedParagraphSeparator(true);
        setAllowUrlEncodedLineSeparator(true);
    }

    @Override
    public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
        String path = request.getRequestURI().toLowerCase(Locale.ROOT);
        for (String forbidden : NEVER_SENT) {
            if (path.contains(forbidden)) {
                throw new RequestRejectedException("the path holds " + forbidden);
            }
        }
        if (path.endsWith("/..") || path.endsWith("/.")) {
            throw new RequestRejectedException("the path is not in its plain form");
        }
        return super.getFirewalledRequest(request);
    }
}
