// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import dev.pharos.usp.Frozen;
import java.util.List;

/// A value as blobmsg has it. Says nothing of texts in its text form, since they may be secret.
public sealed interface UbusValue
        permits UbusTable,
                UbusValue.Array,
                UbusValue.Text,
                UbusValue.Int64,
                UbusValue.Int32,
                UbusValue.Int16,
                UbusValue.Bool,
                UbusValue.Real,
                UbusValue.Null {

    /// The kinds of values, by their numbers on the wire.
    enum Kind {
        NULL(0),
        ARRAY(1),
        TABLE(2),
        TEXT(3),
        INT64(4),
        INT32(5),
        INT16(6),
        BOOL(7),
        REAL(8);

        final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    default Kind kind() {
        return switch (this) {
            case Null ignored -> Kind.NULL;
            case Array ignored -> Kind.ARRAY;
            case UbusTable ignored -> Kind.TABLE;
            case Text ignored -> Kind.TEXT;
            case Int64 ignored -> Kind.INT64;
            case Int32 ignored -> Kind.INT32;
            case Int16 ignored -> Kind.INT16;
            case Bool ignored -> Kind.BOOL;
            case Real ignored -> Kind.REAL;
        };
    }

    record Array(List<UbusValue> elements) implements UbusValue {
        public Array {
            elements = Frozen.list(elements);
        }
    }

    /// Without a zero character, which ends a text on the wire.
    record Text(String text) implements UbusValue {
        public Text {
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("a text with a zero character");
            }
        }

        @Override
        public String toString() {
            return "a text of " + text.length() + " characters";
        }
    }

    record Int64(long number) implements UbusValue {}

    record Int32(int number) implements UbusValue {}

    record Int16(short number) implements UbusValue {}

    /// On the wire an integer of one byte.
    record Bool(boolean truth) implements UbusValue {}

    record Real(double number) implements UbusValue {}

    record Null() implements UbusValue {}
}
