// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.ubus;

import java.util.Optional;

/// What attributes a message can have, by their numbers on the wire.
enum UbusAttribute {
    STATUS(1),
    OBJPATH(2),
    OBJID(3),
    METHOD(4),
    OBJTYPE(5),
    SIGNATURE(6),
    DATA(7),
    TARGET(8),
    ACTIVE(9),
    NO_REPLY(10),
    SUBSCRIBERS(11),
    USER(12),
    GROUP(13);

    final int number;

    UbusAttribute(int number) {
        this.number = number;
    }

    static Optional<UbusAttribute> of(int number) {
        for (UbusAttribute each : values()) {
            if (each.number == number) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
