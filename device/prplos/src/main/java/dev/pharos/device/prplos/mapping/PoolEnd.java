// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.uci.UciChange;
import dev.pharos.device.prplos.uci.UciSection;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The first or the last address of a pool, of which the configuration says how far from the beginning of a subnet it
/// begins (`start`), and how many addresses it has (`limit`).
///
/// @param last whether it is the last one
/// @param other the parameter of the other end
/// @param packageName where the subnet is: `ipaddr`, with `netmask` or as `192.168.1.1/24`
/// @param interfaceOption the option with the name of its section
public record PoolEnd(boolean last, String other, String packageName, String interfaceOption) {
    private static final String START = "start";
    private static final String LIMIT = "limit";
    private static final long FIRST = 100;
    private static final long SIZE = 150;

    Optional<String> shown(UciSection section, Conversion.Rows rows) {
        return subnet(section, rows).map(subnet -> {
            long start = number(section, START, FIRST);
            return Addresses.text(subnet.base() + start + (last ? number(section, LIMIT, SIZE) - 1 : 0));
        });
    }

    /// Both ends are written, since the size is told and not the last address; where both are empty, whoever serves the
    /// pool chooses.
    List<UciChange> written(UciSection section, String value, Conversion.Rows rows, UnaryOperator<String> others) {
        if (value.isEmpty() && others.apply(other).isEmpty()) {
            return List.of(
                    new UciChange.SetOption(section.id(), START, ""), new UciChange.SetOption(section.id(), LIMIT, ""));
        }
        Network subnet = subnet(section, rows)
                .orElseThrow(() -> new UspException(
                        StandardErrorCode.INVALID_VALUE, "its interface has no subnet that the configuration tells"));
        long first = Addresses.number(last ? others.apply(other) : value).orElseThrow(PoolEnd::none);
        long end = Addresses.number(last ? value : others.apply(other)).orElseThrow(PoolEnd::none);
        if (first <= subnet.base() || end < first || end >= subnet.base() + subnet.size() - 1) {
            throw new UspException(
                    StandardErrorCode.INVALID_VALUE,
                    "not from one address to a later one within " + Addresses.text(subnet.base()) + " and "
                            + Addresses.text(subnet.base() + subnet.size() - 1));
        }
        return List.of(
                new UciChange.SetOption(section.id(), START, Long.toString(first - subnet.base())),
                new UciChange.SetOption(section.id(), LIMIT, Long.toString(end - first + 1)));
    }

    private static UspException none() {
        return new UspException(StandardErrorCode.INVALID_VALUE, "no address of IPv4");
    }

    private Optional<Network> subnet(UciSection section, Conversion.Rows rows) {
        return section.text(interfaceOption)
                .flatMap(id -> rows.section(packageName, id))
                .flatMap(Network::of);
    }

    private static long number(UciSection section, String option, long absent) {
        return section.text(option)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(absent);
    }
}
