// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.device.prplos.ubus.UbusValue.Array;
import dev.pharos.device.prplos.ubus.UbusValue.Bool;
import dev.pharos.device.prplos.ubus.UbusValue.Int16;
import dev.pharos.device.prplos.ubus.UbusValue.Int32;
import dev.pharos.device.prplos.ubus.UbusValue.Int64;
import dev.pharos.device.prplos.ubus.UbusValue.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Values by name, in their order: what is given to a method, and what it answers.
public record UbusTable(Map<String, UbusValue> members) implements UbusValue {
    public static final UbusTable EMPTY = new UbusTable(Map.of());

    public UbusTable {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    /// This table and one more member.
    public UbusTable with(String name, UbusValue value) {
        Map<String, UbusValue> more = new LinkedHashMap<>(members);
        more.put(name, value);
        return new UbusTable(more);
    }

    public UbusTable with(String name, String text) {
        return with(name, new Text(text));
    }

    public UbusTable with(String name, boolean truth) {
        return with(name, new Bool(truth));
    }

    /// As the command line of ubus does: in 32 bits where it fits.
    public UbusTable with(String name, long number) {
        return with(name, number == (int) number ? new Int32((int) number) : new Int64(number));
    }

    public Optional<String> text(String name) {
        return members.get(name) instanceof Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /// An integer of any width.
    public OptionalLong number(String name) {
        return switch (members.get(name)) {
            case Int16(short number) -> OptionalLong.of(number);
            case Int32(int number) -> OptionalLong.of(number);
            case Int64(long number) -> OptionalLong.of(number);
            case null, default -> OptionalLong.empty();
        };
    }

    /// Whether it is there and true.
    public boolean isTrue(String name) {
        return members.get(name) instanceof Bool(boolean truth) && truth;
    }

    /// A table; an empty one where there is none.
    public UbusTable table(String name) {
        return members.get(name) instanceof UbusTable table ? table : EMPTY;
    }

    /// The elements of an array; none where there is none.
    public List<UbusValue> array(String name) {
        return members.get(name) instanceof Array(List<UbusValue> elements) ? elements : List.of();
    }
}
