// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux;

import java.util.List;
import java.util.regex.Pattern;

/// The name servers of `/etc/resolv.conf`.
final class Resolver {
    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private Resolver() {}

    /// In the order of the file, without the interface that a link-local one may name.
    static List<String> servers(HostFiles files) {
        return files.lines("/etc/resolv.conf").stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 1 && words[0].equals("nameserver"))
                .map(words -> words[1].split("%", 2)[0])
                .filter(address ->
                        address.length() <= 45 && ADDRESS.matcher(address).matches())
                .distinct()
                .limit(Limits.NAME_SERVERS)
                .toList();
    }
}
