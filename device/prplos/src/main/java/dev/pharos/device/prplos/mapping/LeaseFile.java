// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.device.prplos.ubus.UbusValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who has which address, as dnsmasq writes it: a line for each, with the time until when, the hardware address, the
/// address of IPv4, the name or `*`, and the client's own name for itself. What is no such line is left out, as are
/// those of IPv6, which begin with a number in place of the hardware address.
public final class LeaseFile {
    private static final Pattern LINE = Pattern.compile(
            "([0-9]{1,11}) ((?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}) ([0-9.]{7,15}) ([^ \\x00]{1,255})(?: .*)?");
    private static final String UNKNOWN = "*";

    private LeaseFile() {}

    /// The leases as a list `leases` of tables with `expires` (seconds since 1970, 0 for ever), `mac`, `ip` and, where
    /// there is one, `name`; at most [Limits#LISTED].
    public static UbusTable parse(String text) {
        List<UbusValue> leases = new ArrayList<>();
        text.lines()
                .takeWhile(line -> leases.size() < Limits.LISTED)
                .forEach(line -> lease(line).ifPresent(leases::add));
        return UbusTable.EMPTY.with("leases", new UbusValue.Array(leases));
    }

    private static Optional<UbusTable> lease(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || Addresses.number(parts.group(3)).isEmpty()) {
            return Optional.empty();
        }
        UbusTable lease = UbusTable.EMPTY
                .with("expires", Long.parseLong(parts.group(1)))
                .with("mac", parts.group(2))
                .with("ip", parts.group(3));
        String name = parts.group(4);
        return Optional.of(name.equals(UNKNOWN) ? lease : lease.with("name", name));
    }

    /// @return no leases where there is no file; what is behind the first megabyte is not read
    /// @throws IOException where it cannot be read
    public static UbusTable read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return parse("");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return parse(new String(stream.readNBytes(Limits.LEASES), StandardCharsets.ISO_8859_1));
        }
    }
}
