// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// `Profile.{i}.HTTP.`: the collector that reports are sent to, and how.
record HttpDestination(ObjectInstance row) {

    /// Where it is; empty where nobody has said yet.
    ///
    /// @throws UspException 7012 where it is no address that reports may go to
    Optional<URI> address() {
        String text = text("URL");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI address = new URI(text);
            if (address.getHost() == null || address.getRawUserInfo() != null || address.getRawFragment() != null) {
                throw wrong("URL", "names a host, no user and no part of a page");
            }
            if (!mayCarryReports(address)) {
                throw wrong("URL", "reports go to https:// addresses, or to http:// ones of this host");
            }
            return Optional.of(address);
        } catch (URISyntaxException malformed) {
            throw wrong("URL", malformed.getReason());
        }
    }

    /// Nothing leaves this host unencrypted (R-BULK.6). Names are not looked up for this, as they may lead somewhere
    /// else later.
    static boolean mayCarryReports(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme().toLowerCase(Locale.ROOT);
        String host = address.getHost() == null ? "" : address.getHost();
        boolean loopback = host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
        return scheme.equals("https") || (scheme.equals("http") && loopback);
    }

    /// @throws UspException 7012
    void check() {
        Optional<URI> _ = address();
        if (!text("Compression").equals("None") && !listed("CompressionsSupported", text("Compression"))) {
            throw wrong("Compression", "None or " + text("CompressionsSupported"));
        }
        if (!listed("MethodsSupported", text("Method"))) {
            throw wrong("Method", text("MethodsSupported"));
        }
    }

    private boolean listed(String parameter, String word) {
        return ValueSyntax.items(text(parameter)).contains(word);
    }

    private UspException wrong(String parameter, String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, row.path() + parameter + ": " + why);
    }

    String method() {
        return text("Method");
    }

    boolean isCompressed() {
        return text("Compression").equals("GZIP");
    }

    boolean isDated() {
        return text("UseDateHeader").equals("true");
    }

    /// Whether failed reports outlive a reboot.
    boolean persists() {
        return text("PersistAcrossReboot").equals("true");
    }

    String username() {
        return text("Username");
    }

    String password() {
        return text("Password");
    }

    /// How long to wait before each further attempt; empty where there is none (R-BULK.2).
    Optional<RetryBackoff> retries() {
        return text("RetryEnable").equals("true")
                ? Optional.of(new RetryBackoff(
                        Duration.ofSeconds(Long.parseLong(text("RetryMinimumWaitInterval"))),
                        Integer.parseInt(text("RetryIntervalMultiplier"))))
                : Optional.empty();
    }

    private String text(String parameter) {
        return row.value(parameter).orElse("");
    }

    /// Without the password.
    @Override
    public String toString() {
        return row.path();
    }
}
