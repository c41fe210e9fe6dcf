// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a Controller is: an absolute URL, which says everything, or a name of which DNS-SD says the rest
/// (R-DIS.1b).
public sealed interface ControllerPlace {
    int HIGHEST_PORT = 65_535;

    record Url(URI uri) implements ControllerPlace {
        @Override
        public String toString() {
            return uri.toString();
        }
    }

    /// @param name without the last dot, lower case
    record Fqdn(String name) implements ControllerPlace {
        private static final Pattern NAME =
                Pattern.compile("(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(\\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*\\.?");

        public Fqdn {
            if (name.length() > 254 || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a host name: " + name);
            }
            name = (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        }

        /// Whether mDNS resolves it (R-DIS.5).
        public boolean isLocal() {
            return name.endsWith(".local");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// Reads what an option says.
    ///
    /// @throws MalformedInputException where it is neither
    static ControllerPlace parse(String text) throws MalformedInputException {
        if (!text.contains(":")) {
            try {
                return new Fqdn(text);
            } catch (IllegalArgumentException noName) {
                throw wrong(text);
            }
        }
        try {
            URI uri = new URI(text);
            if (!uri.isAbsolute()
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawFragment() != null
                    || uri.getPort() > HIGHEST_PORT) {
                throw wrong(text);
            }
            return new Url(uri);
        } catch (URISyntaxException noUrl) {
            throw wrong(text);
        }
    }

    private static MalformedInputException wrong(String text) {
        return new MalformedInputException(
                StandardErrorCode.INVALID_VALUE,
                "the Controller's address is neither an absolute URL with a host and neither login nor fragment, nor a host name: "
                        + text);
    }
}
