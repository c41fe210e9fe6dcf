// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.definition;

import java.util.Map;
import java.util.regex.Pattern;

/// What TR-106's named types allow, for parameters that name one and give no pattern of their own. Empty
/// text, which says that there is no such address, is always allowed.
final class NamedTypes {
    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String IPV6 = "[0-9A-Fa-f:]{2,39}(?:(?<=:)" + IPV4 + ")?(?:%[0-9A-Za-z._-]{1,32})?";
    private static final String MAC = "(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}";
    private static final String UUID = "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";

    private static final Map<String, Pattern> PATTERNS = Map.of(
            "IPv4Address", Pattern.compile(IPV4),
            "IPv6Address", Pattern.compile(IPV6),
            "IPAddress", Pattern.compile(IPV4 + "|" + IPV6),
            "IPv4Prefix", Pattern.compile(IPV4 + "/(?:3[0-2]|[12]?[0-9])"),
            "IPv6Prefix", Pattern.compile(IPV6 + "/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])"),
            "IPPrefix",
                    Pattern.compile(IPV4 + "/(?:3[0-2]|[12]?[0-9])|" + IPV6 + "/(?:12[0-8]|1[01][0-9]|[1-9]?[0-9])"),
            "MACAddress", Pattern.compile(MAC),
            "UUID", Pattern.compile(UUID),
            "Alias", Pattern.compile("[A-Za-z].{0,63}"));

    private NamedTypes() {}

    static void check(String typeName, String value) {
        Pattern pattern = PATTERNS.get(typeName);
        if (pattern != null
                && !value.isEmpty()
                && (value.length() > 256 || !pattern.matcher(value).matches())) {
            throw ValueSyntax.invalid("not of type " + typeName + ": '"
                    + (value.length() > 64 ? value.substring(0, 64) + "…" : value) + "'");
        }
    }
}
