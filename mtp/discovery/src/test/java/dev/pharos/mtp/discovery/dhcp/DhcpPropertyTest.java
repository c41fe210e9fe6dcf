// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.MalformedInputException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class DhcpPropertyTest {
    @Property(tries = 300)
    void vendor_information_is_read_as_it_was_written(
            @ForAll DhcpVersion version,
            @ForAll @Size(min = 1, max = 3)
                    Map<
                                    @LongRange(max = 0xFFFF_FFFFL) Long,
                                    @Size(max = 4) Map<@IntRange(max = 255) Integer, @Size(max = 40) List<Byte>>>
                            written)
            throws MalformedInputException {
        Map<Long, Map<Integer, Bytes>> enterprises = new TreeMap<>();
        written.forEach((number, options) -> {
            Map<Integer, Bytes> values = new TreeMap<>();
            options.forEach((code, value) -> values.put(code, bytes(value)));
            enterprises.put(number, values);
        });
        VendorInformation information = new VendorInformation(enterprises);
        DhcpOptions travelled = DhcpOptions.parse(
                version, information.addTo(DhcpOptions.none(version)).format());
        assertThat(VendorInformation.in(travelled)).contains(information);
    }

    @Property(tries = 300)
    void options_are_read_as_they_were_written(
            @ForAll DhcpVersion version,
            @ForAll @Size(max = 5) Map<@IntRange(min = 1, max = 254) Integer, @Size(max = 600) List<Byte>> written)
            throws MalformedInputException {
        Map<Integer, List<Bytes>> values = new TreeMap<>();
        written.forEach((code, value) -> values.put(code, List.of(bytes(value))));
        DhcpOptions options = new DhcpOptions(version, values);
        assertThat(DhcpOptions.parse(version, options.format())).isEqualTo(options);
    }

    private static Bytes bytes(List<Byte> list) {
        byte[] bytes = new byte[list.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = list.get(i);
        }
        return Bytes.adopt(bytes);
    }
}
